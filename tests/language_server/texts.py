"""Read and change texts as an editor does, in UTF-16 units; written apart from the server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wellsourced.diagnostics import Diagnostic

MARK = "‸"
"""Stands in a test's text where the cursor is."""


def units(text: str, encoding: str = "utf-16-le") -> int:
    """Count the units of a text: UTF-16's, or bytes of UTF-8."""
    return len(text.encode(encoding)) // (2 if encoding == "utf-16-le" else 1)


def place(text: str, offset: int) -> tuple[int, int]:
    """Give line and character, both from 0, of an offset."""
    before = text[:offset].split("\n")
    return len(before) - 1, units(before[-1])


def offset(text: str, position: Mapping[str, int]) -> int:
    """Give the offset of a position."""
    lines = text.split("\n")
    line = lines[position["line"]].encode("utf-16-le")[: 2 * position["character"]]
    start = sum(len(each) + 1 for each in lines[: position["line"]])
    return start + len(line.decode("utf-16-le"))


def applied(text: str, edits: Sequence[Mapping[str, Any]]) -> str:
    """Give a text after edits, the last in the text first."""
    places = [
        (offset(text, e["range"]["start"]), offset(text, e["range"]["end"]), e["newText"])
        for e in edits
    ]
    for start, end, new in sorted(places, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def told(found: Sequence[Diagnostic], text: str, encoding: str = "utf-16-le") -> list[Any]:
    """Put findings of a text into the protocol's terms."""
    lines = text.split("\n")

    def character(line: int, column: int) -> int:
        return units(lines[line - 1][: column - 1], encoding)

    return [
        {
            "range": {
                "start": {"line": d.line - 1, "character": character(d.line, d.column)},
                "end": {
                    "line": d.end_line - 1,
                    "character": character(d.end_line, d.end_column),
                },
            },
            "message": f"{d.message}\n{d.hint}" if d.hint else d.message,
            "severity": 1 if d.severity == "error" else 2,
            "code": d.code,
            "source": "wellsourced",
        }
        for d in found
    ]
