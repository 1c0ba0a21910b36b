"""What an article's claims rest on is counted from the claims and the references alone."""

from __future__ import annotations

from dataclasses import replace

from tests.citations.references import by_key, reference
from wellsourced.citations.claims import Claim
from wellsourced.citations.evidence import Source, sum_up
from wellsourced.source.spans import Span

REFERENCES = by_key(
    replace(reference("trial"), tier="randomised-trial", url_status="ok", independent=True),
    replace(reference("maker"), tier="other", independent=False, unverified="The year."),
    replace(reference("review"), tier="systematic-review", url_status="ok"),
)
NUMBERS = {"trial": 1, "maker": 2, "review": 3}


def claim(kind: str, *keys: str, nearby: tuple[str, ...] = (), admitted: bool = False) -> Claim:
    return Claim("pain", f"A claim of {keys}.", keys, Span(0, 1), kind, nearby, admitted)


def test_claims_count_by_each_kind_of_evidence() -> None:
    both = claim("efficacy", "trial", "review")
    near = claim("risk", nearby=("trial",))
    figure = claim("figure", "trial")
    bare, told = claim("risk"), claim("figure", admitted=True)
    found = sum_up([both, near, figure, bare, told, claim("", "maker")], NUMBERS, REFERENCES)
    assert (found.count, found.admitted, found.cited) == (5, 1, 3)
    assert [(g.tier, g.count, g.sources, g.claims) for g in found.grades] == [
        ("systematic-review", 1, (Source("review", 3),), (both,)),
        ("randomised-trial", 3, (Source("trial", 1),), (both, near)),
        ("", 2, (), (bare,)),
    ]


def test_a_source_that_bears_no_claim_about_health_is_no_evidence() -> None:
    found = sum_up([claim("", "maker")], NUMBERS, REFERENCES)
    assert found.grades == ()
    assert found.count == 0


def test_gaps_are_told_by_number() -> None:
    found = sum_up([], NUMBERS, REFERENCES)
    assert found.missing == found.interested == found.unverified == (Source("maker", 2),)
    assert found.unsettled == (Source("review", 3),)
