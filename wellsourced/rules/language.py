"""CLM: words that promise too much, and sentences that are hard to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wellsourced.diagnostics import Severity
from wellsourced.rules.claims import promises
from wellsourced.rules.metadata import TOP
from wellsourced.rules.readability import grade, words
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.rules.statements import Statement, units
from wellsourced.source import Document
from wellsourced.source.spans import Span

GRADE = 9
"""The Flesch-Kincaid grade above which an article is too hard for most of its readers."""
ENOUGH = 100
"""Words below which a grade says nothing."""
LONG = 35
"""Words above which a sentence is too long."""

_RESULTS = r"(?:works?|helps?|heals?|eases?|relieves?|succeeds?|prevents?)"
_ALL = r"(?:everyone|everybody|anyone|all patients|every patient)"
_PHRASES = r"""
always: always (?:be )?RESULTS
never: never (?:fails?|hurts|harms|causes|goes wrong)
every: RESULTS (?:for )?(?:ALL|every time)
every: ALL (?:benefits?|recovers?|feels better|gets better)
anyone: RESULTS (?:for )?anyone
all patients: RESULTS (?:for )?all patients|all patients (?:benefit|recover|feel better|get better)
proven to: proven to
100: 100 ?(?:%|percent) (?:of (?:patients|people|cases|the time)|natural|pure|success|sure)
ly: (?:completely|totally|entirely|perfectly|absolutely) (?:harmless|painless|effective|safe)
risk: (?:free of|without(?: any)?) risk(?= at all|[.,;])
risk: (?:no|zero) risks?(?= at all|[.,;]| (?:whatever|whatsoever|to you))
not: can ?not (?:fail|hurt you|harm you|go wrong)
definitely: (?:will|does|can) definitely
nothing: nothing can go wrong
doubt: (?:without (?:a )?doubt|beyond doubt|there is no doubt)
"""
_ABSOLUTES = tuple(
    (
        trigger,
        re.compile(
            rf"\b(?:{phrase})(?!\w)".replace("RESULTS", _RESULTS)
            .replace("ALL", _ALL)
            .replace(" ", r"\s"),
            re.IGNORECASE,
        ),
    )
    for trigger, _, phrase in (line.partition(": ") for line in _PHRASES.strip().splitlines())
)
"""Pairs of words without which a phrase cannot be there, and the phrase."""
_DENIED = re.compile(
    r"\b(?:not?|never|\w+n[’']t|cannot|without|nor|neither|nothing|nobody|hardly)\b[^.!?]{0,40}$",
    re.I,
)
_NOT_PROSE = frozenset({"products", "top-products", "disclaimer", "further-reading", "figure"})


@rule("CLM013", Severity.WARNING)
def absolute(document: Document, site: Site) -> Iterator[Finding]:
    """A sentence speaks in absolutes, without a hedge.

    No treatment always works, and no study proves anything of everybody. Readers for whom it
    fails would blame themselves.

    Wrong: `Massage always works for tension headaches.`
    Right: `In three trials, massage eased tension headaches in some people [@gattie2017].`
    """
    text, body = document.masked, document.front_matter.body_start
    folded = " ".join(text[body:].lower().split())
    matches = [
        match
        for trigger, phrase in _ABSOLUTES
        if trigger in folded
        for match in phrase.finditer(text, body)
    ]
    promised = [span for span, _ in promises(document)] if matches else []
    for match in sorted(matches, key=lambda match: match.start()):
        span = Span(*match.span())
        told = any(one.start < span.end and span.start < one.end for one in promised)
        if not told and not _DENIED.search(text[max(0, span.start - 80) : span.start]):
            yield Finding(
                span,
                f'"{" ".join(match[0].split())}" leaves no room for doubt.',
                "say for whom, how often and how surely, or use a hedge such as “may”",
            )


@rule("CLM009", Severity.WARNING, on="article")
def hard_to_read(document: Document, site: Site) -> Iterator[Finding]:
    """The article's reading grade is too high.

    Half of the adults in the United States read below the level of many health texts. The grade
    is Flesch-Kincaid's, over all sentences outside tables, figures and product blocks; above 9
    the text needs shorter sentences and shorter words. Names of drugs and conditions raise it.

    Wrong: long sentences of long words.
    Right: one thought a sentence, and plain words for the terms.
    """
    prose = [statement.text for statement in _prose(document)]
    if sum(len(words(text)) for text in prose) < ENOUGH:
        return
    reached = grade(prose)
    if reached > GRADE:
        field = document.metadata("title")
        yield Finding(
            field.key_span if field else TOP,
            f"The reading grade of this article is {reached:.1f}; the most should be {GRADE}.",
            "shorten its longest sentences, and use plainer words",
        )


@rule("CLM014", Severity.WARNING)
def long_sentence(document: Document, site: Site) -> Iterator[Finding]:
    """A sentence has more than 35 words.

    Who reads it in pain, in fear or in a second language loses its beginning before its end.

    Wrong: a sentence with three clauses and a list inside.
    Right: two sentences, or a list.
    """
    for statement in _prose(document):
        count = len(words(statement.text))
        if count > LONG:
            yield Finding(
                statement.span,
                f"This sentence has {count} words; {LONG} is the most it should have.",
                "cut it in two, or make a list of it",
            )


def _prose(document: Document) -> Iterator[Statement]:
    for unit in units(document):
        if unit.block not in _NOT_PROSE and unit.passage.kind != "row":
            yield from unit.statements
