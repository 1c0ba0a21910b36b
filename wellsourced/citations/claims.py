"""List an article's claims: each sentence that bears a cite, with its section and sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wellsourced.library import Library
from wellsourced.source import Document, plain
from wellsourced.source.document import Passage
from wellsourced.source.sentences import split
from wellsourced.source.spans import Span


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence and the keys of the references that it cites, in order."""

    section: str
    text: str
    references: tuple[str, ...]


def claims(document: Document) -> tuple[Claim, ...]:
    """List a document's claims in the order of the text."""
    return tuple(claim for passage in document.passages for claim in _claims_in(document, passage))


def export(document: Document, library: Library, url: str) -> dict[str, object]:
    """Give the claims as plain data for `claims.json`, with the evidence tier of each source."""
    return {
        "article": url,
        "claims": [
            {
                "section": claim.section,
                "text": claim.text,
                "references": [
                    {"key": key, "tier": library.references[key].tier} for key in claim.references
                ],
            }
            for claim in claims(document)
        ],
    }


def _claims_in(document: Document, passage: Passage) -> Iterator[Claim]:
    """Cut a passage at its sentences; a citation after the full stop belongs to the one before."""
    cited = [c for c in document.citations if passage.span.covers(c.span) and not c.malformed]
    if not cited:
        return
    start = passage.span.start
    for number, citation in enumerate(cited):
        before = plain(document, Span(start, citation.span.start))
        after_end = cited[number + 1].span.start if number + 1 < len(cited) else passage.span.end
        after = plain(document, Span(citation.span.end, after_end))
        sentences = split(before)
        lead = sentences[-1] if sentences else ""
        tail = "" if lead.endswith((".", "!", "?")) else (split(after) or ("",))[0]
        text = f"{lead} {tail}".strip().replace(" .", ".").replace(" ,", ",")
        yield Claim(passage.section, text, citation.keys)
        start = citation.span.start
