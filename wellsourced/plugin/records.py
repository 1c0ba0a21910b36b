"""Make of a document all that its page, other pages and a check need of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wellsourced import rules
from wellsourced.citations import numbering
from wellsourced.citations.claims import Claim
from wellsourced.diagnostics import Diagnostic, has_errors
from wellsourced.library.changes import Change
from wellsourced.library.ledger import Fact
from wellsourced.plugin.desk import Desk
from wellsourced.plugin.neighbours import Outline
from wellsourced.plugin.usage import find_uses
from wellsourced.rendering.sections import Entry
from wellsourced.rules import bearing
from wellsourced.rules.site import page_key
from wellsourced.source import Document


@dataclass(frozen=True, slots=True)
class Body:
    """A document's text as HTML, its contents list, what it claims, owes and has changed."""

    html: str
    contents: tuple[Entry, ...]
    claims: tuple[Claim, ...]
    facts: tuple[Fact, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What a document comes to; one with an error has no body."""

    outline: Outline
    body: Body | None
    found: tuple[Diagnostic, ...]


def examine(
    document: Document,
    desk: Desk,
    facts: tuple[Fact, ...] = (),
    faults: Sequence[Diagnostic] = (),
    changes: tuple[Change, ...] = (),
) -> Record:
    """Check a document and, when that finds no error, render it.

    `facts` are those of its ledger and `changes` those of its log, `faults` what was found in
    both. While a catalogue cannot be read, or a reference of the document cannot be formatted,
    nothing is rendered: that mistake explains the rest.
    """
    uses = find_uses(document, desk.site.library)
    outline = Outline(document.front_matter.fields, document.anchors, uses)
    found = [*rules.check_document(document, desk.site), *faults]
    unsound = desk.site.unread or any(key not in desk.sources.entries for key in uses.cited)
    if unsound or has_errors(found):
        return Record(outline, None, tuple(found))
    body, more = render(document, desk)
    outline = replace(outline, facts=len(facts))
    return Record(outline, replace(body, facts=facts, changes=changes), (*found, *more))


def render(document: Document, desk: Desk) -> tuple[Body, tuple[Diagnostic, ...]]:
    """Render a document without errors; the findings are where scanner and renderer disagree."""
    numbered = numbering.number(cite.key for cite in document.cites)
    anchors = desk.site.library.anchors.get(page_key(document))
    rendering = desk.renderer.render(document, numbered, anchors)
    claimed = bearing.all_claims(document) if document.kind == "article" else ()
    return Body(rendering.html, rendering.contents, claimed), rendering.diagnostics
