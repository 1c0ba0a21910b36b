"""CLM: claims about health, and the sources that bear them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from wellsourced.diagnostics import Severity
from wellsourced.rules.claim_exemptions import GAP, NO_SOURCE
from wellsourced.rules.claim_language import ClaimKind, classify
from wellsourced.rules.claims import promises
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.rules.statements import Lead, Unit, leads, units
from wellsourced.source import Document
from wellsourced.source.spans import Span

_SILENT = frozenset({"products", "top-products", "disclaimer", "further-reading"})
"""Blocks whose words the library answers for, or that claim nothing."""

_CARDS = frozenset({"takeaways", "do", "dont", "warning", "emergency"})
"""Blocks whose paragraphs are worded from one source each, so that one cite stands for all."""

_STUDY = (
    r"(?:same |two )?(?:study|studies|reviews?|trials?|authors?|researchers?|survey|abstract"
    r"|participants)"
)
_GOES_ON = re.compile(
    r"(?:It|Its|They|Their|Them|This|That|These|Those|He|She|His|Her|Such|Both|Among them|In it"
    rf"|The (?:{_STUDY}|effects?|report))\b"
)
"""How a sentence begins that goes on about what the one before it says."""
_FOOTNOTE = re.compile(r"\[\^\w+\]")
_SAME_STUDY = re.compile(rf"(?:In it|(?:The|These|Those|Its|Their) {_STUDY})\b")
_NEAR = 4
"""Sentences that a cite reaches, when each goes on about the same."""
_REACH = 2
"""Passages before it that an admission speaks of."""
_MESSAGES: dict[ClaimKind, str] = {
    "figure": "This sentence states a figure and cites no source.",
    "efficacy": "This sentence says that something helps, or does not, and cites no source.",
    "risk": "This sentence speaks of a risk or harm and cites no source.",
}


@rule("CLM001", Severity.WARNING, on="article")
def unsupported(document: Document, site: Site) -> Iterator[Finding]:
    """A sentence makes a claim about health and cites no source.

    It states a figure (a share, a count of people or studies, a dose, a time, a risk), or that
    something helps or harms. Readers cannot check it, and nobody will notice when it is wrong.
    A cite counts in the sentence or right after it, in the rest of its list item or table row,
    in the sentence or caption that leads into its list or table, or in the next sentence when
    that goes on about the same ("It …", "The review …"). So does an open admission after it:
    "The source article gives no reference". Advice, definitions, questions and words about the
    page claim nothing.

    Wrong: `Bruises follow 7.7% of treatments.`
    Right: `Bruises follow 7.7% of treatments [@boyce2020].`
    """
    claims = list(_bare_claims(units(document)))
    faults = sorted(span.start for span in _told_elsewhere(document)) if claims else []
    for span, kind in claims:
        if not _holds(span, faults):
            yield Finding(
                span,
                _MESSAGES[kind],
                "add the cite of its source, or say openly that none was found",
            )


def _bare_claims(passages: Sequence[Unit]) -> Iterator[tuple[Span, ClaimKind]]:
    """Yield the place and kind of each claim that no cite and no admission stands for."""
    led_by = leads(passages)
    admitted = _admitted(passages)
    for place, unit in enumerate(passages):
        if unit.block in _SILENT or place in admitted:
            continue
        gap = max((n for n, one in enumerate(unit.statements) if GAP.search(one.text)), default=-1)
        for number, statement in enumerate(unit.statements[gap + 1 :], start=gap + 1):
            kind = None if statement.keys else classify(statement.text)
            if kind is None or (unit.block == "figure" and kind != "figure"):
                continue
            if not _is_supported(unit, number) and not _is_led(unit, led_by[place]):
                yield statement.span, kind


def _told_elsewhere(document: Document) -> Iterator[Span]:
    """Yield faults whose mending settles the source too: broken cites, and vain promises."""
    yield from (citation.span for citation in document.citations if citation.malformed)
    yield from document.broken_citations
    yield from (name.key_span for name in document.bare_names)
    yield from (span for span, _ in promises(document))
    yield from (Span(*found.span()) for found in _FOOTNOTE.finditer(document.masked))


def _is_supported(unit: Unit, number: int) -> bool:
    """Tell whether a cite nearby in the same passage stands for a statement."""
    if unit.passage.kind != "paragraph" or unit.block in _CARDS:
        return unit.cites
    for later in unit.statements[number + 1 : number + 1 + _NEAR]:
        if not _GOES_ON.match(later.text):
            break
        if later.keys:
            return True
    for earlier in range(number, max(0, number - _NEAR), -1):
        if not _SAME_STUDY.match(unit.statements[earlier].text):
            break
        if unit.statements[earlier - 1].keys:
            return True
    return False


def _is_led(unit: Unit, lead: Lead) -> bool:
    """Tell whether what leads into a list or table, or a figure's caption, bears a cite."""
    if unit.passage.kind == "row" and lead.header is not None and lead.header.cites:
        return True
    before = lead.unit
    if before is None or not before.statements:
        return False
    if unit.block == "figure" and before.passage.block == unit.passage.block:
        return before.cites
    last = before.statements[-1]
    leads_in = unit.passage.kind == "row" or last.text.endswith(":")
    return leads_in and (bool(last.keys) or _admits(before))


def _admitted(passages: Sequence[Unit]) -> frozenset[int]:
    """Give the places of the passages that a later one of the section says have no source.

    Such an admission reaches two passages back; a whole list or table counts for one.
    """
    found: set[int] = set()
    run, section, last = 0, "", -1
    for place in range(len(passages) - 1, -1, -1):
        unit = passages[place]
        after = passages[place + 1].passage.kind if place + 1 < len(passages) else ""
        if unit.passage.kind not in ("item", "row") or after != unit.passage.kind:
            run += 1
        if unit.passage.section == section and run <= last:
            found.add(place)
        if any(NO_SOURCE.search(statement.text) for statement in unit.statements):
            section, last = unit.passage.section, run + _REACH
            found.discard(place)  # what stands after the admission is not covered by it
    return frozenset(found)


def _admits(unit: Unit) -> bool:
    return any(GAP.search(statement.text) for statement in unit.statements)


def _holds(span: Span, starts: Sequence[int]) -> bool:
    """Tell whether a span holds one of some sorted offsets."""
    at = bisect_left(starts, span.start)
    return at < len(starts) and starts[at] < span.end
