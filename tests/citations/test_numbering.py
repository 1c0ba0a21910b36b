"""References are numbered by first citation, and every cite is linked there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellsourced.citations.numbering import Backlink, letter, number


def test_numbers_follow_the_first_cite() -> None:
    numbering = number(["b", "a", "b", "c", "a", "b"])
    assert numbering.numbers == {"b": 1, "a": 2, "c": 3}
    assert list(numbering.numbers) == ["b", "a", "c"]
    assert [(one.key, one.number, one.id) for one in numbering.cites] == [
        ("b", 1, "cite-b-1"),
        ("a", 2, "cite-a-1"),
        ("b", 1, "cite-b-2"),
        ("c", 3, "cite-c-1"),
        ("a", 2, "cite-a-2"),
        ("b", 1, "cite-b-3"),
    ]
    assert numbering.backlinks["b"] == (
        Backlink("cite-b-1", "a"),
        Backlink("cite-b-2", "b"),
        Backlink("cite-b-3", "c"),
    )


def test_no_cites_have_no_numbers() -> None:
    assert number([]).numbers == {}


@given(st.lists(st.sampled_from(["a", "a-1", "a-1-1", "b:2", "1"])))
def test_ids_are_unique_and_backlinks_lead_to_all_of_them(keys: list[str]) -> None:
    numbering = number(keys)
    ids = [one.id for one in numbering.cites]
    assert len(set(ids)) == len(keys)
    assert sorted(ids) == sorted(
        link.cite_id for links in numbering.backlinks.values() for link in links
    )
    assert sorted(numbering.numbers.values()) == list(range(1, len(set(keys)) + 1))


@pytest.mark.parametrize(
    ("count", "letters"), [(1, "a"), (26, "z"), (27, "aa"), (52, "az"), (53, "ba"), (703, "aaa")]
)
def test_letters_go_on_after_z(count: int, letters: str) -> None:
    assert letter(count) == letters


def test_letters_count_from_one() -> None:
    with pytest.raises(ValueError, match="count from 1"):
        letter(0)
