"""CLM: statements that were true on a day long past."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wellsourced.diagnostics import Severity
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.rules.statements import Unit, units
from wellsourced.source import Document
from wellsourced.source.spans import Span

OLD = 5
"""Years after which a dated statement in the present tense counts as old."""

_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_MONTH = (
    r"(?:(?:early|mid|late|\d{1,2}|january|february|march|april|may|june|july|august|september"
    r"|october|november|december|spring|summer|fall|autumn|winter)[ -])*"
)
_NOW = (
    r"(?:currently|nowadays|now|today|at present|presently|these days|recently|recent|latest"
    r"|newest|up to date|so far|new (?:research|study|studies|trial|guideline|guidance|data)"
    r"|current (?:research|evidence|guideline|guidance|advice|law|rule|policy|figure)s?)"
)
_DATED = (
    re.compile(
        rf"\b(?:as of|as at|current as of|correct as of|last updated in) {_MONTH}{_YEAR}", re.I
    ),
    re.compile(rf"\b{_NOW}\b[^.;]{{0,60}}?\b{_YEAR}", re.I),
    re.compile(rf"\b(?:in|since|by) {_MONTH}{_YEAR}[^.;]{{0,60}}?\b{_NOW}\b", re.I),
)
_PAST = re.compile(
    r"\b(?:had|was|were|did|then|at that time|used to|until|no longer|judged|ruled|decided|held"
    r"|found|stated|declared|opposed|allowed|required)\b",
    re.I,
)
_HISTORY = re.compile(
    r"\bhistory\b|\bis old\b|\bout of date\b|\boutdated\b|\bno longer (?:stands?|holds?)\b"
    r"|\bhave changed since\b",
    re.I,
)


@rule("CLM006", Severity.WARNING, on="article")
def grown_old(document: Document, site: Site) -> Iterator[Finding]:
    """A statement about the present bears a year that is long past.

    Laws, labels and guidelines change. After more than five years, "as of 2017" or "the latest
    figures, from 2016" tells readers what was so, in the words for what is so. The past tense
    makes it history, and so does a word in the same section ("Much of it is old").

    Wrong: `As of 2017, 30 states allow it.`
    Right: `In 2017, 30 states allowed it. As of 2026, …`
    """
    passages = units(document)
    dated = [
        (unit, statement, match)
        for unit in passages
        for statement in unit.statements
        if (match := _dated(statement.text)) and not _PAST.search(statement.text)
    ]
    history = _history(passages) if dated else frozenset()
    for unit, statement, match in dated:
        if int(match["year"]) >= site.today.year - OLD or unit.passage.section in history:
            continue
        start = document.text.find(match["year"], statement.span.start, statement.span.end)
        yield Finding(
            Span(start, start + 4) if start >= 0 else statement.span,
            f"This speaks of the present, but its date is {match['year']}.",
            "look for a newer source, or write it as history in the past tense",
        )


def _history(passages: Sequence[Unit]) -> frozenset[str]:
    """Give the ids of the sections that say of themselves that they are history."""
    return frozenset(
        unit.passage.section
        for unit in passages
        if any(_HISTORY.search(statement.text) for statement in unit.statements)
    )


def _dated(text: str) -> re.Match[str] | None:
    if "19" not in text and "20" not in text:
        return None
    return next(filter(None, (pattern.search(text) for pattern in _DATED)), None)
