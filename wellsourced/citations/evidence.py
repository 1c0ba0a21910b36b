"""Sum up what an article's claims about health rest on, and what is not known of its sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from wellsourced.citations.claims import Claim
from wellsourced.library.csl import Tier
from wellsourced.library.reference import Reference


@dataclass(frozen=True, slots=True)
class Source:
    """A reference by its number on the page."""

    key: str
    number: int


@dataclass(frozen=True, slots=True)
class Grade:
    """One kind of evidence: how many claims rest on it, on which sources, and which claims.

    `tier` is "" for claims without a source; `claims` are those on benefits and harms.
    """

    tier: str
    count: int
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a page's claims about health rest on, and what is not known of the sources it cites.

    `count` is of the claims, `admitted` of those without a source of which the text says so.
    `grades` go from reviews down to no source; a claim with sources of two kinds is in both.
    """

    count: int
    admitted: int
    grades: tuple[Grade, ...]
    cited: int
    missing: tuple[Source, ...]
    interested: tuple[Source, ...]
    unsettled: tuple[Source, ...]
    unverified: tuple[Source, ...]


def sum_up(
    claims: Sequence[Claim], numbers: Mapping[str, int], references: Mapping[str, Reference]
) -> Evidence:
    """Count what an article's claims rest on; `numbers` maps key → number, by number."""
    sources = {key: Source(key, number) for key, number in numbers.items()}
    health = [claim for claim in claims if claim.kind]

    def those(test: Callable[[Reference], bool]) -> tuple[Source, ...]:
        return tuple(one for key, one in sources.items() if test(references[key]))

    def grade(tier: str) -> Grade:
        of_tier = {key for key in sources if references[key].tier == tier}
        resting = [c for c in health if (of_tier & {*c.sources} if tier else not c.sources)]
        bearing = of_tier.intersection(*[{key for c in resting for key in c.sources}])
        return Grade(
            tier,
            len(resting),
            tuple(one for key, one in sources.items() if key in bearing),
            tuple(claim for claim in resting if claim.kind != "figure"),
        )

    return Evidence(
        count=len(health),
        admitted=sum(claim.admitted for claim in health if not claim.sources),
        grades=tuple(one for tier in (*get_args(Tier), "") if (one := grade(tier)).count),
        cited=len(sources),
        missing=those(lambda one: one.url_status == "missing"),
        interested=those(lambda one: one.independent is False),
        unsettled=those(lambda one: one.independent is None),
        unverified=those(lambda one: bool(one.unverified)),
    )
