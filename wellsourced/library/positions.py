"""Turn offsets in a text into lines and columns, and keep the place of every key and value."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from wellsourced.diagnostics import Location

Trail = tuple[str | int, ...]
"""The way from the top of a file to a value: field names and positions in lists, from 0."""

# JSON and YAML escapes can spell characters that no page, no .bib and no UTF-8 file can hold:
# control characters (HTML Living Standard § 13.2.3.5) and halves of surrogate pairs.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class BrokenSyntaxError(Exception):
    """Stop the reading of a file at a place where its syntax breaks.

    It never leaves the library: `records.read` turns it into a Diagnostic.
    """

    def __init__(self, at: Location, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.at = at
        self.message = message
        self.hint = hint


class Lines:
    """Find the line and column, both from 1 and in characters, of offsets in one text."""

    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path
        self._starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]

    def location(self, start: int, end: int | None = None) -> Location:
        """Give the range from offset `start` up to, not including, `end`.

        Without an `end` it is one character wide, at a line's end too.
        """
        line, column = self._place(start)
        if end is None:
            return Location(self._path, line, column, line, column + 1)
        return Location(self._path, line, column, *self._place(max(start, end)))

    def _place(self, offset: int) -> tuple[int, int]:
        offset = min(offset, len(self._text))
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


@dataclass(frozen=True, slots=True)
class Record:
    """Hold one file as plain data (dict, list, str, int, float, bool, None) with its places.

    `values` and `keys` map a trail to the range of the value or of the key that leads to it.
    `duplicates` are the ranges of keys that repeat an earlier key of their mapping; the first
    value stands.
    """

    path: str
    value: object
    values: Mapping[Trail, Location]
    keys: Mapping[Trail, Location]
    duplicates: tuple[tuple[str, Location], ...] = ()

    def value_at(self, trail: Trail) -> Location:
        """Give the range of a value, or of the nearest thing around it that the file holds."""
        while trail and trail not in self.values:
            trail = trail[:-1]
        return self.values.get(trail, Location(self.path))

    def key_at(self, trail: Trail) -> Location:
        """Give the range of the key that leads to a value; the value's own where none does."""
        return self.keys[trail] if trail in self.keys else self.value_at(trail)

    def entry_at(self, trail: Trail) -> Location:
        """Give the range that names an entry: its key, else its `id`, else its first character."""
        if trail in self.keys:
            return self.keys[trail]
        if (*trail, "id") in self.values:
            return self.values[*trail, "id"]
        whole = self.value_at(trail)
        return Location(whole.path, whole.line, whole.column, whole.line, whole.column + 1)


def require_printable(text: str, at: Location) -> str:
    """Give the text back; raise `BrokenSyntaxError` when it holds what no page can show."""
    if found := _UNPRINTABLE.search(text):
        raise BrokenSyntaxError(
            at,
            f"This text holds the character U+{ord(found[0]):04X}, which no page can show.",
            "remove the escape, or write the character itself",
        )
    return text
