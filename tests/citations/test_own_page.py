"""A page's own citation reads as the site's style prints it, and every export holds it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from wellsourced.citations import own_page
from wellsourced.citations.exports import bibtex, ris
from wellsourced.citations.formatting import format_references
from wellsourced.diagnostics import Location
from wellsourced.library.people import Person
from wellsourced.library.reference import Reference

URL = "https://example.org/articles/knees/"


def someone(name: str) -> Person:
    return Person("x", name, "organization", "", "", "", None, Location("people.yaml"))


def page(*names: str, title: str = "Do knees creak?", site: str = "Well Sourced") -> Reference:
    people = [someone(name) for name in names]
    return own_page.reference("knees", title, people, date(2026, 3, 5), site, URL, "en")


@pytest.mark.parametrize(
    "names",
    [("Knee editors",), ("A", "B"), ("A", "B", "C & Sons Ltd."), ("Jo Doe",)],
)
@pytest.mark.parametrize("title", ["Do knees creak?", "Knees & elbows", "Knees."])
def test_the_style_prints_the_same(names: tuple[str, ...], title: str, tmp_path: Path) -> None:
    one = page(*names, title=title)
    entries, found = format_references({"knees": one}, tmp_path)
    assert found == ()
    printed = re.sub(r"</?(?:a|em|i|span)\b[^>]*>", "", entries["knees"])
    assert re.sub(r"</?i>", "", own_page.spell(one)) == printed


def test_a_site_that_is_the_author_is_named_once() -> None:
    """APA 7 § 9.24, which CSL cannot say."""
    assert own_page.spell(page("Well Sourced")).count("Well Sourced") == 1


def test_what_a_title_holds_is_escaped() -> None:
    assert "&lt;b&gt;" in own_page.spell(page("A", title="<b>"))


def test_exports_hold_title_authors_day_and_address() -> None:
    one = page("Knee editors", "Elbow editors")
    bib, record = bibtex.write([one]), ris.write([one])
    for part in ("Do knees creak?", "Knee editors", "Elbow editors", "2026", URL):
        assert part in bib
        assert part in record
    assert "urldate" not in bib
