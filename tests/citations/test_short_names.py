"""A reference goes by its authors in running text."""

from __future__ import annotations

import pytest

from wellsourced.citations.short_names import short_name

from .references import APTA, reference

BOYCE = {"family": "Boyce", "given": "D."}
VAN_TUL = {"family": "Tulder", "given": "M.", "non-dropping-particle": "van"}


@pytest.mark.parametrize(
    ("authors", "name"),
    [
        ([BOYCE], "Boyce"),
        ([BOYCE, VAN_TUL], "Boyce and van Tulder"),
        ([BOYCE, VAN_TUL, BOYCE], "Boyce et al."),
        (APTA, "American Physical Therapy Association"),
    ],
)
def test_authors(authors: list[dict[str, str]], name: str) -> None:
    assert short_name(reference("key", author=authors)) == name


def test_a_work_without_authors_goes_by_its_title() -> None:
    assert short_name(reference("key", title="Dry needling: a guide")) == "“Dry needling”"
    assert short_name(reference("key", title="a b c d e f g h i j")) == "“a b c d e f g h…”"
