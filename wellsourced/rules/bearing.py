"""Tell what stands for each claim about health: cites, or an open admission that there is none."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wellsourced.citations import claims
from wellsourced.citations.claims import Claim
from wellsourced.rules.claim_exemptions import admits, leaves_gap
from wellsourced.rules.claim_language import ClaimKind, classify
from wellsourced.rules.statements import Lead, Statement, Unit, leads, units
from wellsourced.source import Document, plain
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
_SAME_STUDY = re.compile(rf"(?:In it|(?:The|These|Those|Its|Their) {_STUDY})\b")
_NEAR = 4
"""Sentences that a cite reaches, when each goes on about the same."""
_REACH = 2
"""Passages before it that an admission speaks of."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """A claim about health and what stands for it: keys of references, or an open admission."""

    unit: Unit
    statement: Statement
    kind: ClaimKind
    keys: tuple[str, ...]
    admitted: bool


def all_claims(document: Document) -> tuple[Claim, ...]:
    """List the sentences of a document that cite, and those that claim something about health.

    In the order of the text; docs/claims.md says what counts, and how often that is right.
    """
    cited = claims.claims(document)
    starts = [claim.span.start for claim in cited]
    found = dict(zip(starts, cited, strict=True))
    for one in bearings(units(document)):
        at = one.statement.span
        own = cited[bisect_left(starts, at.start) : bisect_left(starts, at.end)]
        for claim in own:
            found[claim.span.start] = replace(claim, kind=one.kind)
        for span, text in () if own else _told(document, one):
            section = one.unit.passage.section
            found[span.start] = Claim(section, text, (), span, one.kind, one.keys, one.admitted)
    return tuple(found[start] for start in sorted(found))


def _told(document: Document, one: Bearing) -> Iterator[tuple[Span, str]]:
    """Give the words of a claim: a figure's whole row of a table, else the cell that claims."""
    if one.unit.passage.kind != "row":
        yield one.statement.span, plain(document, one.statement.span)
    elif one.kind == "figure":
        yield one.statement.span, one.statement.text
    else:
        for cell in one.unit.passage.sentences:
            if classify(words := plain(document, cell)) == one.kind:
                yield cell, words


def bearings(passages: Sequence[Unit]) -> tuple[Bearing, ...]:
    """Give each claim about health with what stands for it; those of the latest text are kept."""
    kept = _Latest.kept
    if kept is None or kept[0] is not passages:
        kept = _Latest.kept = (passages, tuple(_bearings(passages)))
    return kept[1]


class _Latest:
    """The passages that were asked for last: rules and page ask for the same ones."""

    kept: tuple[Sequence[Unit], tuple[Bearing, ...]] | None = None


def _bearings(passages: Sequence[Unit]) -> Iterator[Bearing]:
    led_by = leads(passages)
    admitted = _admitted(passages)
    for place, unit in enumerate(passages):
        if unit.block in _SILENT:
            continue
        gap = max((n for n, one in enumerate(unit.statements) if leaves_gap(one.text)), default=-1)
        for number, statement in enumerate(unit.statements):
            kind = classify(statement.text)
            if kind is None or (unit.block == "figure" and kind != "figure"):
                continue
            lead = _lead_in(unit, led_by[place])
            keys = statement.keys or _keys_near(unit, number) or (_keys(lead) if lead else ())
            told = place in admitted or number <= gap or (lead is not None and _admits(lead))
            yield Bearing(unit, statement, kind, tuple(dict.fromkeys(keys)), told)


def _keys_near(unit: Unit, number: int) -> tuple[str, ...]:
    """Give the keys of the cites nearby in the same passage that stand for a statement."""
    if unit.passage.kind != "paragraph" or unit.block in _CARDS:
        return _keys(unit)
    for later in unit.statements[number + 1 : number + 1 + _NEAR]:
        if not _GOES_ON.match(later.text):
            break
        if later.keys:
            return later.keys
    for earlier in range(number, max(0, number - _NEAR), -1):
        if not _SAME_STUDY.match(unit.statements[earlier].text):
            break
        if keys := unit.statements[earlier - 1].keys:
            return keys
    return ()


def _lead_in(unit: Unit, lead: Lead) -> Unit | None:
    """Give what leads into a list or table and speaks for it: header, figure's caption, line."""
    if unit.passage.kind == "row" and lead.header is not None and lead.header.cites:
        return lead.header
    before = lead.unit
    if before is None or not before.statements:
        return None
    if unit.block == "figure" and before.passage.block == unit.passage.block:
        return before if before.cites else None
    last = before.statements[-1]
    leads_in = unit.passage.kind == "row" or last.text.endswith(":")
    return before if leads_in and (last.keys or _admits(before)) else None


def _keys(unit: Unit) -> tuple[str, ...]:
    return tuple(key for statement in unit.statements for key in statement.keys)


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
        if any(admits(statement.text) for statement in unit.statements):
            section, last = unit.passage.section, run + _REACH
            found.discard(place)  # what stands after the admission is not covered by it
    return frozenset(found)


def _admits(unit: Unit) -> bool:
    return any(leaves_gap(statement.text) for statement in unit.statements)
