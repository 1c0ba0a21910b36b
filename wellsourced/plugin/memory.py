"""Do a piece of work with the store of the site that settings name."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from wellsourced.plugin import digests, store
from wellsourced.plugin.desk import shown
from wellsourced.plugin.store import Store
from wellsourced.plugin.survey import Tell

_PLACES = frozenset({"PATH", "OUTPUT_PATH", "THEME", "WELLSOURCED_CACHE", "PLUGINS"})
"""Settings that say where things are; what is made there does not depend on them."""

_Result = TypeVar("_Result")


def remembering(
    settings: Mapping[str, Any], purpose: str, tell: Tell, work: Callable[[Store], _Result]
) -> _Result:
    """Do some work with a store, and again with an empty one if it turns out to be damaged.

    Every content folder has a store for each purpose, such as an output folder.
    """

    def say(words: str) -> None:
        tell(words, 0, 0)

    place = digests.of(os.path.realpath(settings["PATH"]), purpose).hex()[:16]
    path = Path(settings["WELLSOURCED_CACHE"]) / "builds" / f"{place}.sqlite"
    identity = _identity(settings)
    try:
        with store.opened(path, identity, say) as kept:
            return work(kept)
    except store.DAMAGED:
        say(f"{path} is damaged; all is made anew.")
    store.remove(path)
    with store.opened(path, identity, say) as kept:
        return work(kept)


def _identity(settings: Mapping[str, Any]) -> bytes:
    """Digest what every page depends on: the engine, the settings, how paths are shown."""
    told = {name: settings[name] for name in sorted(settings) if name.isupper()}
    return digests.of(
        digests.engine(),
        {name: value for name, value in told.items() if name not in _PLACES},
        shown(Path(settings["PATH"])),
    )
