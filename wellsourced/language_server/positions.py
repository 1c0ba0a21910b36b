"""Turn places in a text into those of the protocol and back.

The protocol counts lines and characters from 0, and characters in units of the encoding that the
client chose (LSP 3.17, "Position"): UTF-16 unless it offers another. A line ends at LF, CRLF or
CR and nowhere else, as in our own scanner.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lsprotocol.types import Position, Range

from wellsourced.diagnostics import Location
from wellsourced.source.spans import LineIndex, Span

_BOM = "\ufeff"
_WIDTHS = {"utf-8": 1, "utf-16": 2, "utf-32": 4}  # bytes of a unit
_CODECS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}


@dataclass(frozen=True)
class Text:
    """A text as an editor holds it; `encoding` is utf-8, utf-16 or utf-32.

    Offsets and columns leave a byte order mark out, as those of findings do.
    """

    raw: str
    encoding: str = "utf-16"
    index: LineIndex = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "index", LineIndex(self.raw.removeprefix(_BOM)))

    def position(self, offset: int) -> Position:
        """Give the protocol's position of an offset."""
        line, column = self.index.position(offset)
        return self._position(line, column)

    def range(self, span: Span) -> Range:
        """Give the protocol's range of a span."""
        return Range(self.position(span.start), self.position(span.end))

    def range_at(self, at: Location) -> Range:
        """Give the protocol's range of a finding's location."""
        return Range(self._position(at.line, at.column), self._position(at.end_line, at.end_column))

    def span_at(self, at: Location) -> Span:
        """Give the span of a location."""
        return Span(
            self.index.offset(at.line, at.column), self.index.offset(at.end_line, at.end_column)
        )

    def offset(self, position: Position) -> int:
        """Give the offset of a position; one past a line's or the text's end is that end."""
        if position.line >= len(self.index.lines):
            return len(self.index.text)
        line = self.index.lines[position.line]
        units = max(0, position.character - self._lead(position.line))
        return line.span.start + _characters(line.text, units, self.encoding)

    def _position(self, line: int, column: int) -> Position:
        if line > len(self.index.lines):
            return self.position(len(self.index.text))
        before = self.index.lines[line - 1].text[: column - 1]
        return Position(line - 1, self._lead(line - 1) + _units(before, self.encoding))

    def _lead(self, line: int) -> int:
        return _units(_BOM, self.encoding) if line == 0 and self.raw.startswith(_BOM) else 0


def _units(text: str, encoding: str) -> int:
    return len(text.encode(_CODECS[encoding], "surrogatepass")) // _WIDTHS[encoding]


def _characters(text: str, units: int, encoding: str) -> int:
    """Count the characters in the first units of a text; one that is cut does not count."""
    data = text.encode(_CODECS[encoding], "surrogatepass")[: units * _WIDTHS[encoding]]
    return len(data.decode(_CODECS[encoding], "ignore"))
