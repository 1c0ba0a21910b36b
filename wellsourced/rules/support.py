"""CLM: claims about health, and the sources that bear them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wellsourced.diagnostics import Severity
from wellsourced.rules.claim_exemptions import GAP
from wellsourced.rules.claim_language import ClaimKind, classify
from wellsourced.rules.claims import promises
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.rules.statements import Unit, units
from wellsourced.source import Document
from wellsourced.source.spans import Span

_SILENT = frozenset({"products", "top-products", "disclaimer", "further-reading"})
"""Blocks whose words the library answers for, or that claim nothing."""

_CARDS = frozenset({"takeaways", "do", "dont", "warning", "emergency"})
"""Blocks whose paragraphs are worded from one source each, so that one cite stands for all."""

_STUDY = (
    r"(?:same |two )?(?:study|studies|reviews?|trials?|authors?|researchers?|survey|participants)"
)
_GOES_ON = re.compile(
    r"(?:It|Its|They|Their|Them|This|That|These|Those|He|She|His|Her|Such|Both|Among them|In it"
    rf"|The (?:{_STUDY}|effects?|report))\b"
)
"""How a sentence begins that goes on about what the one before it says."""
_FOOTNOTE = re.compile(r"\[\^\w+\]")
_SAME_STUDY = re.compile(rf"(?:In it|(?:The|These|Those|Its|Their) {_STUDY})\b")
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
    that goes on about the same ("It …", "The review …"). So does an open admission: "The source
    article gives no reference". Advice, definitions, questions and words about the page claim
    nothing.

    Wrong: `Bruises follow 7.7% of treatments.`
    Right: `Bruises follow 7.7% of treatments [@boyce2020].`
    """
    passages = units(document)
    faults = [span.start for span in _told_elsewhere(document)]
    for place, unit in enumerate(passages):
        if unit.block in _SILENT:
            continue
        for number, statement in enumerate(unit.statements):
            if statement.keys or any(start in statement.span for start in faults):
                continue
            kind = classify(statement.text)
            if kind is None or (unit.block == "figure" and kind != "figure"):
                continue
            if _is_supported(unit, number) or _is_led(passages, place) or _is_gap(passages, place):
                continue
            yield Finding(
                statement.span,
                _MESSAGES[kind],
                "add the cite of its source, or say openly that none was found",
            )


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
    for later in unit.statements[number + 1 :]:
        if not _GOES_ON.match(later.text):
            break
        if later.keys:
            return True
    for earlier in range(number, 0, -1):
        if not _SAME_STUDY.match(unit.statements[earlier].text):
            break
        if unit.statements[earlier - 1].keys:
            return True
    return False


def _is_led(passages: Sequence[Unit], place: int) -> bool:
    """Tell whether what leads into a list or table, or a figure's caption, bears a cite."""
    unit = passages[place]
    if unit.passage.kind not in ("item", "row"):
        return False
    for before in range(place - 1, -1, -1):
        lead = passages[before]
        if lead.passage.section != unit.passage.section:
            return False
        if lead.passage.kind == unit.passage.kind:
            if unit.passage.kind == "row" and lead.cites and _is_header(passages, before):
                return True
            continue
        last = lead.statements[-1] if lead.statements else None
        same_figure = unit.block == "figure" and lead.passage.block == unit.passage.block
        leads = unit.passage.kind == "row" or same_figure or (last and last.text.endswith(":"))
        return bool(
            leads and (lead.cites if same_figure else last and (last.keys or _admits(lead)))
        )
    return False


def _is_header(passages: Sequence[Unit], place: int) -> bool:
    """Tell whether a row is the first of its table."""
    return place == 0 or passages[place - 1].passage.kind != "row"


def _is_gap(passages: Sequence[Unit], place: int) -> bool:
    """Tell whether this passage, or a later one of its section, admits that no source is known."""
    section = passages[place].passage.section
    return any(_admits(unit) for unit in passages[place:] if unit.passage.section == section)


def _admits(unit: Unit) -> bool:
    return any(GAP.search(statement.text) for statement in unit.statements)
