"""Do a piece of work with the store of the site that settings name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from wellsourced.plugin import store, where
from wellsourced.plugin.store import Store
from wellsourced.plugin.survey import Tell

_Result = TypeVar("_Result")


def remembering(
    settings: Mapping[str, Any], purpose: str, tell: Tell, work: Callable[[Store], _Result]
) -> _Result:
    """Do some work with a store, and again with an empty one if it turns out to be damaged.

    Every content folder has a store for each purpose, such as an output folder.
    """

    def say(words: str) -> None:
        tell(words, 0, 0)

    path, identity = where.store_path(settings, purpose), where.identity(settings)
    try:
        with store.opened(path, identity, say) as kept:
            return work(kept)
    except store.DAMAGED:
        say(f"{path} is damaged; all is made anew.")
    store.remove(path)
    with store.opened(path, identity, say) as kept:
        return work(kept)
