"""Each claim about health is listed with what stands for it."""

from __future__ import annotations

import pytest

from wellsourced.citations.claims import Claim
from wellsourced.rules.bearing import all_claims
from wellsourced.source import scan

FRONT = "Title: T\nSlug: t\n\n## Pain {#pain}\n\n"


def listed(body: str) -> tuple[Claim, ...]:
    return all_claims(scan(FRONT + body + "\n", "t.md", known=("a", "b")))


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("Bruises follow 7.7% of treatments [@a].", [("figure", ("a",), (), False)]),
        ("Yoga eases back pain.", [("efficacy", (), (), False)]),
        (
            "Yoga eases back pain. The source article gives no reference for this.",
            [("efficacy", (), (), True)],
        ),
        (
            "- Yoga eases back pain. It was tested twice [@a; @b].",
            [("efficacy", (), ("a", "b"), False), ("", ("a", "b"), (), False)],
        ),
        (
            "Yoga eases back pain. It also eases neck pain [@a].",
            [("efficacy", (), ("a",), False), ("efficacy", ("a",), (), False)],
        ),
        (
            "What was reported [@a]:\n\n| What | Share |\n|---|---|\n| Bleeding | 16% |",
            [("", ("a",), (), False), ("figure", (), ("a",), False)],
        ),
        ("The body is in Virginia [@b].", [("", ("b",), (), False)]),
        ("The body is in Virginia.", []),
        ("We could not read what it says about bleeding in 16% of people.", []),
    ],
)
def test_a_claim_is_listed_with_what_bears_it(
    body: str, wanted: list[tuple[str, tuple[str, ...], tuple[str, ...], bool]]
) -> None:
    found = [(one.kind, one.references, one.nearby, one.admitted) for one in listed(body)]
    assert found == wanted


def test_a_row_is_told_as_a_whole_when_it_gives_a_figure() -> None:
    (claim,) = listed("| What | Share |\n|---|---|\n| Bleeding | 16% of people |")
    assert (claim.section, claim.text) == ("pain", "Bleeding 16% of people")


def test_sentences_about_the_page_claim_nothing() -> None:
    assert listed("It does not tell what has been shown to work.") == ()
    assert listed("The part we could read speaks of harm to 3% of people.") == ()
