"""A text tells of other texts what a comparison letter by letter tells, only sooner."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wellsourced.audit.page import Letters, letters

WORDS = ("pain", "relief", "Needle", "1", "2", "é", "ß", " ", "  ", "\u00a0")
MARKS = ("[1]", "[1, 2]", "[", "]", ".", ",", "–", "“", "”", "'", "(see", ")", "#")
PIECES = st.lists(st.sampled_from((*WORDS, *MARKS)), max_size=12).map("".join)


@given(PIECES, PIECES)
def test_it_holds_what_its_letters_hold(text: str, other: str) -> None:
    assert Letters(text).hold(other) == (letters(other) in letters(text))


@given(PIECES, st.integers(0, 30), st.integers(0, 30))
def test_it_holds_each_of_its_parts_or_not(text: str, start: int, end: int) -> None:
    part = text[start:end]
    assert Letters(text).hold(part) == (letters(part) in letters(text))
