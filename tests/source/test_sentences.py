"""Sentences are spans of the file, with what stands in them."""

from __future__ import annotations

import pytest

from wellsourced import source
from wellsourced.source.sentences import split


def sentences(body: str) -> list[str]:
    """List the sentences of a body as they are written."""
    document = source.scan(f"Title: T\n\n{body}", "x")
    return [document.text_of(span) for p in document.passages for span in p.sentences]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("One [@a1]. Two. [@b2] Three", ["One [@a1].", "Two. [@b2]", "Three"]),
        ("One.[@a1] **Two.** *Three* four.", ["One.[@a1]", "**Two.**", "*Three* four."]),
        ("See [a link. Or two](/b.html). [[Knots|trigger point]] hurt.",
         ["See [a link.", "Or two](/b.html).", "[[Knots|trigger point]] hurt."]),
        ("Dr. Who, e.g. Mr. A. Smith, is here. 34 states.",
         ["Dr. Who, e.g. Mr. A. Smith, is here.", "34 states."]),
        ("It takes 3.5 days. “Really?” Yes.", ["It takes 3.5 days.", "“Really?”", "Yes."]),
        ("One\ntwo. Three\nfour.", ["One\ntwo.", "Three\nfour."]),
        ("- One. Two.\n- Three.", ["One.", "Two.", "Three."]),
        ("1. One.\n\n    Two. Three.", ["One.", "Two.", "Three."]),
        ("> One.\n> Two.", ["One.", "Two."]),
        ("> One\n> two. Three", ["One\n> two.", "Three"]),
        ("| Aa. B | C |\n|---|---|\n| d | Ee. [@f1] F |", ["Aa.", "B", "C", "d", "Ee. [@f1]", "F"]),
        ("## One. {#x}", ["One."]),
        ("![Alt.](/a.svg) <!-- One. Two. --> Three. `Four.` Five",
         ["![Alt.](/a.svg) <!-- One. Two. --> Three.", "`Four.`", "Five"]),
        ("@boyce2020 [p. 3] found one. Two.", ["@boyce2020 [p. 3] found one.", "Two."]),
    ],
)  # fmt: skip
def test_sentences(body: str, expected: list[str]) -> None:
    assert sentences(body) == expected


def test_plain_text_is_split_alike() -> None:
    assert split("One. Two vs. Three.  Four") == ("One.", "Two vs. Three.", "Four")
