"""List an article's claims: each sentence that bears a cite, with its section and sources."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wellsourced.citations.short_names import short_name
from wellsourced.library import Library
from wellsourced.library.reference import Reference
from wellsourced.source import Document, plain
from wellsourced.source.citation import Citation
from wellsourced.source.spans import Span


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence, where it stands, and the keys of the references that it cites, in order.

    A key in running text stands in `text` as it is written, with its `@`. `kind` is "figure",
    "efficacy" or "risk" for a claim about health. One that cites nothing itself has in `nearby`
    the keys that stand for it, and is `admitted` when the text says openly that it has none.
    """

    section: str
    text: str
    references: tuple[str, ...]
    span: Span
    kind: str = ""
    nearby: tuple[str, ...] = ()
    admitted: bool = False

    @property
    def sources(self) -> tuple[str, ...]:
        """Give the keys that stand for the claim, its own or those nearby, each once."""
        return self.references or self.nearby


def claims(document: Document) -> tuple[Claim, ...]:
    """List a document's claims in the order of the text."""
    return tuple(_claims(document))


def export(claims: Iterable[Claim], library: Library, url: str) -> dict[str, object]:
    """Give claims as plain data for `claims.json`, with the evidence tier of each source.

    Those that cite come first; then the claims about health that cite nothing themselves.
    """
    listed = list(claims)
    return {
        "article": url,
        "claims": [
            {
                "section": claim.section,
                "kind": claim.kind or None,
                "text": _named(claim, library.references),
                "references": _tiers(claim.references, library),
            }
            for claim in listed
            if claim.references
        ],
        "uncited": [
            {
                "section": claim.section,
                "kind": claim.kind,
                "text": claim.text,
                "nearby": _tiers(claim.nearby, library),
                "admitted": claim.admitted,
            }
            for claim in listed
            if not claim.references
        ],
    }


def _tiers(keys: Iterable[str], library: Library) -> list[dict[str, str]]:
    return [{"key": key, "tier": library.references[key].tier} for key in keys]


def _claims(document: Document) -> Iterator[Claim]:
    """Give each sentence the citations that stand in it."""
    cited = [citation for citation in document.citations if not citation.malformed]
    starts = [citation.span.start for citation in cited]
    for passage in document.passages:
        first = bisect_left(starts, passage.span.start)
        last = bisect_left(starts, passage.span.end)
        for sentence in passage.sentences if first < last else ():
            inside = [c for c in cited[first:last] if c.span.start in sentence]
            if inside:
                yield Claim(passage.section, plain(document, sentence), _keys(inside), sentence)


def _keys(citations: list[Citation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for citation in citations for key in citation.keys))


def _named(claim: Claim, references: Mapping[str, Reference]) -> str:
    """Put the authors in the place of the keys that stand in running text."""
    text = claim.text
    for key in sorted(claim.references, key=len, reverse=True):
        for written in (f"@{{{key}}}", f"@{key}"):
            if written in text:
                text = text.replace(f"-{written}", "").replace(written, short_name(references[key]))
    return text
