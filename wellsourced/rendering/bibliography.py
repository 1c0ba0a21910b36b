"""Build the reference list of a page: one entry for each reference cited, in number order."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from wellsourced.citations.numbering import Numbering
from wellsourced.library.bibliography import Reference
from wellsourced.rendering.sources import Sources


@dataclass(frozen=True, slots=True)
class BibliographyEntry:
    """A reference as listed: its number, formatted HTML, and links back to each of its cites."""

    key: str
    number: int
    html: Markup
    reference: Reference
    backlinks: tuple[tuple[str, str], ...]
    """Pairs of cite id and letter."""


def entries(numbering: Numbering, sources: Sources) -> tuple[BibliographyEntry, ...]:
    """List the references that a page cites, in the order of their numbers."""
    return tuple(
        BibliographyEntry(
            key=key,
            number=number,
            html=Markup(sources.entries[key]),
            reference=sources.library.references[key],
            backlinks=tuple((link.cite_id, link.letter) for link in numbering.backlinks[key]),
        )
        for key, number in numbering.numbers.items()
    )
