"""CLM: claims about health, and the sources that bear them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from wellsourced.diagnostics import Severity
from wellsourced.rules.bearing import bearings
from wellsourced.rules.claim_language import ClaimKind
from wellsourced.rules.claims import promises
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.rules.statements import Unit, units
from wellsourced.source import Document
from wellsourced.source.spans import Span

_FOOTNOTE = re.compile(r"\[\^\w+\]")
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
    for one in bearings(passages):
        if not one.keys and not one.admitted:
            yield one.statement.span, one.kind


def _told_elsewhere(document: Document) -> Iterator[Span]:
    """Yield faults whose mending settles the source too: broken cites, and vain promises."""
    yield from (citation.span for citation in document.citations if citation.malformed)
    yield from document.broken_citations
    yield from (name.key_span for name in document.bare_names)
    yield from (span for span, _ in promises(document))
    yield from (Span(*found.span()) for found in _FOOTNOTE.finditer(document.masked))


def _holds(span: Span, starts: Sequence[int]) -> bool:
    """Tell whether a span holds one of some sorted offsets."""
    at = bisect_left(starts, span.start)
    return at < len(starts) and starts[at] < span.end
