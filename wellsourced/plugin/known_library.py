"""Read the library, or know it again: to read a large one with its places takes a second."""

from __future__ import annotations

import copyreg
import pickle
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from wellsourced.diagnostics import Diagnostic
from wellsourced.library import Library
from wellsourced.plugin import digests
from wellsourced.plugin.store import Store
from wellsourced.rules.site import load_library

META = "library"


def _read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)


# Pickle finds the class by its name, and this one has none.
copyreg.pickle(MappingProxyType, lambda values: (_read_only, (dict(values),)))


@dataclass(frozen=True, slots=True)
class KnownLibrary:
    """A library, the names of its files that cannot be read, and what is wrong with it."""

    library: Library
    unread: frozenset[str]
    found: tuple[Diagnostic, ...]
    is_same: bool
    """Whether it is as the last build knew it."""
    kept: bytes
    """What a store keeps of it."""


def read(content: Path, display: str, store: Store) -> KnownLibrary:
    """Give the library of a content folder; `display` is the folder's path as findings show it."""
    digest = digests.of(display, digests.tree(content / "library"))
    last = store.meta(META)
    if is_same := last.startswith(digest):
        library, unread, found = pickle.loads(last[len(digest) :])
    else:
        library, unread, found = load_library(content, display)
        last = digest + pickle.dumps((library, unread, found))
    return KnownLibrary(library, unread, found, is_same, last)
