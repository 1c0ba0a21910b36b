"""Turn character offsets into lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from wellsourced.diagnostics import Location

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of character offsets into a document's text."""

    start: int
    end: int

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.end

    def covers(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its line end: its number from 1 and its span."""

    number: int
    span: Span
    text: str


class LineIndex:
    """Know where each line of a text starts; LF, CRLF and CR all end a line."""

    __slots__ = ("_starts", "lines", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        lines: list[Line] = []
        start = 0
        for end in _LINE_END.finditer(text):
            lines.append(Line(len(lines) + 1, Span(start, end.start()), text[start : end.start()]))
            start = end.end()
        lines.append(Line(len(lines) + 1, Span(start, len(text)), text[start:]))
        self.lines = tuple(lines)
        self._starts = [line.span.start for line in lines]

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
