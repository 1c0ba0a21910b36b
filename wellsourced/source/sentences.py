"""Split prose into sentences, each with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from wellsourced.source.document import Passage
from wellsourced.source.masking import BLANK
from wellsourced.source.spans import Span
from wellsourced.source.visible import MARKER

_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W_a-z])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|vs|etc|e\.g|i\.e|cf|al|No|no|Fig|fig|pp|p|vol|approx|U\.S|U\.K"
    r"|D\.C|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Inc|Ltd|Co)|\b[A-Z])\.$"
)
_BLANKED = re.compile(f"{BLANK}+")
_LOOK_BACK = 12
"""Characters before a full stop that may make an abbreviation of it."""


def split(text: str) -> tuple[str, ...]:
    """Split a plain text into sentences; an abbreviation's full stop ends none."""
    edges = [0, *_ends(text), len(text)]
    pieces = (text[a:b].strip() for a, b in pairwise(edges))
    return tuple(piece for piece in pieces if piece)


def cut(text: str, shown: str, passage: Passage) -> tuple[Span, ...]:
    """Give the sentences of a passage as spans of the file, without white space around them.

    `shown` is the text with all blanked that readers do not see. Cites, terms, links and
    emphasis belong to the sentence that they stand in; a citation after the full stop belongs
    to the sentence before it. A table's row is read cell by cell.
    """
    parts = _parts(text, shown, passage)
    return tuple(sentence for part in parts for sentence in _sentences(shown, part))


def _parts(text: str, shown: str, passage: Passage) -> Iterator[Span]:
    """Leave a list marker out, and cut a table's row at its bars."""
    start, end = passage.span.start, passage.span.end
    if passage.kind == "item" and (marker := MARKER.match(text, start, end)):
        start = marker.end()
    if passage.kind == "row":
        while (bar := shown.find("|", start, end)) != -1:
            yield Span(start, bar)
            start = bar + 1
    yield Span(start, end)


def _sentences(shown: str, part: Span) -> Iterator[Span]:
    start = part.start
    seen = shown[part.start : part.end]
    words = seen.replace(BLANK, "")
    ends = list(_ends(words))
    if ends:
        offsets = _offsets(seen)
        for end in ends:
            stop = part.start + offsets[end - 1] + 1
            yield from _trimmed(shown, start, stop)
            start = stop
    yield from _trimmed(shown, start, part.end)


def _offsets(seen: str) -> Sequence[int]:
    """Give for each character that is not blanked the place where it stands."""
    if BLANK not in seen:
        return range(len(seen))
    offsets: list[int] = []
    start = 0
    for run in _BLANKED.finditer(seen):
        offsets += range(start, run.start())
        start = run.end()
    offsets += range(start, len(seen))
    return offsets


def _ends(words: str) -> Iterator[int]:
    """Yield the offset after the white space that follows each sentence but the last."""
    for end in _END.finditer(words):
        after = end.start() + 1
        if not _ABBREVIATION.search(words, max(0, after - _LOOK_BACK), after):
            yield end.end()


def _trimmed(shown: str, start: int, end: int) -> Iterator[Span]:
    """Leave out white space and marks of quotations at both ends; nothing when none is shown."""
    seen = shown[start:end]
    if seen.replace(BLANK, "").strip():
        start += len(seen) - len(seen.lstrip())
        yield Span(start, start + len(seen.strip()))
