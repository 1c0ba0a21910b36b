"""Read the cases under faults/: catalogue texts with each expected finding on a line of its own.

A case begins with `=== Title`. A line of carets stands under the text that a finding is about,
followed by its code, message and, after ` | `, its hint; it is no part of the catalogue. A case
without such lines must have no finding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "faults"
_MARK = re.compile(r"( *)(\^+) ([A-Z]+\d{3}) (.*?)(?: \| (.*))?")


@dataclass(frozen=True)
class Expected:
    """A finding: its line and column from 1, the width of its range, and its words."""

    line: int
    column: int
    width: int
    code: str
    message: str
    hint: str


@dataclass(frozen=True)
class Case:
    """One catalogue text and what is to be found in it."""

    file: str
    title: str
    text: str
    expected: tuple[Expected, ...]


def cases() -> list[Case]:
    """Read all cases of all catalogues."""
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        _, *parts = re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for part in parts:
            title, _, body = part.partition("\n")
            found.append(_case(path.stem, title, body))
    return found


def _case(file: str, title: str, body: str) -> Case:
    lines: list[str] = []
    expected: list[Expected] = []
    for line in body.splitlines():
        if mark := _MARK.fullmatch(line):
            indent, carets, code, message, hint = mark.groups()
            place = (len(lines), len(indent) + 1, len(carets))
            expected.append(Expected(*place, code, message, hint or ""))
        else:
            lines.append(line)
    return Case(file, title, "\n".join(lines) + "\n", tuple(expected))
