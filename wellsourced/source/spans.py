"""Turn character offsets into lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from wellsourced.diagnostics import Location

_LINE_END = re.compile(r"\r\n|\n|\r")


class Span(NamedTuple):
    """A half-open range of character offsets into a document's text."""

    start: int
    end: int

    def __contains__(self, offset: int) -> bool:  # type: ignore[override]
        return self.start <= offset < self.end

    def covers(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


class Line(NamedTuple):
    """One line without its line end: its number from 1 and its span."""

    number: int
    span: Span
    text: str


class LineIndex:
    """Know where each line of a text starts; LF, CRLF and CR all end a line."""

    __slots__ = ("_starts", "lines", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        starts, ends = [0], []
        for end in _LINE_END.finditer(text):
            ends.append(end.start())
            starts.append(end.end())
        ends.append(len(text))
        self._starts = starts
        self.lines = tuple(
            Line(number, Span(start, end), text[start:end])
            for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
        )

    def position(self, offset: int) -> tuple[int, int]:
        """Give line and column, both from 1, of a character offset."""
        number = bisect_right(self._starts, max(0, min(offset, len(self.text))))
        return number, offset - self._starts[number - 1] + 1

    def line_at(self, offset: int) -> Line:
        """Give the line that holds an offset."""
        return self.lines[self.position(offset)[0] - 1]

    def offset(self, line: int, column: int) -> int:
        """Give the offset of a line and column, both from 1."""
        return self._starts[line - 1] + column - 1

    def location(self, path: str, span: Span) -> Location:
        """Give a span as a `Location` in the file `path`."""
        line, column = self.position(span.start)
        end_line, end_column = self.position(span.end)
        return Location(path, line, column, end_line, end_column)
