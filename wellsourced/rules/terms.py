"""GLO: glossary terms in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wellsourced.library import glossary
from wellsourced.library.shape_check import nearest
from wellsourced.rules.certainty import same_letters
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.source import Document
from wellsourced.source.document import TermUse
from wellsourced.source.spans import Span

_BARRED = re.compile(r"\[\[[^\[\]|\n]+\|(?P<name>[^\[\]|\n]+)\]\]")


@rule("GLO001", needs="glossary.yaml")
def unknown_term(document: Document, site: Site) -> Iterator[Finding]:
    """A term is not in the glossary.

    Its double brackets would be printed, and the reader would get no explanation.

    Wrong: `[[triger point]]`
    Right: `[[trigger point]]`, or `[[these knots|trigger point]]`.
    """
    for use in document.terms:
        if glossary.find(site.library.terms, use.name) is None:
            known = [name for t in site.library.terms.values() for name in (t.term, *t.aliases)]
            hint = nearest(use.name, known) or f'add "{use.name}" to library/glossary.yaml'
            told = f'"{use.name}" is not in the glossary.'
            yield Finding(use.name_span, told, hint, _mend(document, use, known))


def _mend(document: Document, use: TermUse, known: list[str]) -> str | None:
    """Give the term that is meant for certain, so that the words shown stay as they are."""
    meant = same_letters(use.name, known)
    if meant is None or document.text[use.name_span.start - 1] == "|":
        return meant
    # A bar would end the cell of a table.
    line = document.index.line_at(use.span.start).text
    return None if "|" in line else f"{use.name}|{meant}"


@rule("GLO002")
def term_in_heading(document: Document, site: Site) -> Iterator[Finding]:
    """A glossary term stands in a heading.

    A link inside a heading is read twice by screen readers, and the contents list repeats it.

    Wrong: `## What is a [[trigger point]]?`
    Right: the term where the text first uses it.
    """
    titles = [*(h.text_span for h in document.headings), *(b.title_span for b in document.blocks)]
    for use in document.terms:
        if any(title.covers(use.span) for title in titles):
            yield Finding(
                use.span,
                "A glossary term stands in a heading or a title.",
                f'write "{use.shown}"',
                use.shown,
            )


@rule("GLO003")
def bar_in_table(document: Document, site: Site) -> Iterator[Finding]:
    """A term with a bar stands in a table.

    The bar ends the table's cell in the middle of the term.

    Wrong: `| [[knots|trigger point]] |`
    Right: `| [[trigger point]] |`
    """
    rows = [p.span for p in document.passages if p.kind == "row"]
    for row in rows:
        for use in _BARRED.finditer(document.masked, row.start, row.end):
            yield Finding(
                Span(use.start(), use.end()),
                "The bar of this term ends the table's cell.",
                f"write [[{use['name'].strip()}]]",
            )
