"""Show the documents of a site as mappings of one thing that is known of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from wellsourced.source import Document

_Value = TypeVar("_Value")


class WhenAsked(Mapping[str, bool]):
    """A mapping that is made when it is first looked at."""

    def __init__(self, make: Callable[[], Mapping[str, bool]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Mapping[str, bool]:
        return self._make()

    def __getitem__(self, key: str) -> bool:
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


class AsKnown(Mapping[str, _Value | None]):
    """The documents of a mapping, as one thing that is known of each by its path."""

    def __init__(
        self, documents: Mapping[str, Document | None], known: Callable[[str], _Value]
    ) -> None:
        self._documents = documents
        self._known = known

    def __getitem__(self, key: str) -> _Value | None:
        document = self._documents[key]
        return None if document is None else self._known(document.path)

    def __contains__(self, key: object) -> bool:
        return key in self._documents

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)
