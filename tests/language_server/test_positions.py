"""Places are counted in the units that the client chose."""

from __future__ import annotations

import pytest
from lsprotocol.types import Position

from wellsourced.diagnostics import Location
from wellsourced.language_server.positions import Text

RAW = "aé🙂b\u2028c\r\n🙂\rlast"


@pytest.mark.parametrize(("encoding", "character"), [("utf-8", 7), ("utf-16", 4), ("utf-32", 3)])
def test_units(encoding: str, character: int) -> None:
    text = Text(RAW, encoding)
    assert text.position(3) == Position(0, character)
    assert text.offset(Position(0, character)) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("lead", ["", "\ufeff"])
def test_there_and_back(encoding: str, lead: str) -> None:
    text = Text(lead + RAW, encoding)
    ends = {RAW.index("\r\n") + 1}  # between CR and LF is no place of its own
    for offset in sorted(set(range(len(RAW) + 1)) - ends):
        assert text.offset(text.position(offset)) == offset


def test_lines_end_where_the_protocol_says() -> None:
    text = Text(RAW)
    assert text.position(RAW.index("c")) == Position(0, 6)
    assert text.position(RAW.index("last")) == Position(2, 0)


def test_a_byte_order_mark_counts_for_the_client_alone() -> None:
    at = Location("x", 1, 2, 2, 1)
    found = Text("\ufeffab\nc").range_at(at)
    assert (found.start, found.end) == (Position(0, 2), Position(1, 0))


@pytest.mark.parametrize(
    ("position", "offset"),
    [
        (Position(0, 99), RAW.index("\r\n")),
        (Position(9, 9), len(RAW)),
        (Position(0, 3), 2),  # between the halves of a surrogate pair
    ],
)
def test_places_that_do_not_exist(position: Position, offset: int) -> None:
    assert Text(RAW).offset(position) == offset
