"""Pandoc's citation syntax becomes numbers, and names in running text."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag

from . import wired
from .articles import HEAD
from .test_agreement import scan


def paragraph(markdown: str) -> Tag:
    """Render one paragraph after a cite of boyce2020, so that boyce2020 is number 1."""
    document = scan(f"{HEAD}[@boyce2020]\n\n{markdown}\n")
    rendering = wired.render(document)
    assert rendering.diagnostics == ()
    found = BeautifulSoup(rendering.html, "html.parser").find_all("p")
    return found[-1]


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("A [@boyce2020].", "A[1]."),
        ("A [see @boyce2020, p. 3; @gattie2017].", "A[see 1, p. 3, 2]."),
        ("A [-@boyce2020, pp. 3-4, on dose].", "A[1, pp. 3-4, on dose]."),
        ("A [@boyce2020, {ii, A}, b].", "A[1, ii, A, b]."),
        ("@boyce2020 found it.", "Boyce[1] found it."),
        ("As @boyce2020 [p. 3] say.", "As Boyce[1, p. 3] say."),
        ("@boyce2020 [p. 3; @gattie2017]", "Boyce[1, p. 3, 2]"),
        ("Boyce -@boyce2020 says.", "Boyce[1] says."),
        ("@{boyce2020}’s work", "Boyce[1]’s work"),
        ("*@boyce2020* **[@boyce2020]**", "Boyce[1] [1]"),
        ("\\@boyce2020", "@boyce2020"),
        ("me@boyce2020.org", "me@boyce2020.org"),
        ("`@boyce2020` `[@boyce2020]`", "@boyce2020 [@boyce2020]"),
        ("[@boyce2020](/about/)", "@boyce2020"),
        ("https://example.org/@boyce2020", "https://example.org/@boyce2020"),
        ("Ask @wellsourced.", "Ask @wellsourced."),
    ],
)
def test_what_is_shown(markdown: str, shown: str) -> None:
    words = " ".join(paragraph(markdown).get_text().split())
    assert words.replace(" [", "[") == shown.replace(" [", "[")


def test_each_cite_is_a_link_to_its_reference() -> None:
    links = paragraph("@boyce2020 [p. 3; @gattie2017] and [@boyce2020].").find_all("a")
    assert [(a["id"], a["href"], a["role"]) for a in links] == [
        ("cite-boyce2020-2", "#ref-boyce2020", "doc-biblioref"),
        ("cite-gattie2017-1", "#ref-gattie2017", "doc-biblioref"),
        ("cite-boyce2020-3", "#ref-boyce2020", "doc-biblioref"),
    ]
