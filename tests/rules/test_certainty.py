"""Only what leaves no doubt is certain."""

from __future__ import annotations

import pytest

from wellsourced.rules.certainty import one_slip, same_letters

KEYS = ("gattie2017", "apta-2015", "lee2019", "roe2020", "roe-2020")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Gattie2017", "gattie2017"),
        ("gattie_2017", "gattie2017"),
        ("apta2015", "apta-2015"),
        ("apta:2015", "apta-2015"),
        ("gatie2017", None),
        ("gattie2018", None),
        ("li2019", None),
        ("ROE2020", None),
        ("-", None),
        ("", None),
    ],
)
def test_a_key_is_certain_when_its_letters_are_right(name: str, meant: str | None) -> None:
    assert same_letters(name, KEYS) == meant


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("sumary", "summary"),
        ("summmary", "summary"),
        ("summery", "summary"),
        ("sumamry", "summary"),
        ("SUMMARY", "summary"),
        ("summarys", "summary"),
        ("smmry", None),
        ("date", None),
        ("dat", None),
        ("", None),
    ],
)
def test_one_slip_in_a_closed_list_is_certain(word: str, meant: str | None) -> None:
    assert one_slip(word, ("summary", "gate", "late")) == meant
