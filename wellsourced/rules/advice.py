"""BLK: blocks of advice whose form turns their meaning around."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wellsourced.diagnostics import Severity
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.rules.statements import Unit, leads, units
from wellsourced.source import Document

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|don['’]t|doesn['’]t|shouldn['’]t|can['’]t|cannot|avoid"
    r"|refrain|without|stop|skip|contraindications?|contraindicated|unsafe)\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"(?:do not|don['’]t|never|avoid|no|not|nobody|nothing|stop|skip|refrain|cannot|can['’]t"
    r"|you (?:should|must|can|may) ?not)\b",
    re.IGNORECASE,
)


@rule("BLK013", Severity.WARNING)
def advice_without_not(document: Document, site: Site) -> Iterator[Finding]:
    """An item under "don't" does not begin with a negation.

    Readers skim. "Take it with alcohol" under a red title is read as advice to do so, and a
    screen reader may have said the title long before.

    Wrong: `- Take it with alcohol.` in a `/// dont` block.
    Right: `- Do not take it with alcohol.`, or a lead-in that holds the negation:
    `It is not recommended for:`.
    """
    passages = units(document)
    for unit, lead in zip(passages, leads(passages), strict=True):
        if unit.block != "dont" or unit.passage.kind != "item" or not unit.statements:
            continue
        first = unit.statements[0]
        if not _BEGINS.match(first.text) and not _denies(unit, lead.unit):
            yield Finding(
                first.span,
                'This item under "don\'t" does not begin with a negation.',
                'begin it with "Do not", "Never" or "Avoid"',
            )


def _denies(unit: Unit, lead: Unit | None) -> bool:
    """Tell whether the last sentence that leads into an item's list holds a negation."""
    if lead is None or lead.passage.block != unit.passage.block or not lead.statements:
        return False
    return _NEGATION.search(lead.statements[-1].text) is not None
