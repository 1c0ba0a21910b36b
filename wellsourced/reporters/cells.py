"""Lay text out in a terminal's columns: what each character prints, and how wide.

Widths follow UAX #11 (wide and fullwidth characters take two columns), UAX #29 (what joins a
cluster takes none) and UTS #51 (emoji sequences). Characters that would move the cursor, turn the
line round or paint it are shown as a sign, so that a file can never write to the terminal.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

TAB = "    "
_ZERO_WIDTH_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_HANGUL_JOINING = range(0x1160, 0x1200)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one character of a line prints, and the columns that it takes (0 when it joins)."""

    shown: str
    width: int


def lay_out(text: str) -> tuple[Cell, ...]:
    """Give one cell for each character of a line."""
    cells: list[Cell] = []
    for at, character in enumerate(text):
        before = text[at - 1] if at else ""
        if character == _EMOJI_STYLE and cells and cells[-1].width == 1:
            # Emoji style makes a narrow sign such as U+2764 two columns wide.
            cells[-1] = Cell(cells[-1].shown, 2)
        shown = printable(character)
        width = _width(character, shown)
        joined = before == _ZERO_WIDTH_JOINER and at > 1
        if joined and (width == 2 or unicodedata.category(character) == "So"):
            width = 0
        if ord(character) in _SKIN_TONES and cells and cells[-1].width == 2:
            width = 0
        cells.append(Cell(shown, width))
    return tuple(cells)


def starts(cells: Sequence[Cell]) -> tuple[int, ...]:
    """Give the column, from 0, at which each cell starts, and last the line's whole width.

    A cell that joins the one before it starts where that one does.
    """
    found: list[int] = []
    column = 0
    for cell in cells:
        found.append(column if cell.width or not found else found[-1])
        column += cell.width
    return (*found, column)


def printable(text: str) -> str:
    """Give text that cannot steer a terminal: tabs as spaces, controls as signs, one line."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_sign, text))


def _sign(character: str) -> str:
    number = ord(character)
    if character == "\t":
        return TAB
    if number < 0x20:
        return chr(0x2400 + number)
    if number == 0x7F:
        return "\u2421"
    if character == _ZERO_WIDTH_JOINER:
        return character
    # Cc: C1 controls. Cf: marks that turn the line round or hide. Zl, Zp: line ends to some.
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return "\ufffd"
    return character


def _width(character: str, shown: str) -> int:
    if character == "\t":
        return len(TAB)
    if shown != character:
        return 1
    if (
        character == _ZERO_WIDTH_JOINER
        or ord(character) in _HANGUL_JOINING
        or unicodedata.category(character) in ("Mn", "Me")
    ):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
