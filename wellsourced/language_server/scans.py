"""Remember the scans of files that have not changed since."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from wellsourced import source
from wellsourced.source import Document
from wellsourced.source.document import DocumentKind

_Mark = tuple[int, int, int, DocumentKind, frozenset[str]]


class Scans:
    """What was read last of each file, by its shown path."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[_Mark, Document]] = {}

    def read(
        self, path: Path, display: str, kind: DocumentKind, known: Collection[str]
    ) -> Document:
        """Scan a file as `source.read` does, unless neither it nor the references have changed.

        Raises `OSError` when the file cannot be read.
        """
        state = path.stat()
        mark = state.st_ino, state.st_mtime_ns, state.st_size, kind, frozenset(known)
        before = self._known.get(display)
        if before and before[0] == mark:
            return before[1]
        document = source.read(path, display, kind, known)
        self._known[display] = mark, document
        return document
