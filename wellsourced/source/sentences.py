"""Split prose into sentences, each with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from wellsourced.source.document import Document, Passage
from wellsourced.source.masking import BLANK
from wellsourced.source.spans import Span
from wellsourced.source.visible import MARKER

_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W_a-z])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|vs|etc|e\.g|i\.e|cf|al|No|no|Fig|fig|pp|p|vol|approx|U\.S|U\.K"
    r"|D\.C|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Inc|Ltd|Co)|\b[A-Z])\.$"
)
_LOOK_BACK = 12
"""Characters before a full stop that may make an abbreviation of it."""


def split(text: str) -> tuple[str, ...]:
    """Split a plain text into sentences; an abbreviation's full stop ends none."""
    edges = [0, *_ends(text), len(text)]
    pieces = (text[a:b].strip() for a, b in pairwise(edges))
    return tuple(piece for piece in pieces if piece)


def sentences(document: Document, passage: Passage) -> tuple[Span, ...]:
    """Give the sentences of a passage as spans of the file, without white space around them.

    Cites, terms, links and emphasis belong to the sentence that they stand in; a citation
    after the full stop belongs to the sentence before it. A table's row is read cell by cell.
    """
    return tuple(
        sentence for part in _parts(document, passage) for sentence in _sentences(document, part)
    )


def _parts(document: Document, passage: Passage) -> Iterator[Span]:
    """Leave a list marker out, and cut a table's row at its bars."""
    start, end = passage.span.start, passage.span.end
    if passage.kind == "item" and (marker := MARKER.match(document.text, start, end)):
        start = marker.end()
    if passage.kind == "row":
        bars = (at for at in range(start, end) if document.shown[at] == "|")
        for bar in bars:
            yield Span(start, bar)
            start = bar + 1
    yield Span(start, end)


def _sentences(document: Document, part: Span) -> Iterator[Span]:
    shown = document.shown
    offsets = [at for at in range(part.start, part.end) if shown[at] != BLANK]
    text = shown[part.start : part.end].replace(BLANK, "")
    start = part.start
    for end in [*_ends(text), len(text)]:
        stop = offsets[end - 1] + 1 if 0 < end < len(text) else part.end
        span = _trimmed(document, Span(start, stop))
        if span and text.strip():
            yield span
        start = stop


def _ends(text: str) -> Iterator[int]:
    """Yield the offset after the white space that follows each sentence but the last."""
    for end in _END.finditer(text):
        if not _ABBREVIATION.search(text, max(0, end.start() - _LOOK_BACK), end.start()):
            yield end.end()


def _trimmed(document: Document, span: Span) -> Span | None:
    """Leave out white space at both ends; None when nothing is shown."""
    start, end = span.start, span.end
    if not document.shown[start:end].replace(BLANK, "").strip():
        return None
    while document.text[start].isspace():
        start += 1
    while document.text[end - 1].isspace():
        end -= 1
    return Span(start, end)
