"""Know of each document what others need of it, without scanning it whole.

At ten thousand articles a build that changes one of them may not scan the rest. An `Outline`
holds what lists, links and indexes show of a document; anything else is scanned when asked for.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from wellsourced import source
from wellsourced.diagnostics import Location
from wellsourced.plugin import digests
from wellsourced.plugin.tracking import Reads
from wellsourced.plugin.usage import Uses
from wellsourced.source import Document, front_matter
from wellsourced.source.document import DocumentKind
from wellsourced.source.front_matter import Described, Field
from wellsourced.source.spans import LineIndex, Span

_KEPT = 256
"""Documents that stay in memory once scanned, in each process."""
_HEAD = 4096
"""Characters in which a blank line ends the fields of nearly every file."""
_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r)[^\S\r\n]*(?:\r\n|\n|\r)")


@dataclass(frozen=True, slots=True)
class Outline:
    """What other pages need of a document.

    `anchors` are the ids that links may lead to, `facts` the number of those that its page owes.
    """

    fields: tuple[Field, ...]
    anchors: frozenset[str]
    uses: Uses
    facts: int = 0


class Scans:
    """Read and scan documents when they are asked for, and remember the latest.

    `files` maps a shown path to its file; `known` holds the keys of the references.
    """

    def __init__(self, files: Mapping[str, Path], known: Collection[str]) -> None:
        self._files = files
        self._known = known
        self._documents: OrderedDict[str, Document] = OrderedDict()

    def document(self, path: str, kind: DocumentKind) -> Document:
        """Give the document of a shown path. Raises `OSError` when it cannot be read."""
        found = self._documents.get(path)
        if found is None:
            found = self._documents[path] = source.read(self._files[path], path, kind, self._known)
            if len(self._documents) > _KEPT:
                self._documents.popitem(last=False)
        return found

    def forget(self, path: str) -> None:
        """Read a document anew when it is next asked for."""
        self._documents.pop(path, None)

    def fields(self, path: str) -> tuple[Field, ...]:
        """Give the fields at the top of a document."""
        return head(self._files[path].read_bytes().decode("utf-8", "replace"))


class Neighbour(Described):
    """A document as the rest of the site sees it; it stands in for a `Document` everywhere.

    What is more than the outline is scanned, and written down as read.
    """

    __slots__ = ("_fields", "_load", "_outline", "_reads", "_scans", "_status", "kind", "path")

    def __init__(self, path: str, kind: DocumentKind, scans: Scans, reads: Reads) -> None:
        self.path = path
        self.kind = kind
        self._scans = scans
        self._reads = reads
        self._load: Callable[[], Outline] | None = None
        self._outline: Outline | None = None
        self._fields: tuple[Field, ...] | None = None
        self._status = ""

    def learn(self, outline: Callable[[], Outline], status: str = "") -> None:
        """Take an outline that was made of this very text; it is asked for when it is needed.

        A status that is known spares asking for it.
        """
        self._load, self._outline, self._status = outline, None, status

    @property
    def status(self) -> str:
        """Give the status as Pelican takes it."""
        return self._status or super().status

    @property
    def outline(self) -> Outline | None:
        """Give the outline, if one was learnt."""
        if self._outline is None and self._load is not None:
            self._outline = self._load()
        return self._outline

    @property
    def fields(self) -> tuple[Field, ...]:
        """Give the fields at its top."""
        if outline := self.outline:
            return outline.fields
        if self._fields is None:
            self._fields = self._scans.fields(self.path)
        return self._fields

    @property
    def anchors(self) -> frozenset[str]:
        """Give the ids that links may lead to."""
        return outline.anchors if (outline := self.outline) else self.scanned.anchors

    @property
    def scanned(self) -> Document:
        """Give the whole document."""
        return self._scans.document(self.path, self.kind)

    @property
    def card(self) -> bytes:
        """Digest what other pages show of it."""
        return card(self.path, self.kind, self.fields, self.anchors)

    def location(self, span: Span) -> Location:
        """Give a span as a location in its file."""
        return self.scanned.location(span)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self._reads.add("sources", self.path)
        return getattr(self.scanned, name)


def card(
    path: str, kind: DocumentKind, fields: tuple[Field, ...], anchors: frozenset[str]
) -> bytes:
    """Digest what other pages may show of a document."""
    return digests.of(path, kind, [(one.name, one.value) for one in fields], anchors)


def as_document(neighbour: Neighbour) -> Document:
    """Give a neighbour the type of what it stands in for."""
    return cast(Document, neighbour)


def head(text: str) -> tuple[Field, ...]:
    """Read only the fields at the top of a file's text."""
    text = text.removeprefix("\ufeff")
    end = len(text) if text.startswith("---") else _first_blank_line(text)
    return front_matter.read(LineIndex(text[:end])).fields


def _first_blank_line(text: str) -> int:
    blank = _BLANK_LINE.search(text, 0, _HEAD)
    return blank.end() if blank else len(text)
