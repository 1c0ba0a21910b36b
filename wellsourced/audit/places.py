"""Find where a finding stands in a built file: the line is lxml's, the column that of the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import islice

from wellsourced.diagnostics import Location

_NEAR = (0, 1, 2, 3, -1, -2, -3)
"""Where to look, in lines from the one that the parser names: a start tag may span several."""


def find(path: str, lines: Sequence[str], line: int, words: str = "", nth: int = 0) -> Location:
    """Give the range of some words at a line or close to it, or else the line's first column.

    `words` may be an attribute's value as parsed; they are looked for escaped as well. `nth` skips
    as many of them in that line.
    """
    forms = dict.fromkeys((words, escape(words, quote=False), escape(words))) if words else ()
    for near in _NEAR:
        at = line + near
        if not 0 < at <= len(lines):
            continue
        for form in forms:
            columns = islice(_columns(lines[at - 1], form), nth if near == 0 else 0, None)
            if (column := next(columns, None)) is not None:
                return Location(path, at, column + 1, at, column + 1 + len(form))
    return Location(path, max(1, min(line, len(lines) or 1)), 1)


def _columns(line: str, words: str) -> Iterator[int]:
    at = line.find(words)
    while at >= 0:
        yield at
        at = line.find(words, at + 1)
