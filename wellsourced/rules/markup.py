"""BLK 020–: Markdown that does not do what its writer meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wellsourced.diagnostics import Severity
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.source import Document
from wellsourced.source.spans import Span

_CODE_FENCE = re.compile(r"^[ ]{0,3}(`{3,}|~{3,})", re.MULTILINE)
_STRONG = re.compile(r"\*\*(?=\S)|(?<=\S)\*\*")
_PASTED = re.compile(
    r"^[ ]{0,3}(?P<mark>[•●◦▪·‣]|[-–](?=[A-Za-z])|\*(?=[A-Za-z])(?![^\n]*\*)|\d{1,2}\)(?=[ \t]))",
    re.MULTILINE,
)
_ITEM = re.compile(r"^(?P<indent>[ ]{1,3})(?=(?:[*+-]|\d+\.)[ \t])", re.MULTILINE)


@rule("BLK020")
def open_code_fence(document: Document, site: Site) -> Iterator[Finding]:
    """A code sample opens and never closes.

    Its backticks are printed, and what follows may be shown as code or not at all.

    Wrong: three backticks on a line, and no line with three backticks after it.
    Right: both lines, or neither.
    """
    for match in _CODE_FENCE.finditer(document.masked, document.front_matter.body_start):
        yield Finding(
            Span(match.start(1), match.end(1)),
            "This code sample never closes.",
            f"add a line {match[1]} after it, at the start of the line; or take this line out",
        )


@rule("BLK021")
def open_emphasis(document: Document, site: Site) -> Iterator[Finding]:
    """Strong emphasis opens and never closes.

    The asterisks are printed in the middle of the sentence.

    Wrong: `**Do not have it if you are pregnant.`
    Right: `**Do not have it** if you are pregnant.`
    """
    for passage in document.passages:
        marks = list(_STRONG.finditer(document.masked, passage.span.start, passage.span.end))
        if len(marks) % 2 and passage.kind != "row":
            last = marks[-1]
            yield Finding(
                Span(last.start(), last.end()),
                "These asterisks have no counterpart.",
                "put ** on both sides of the words, with no blank inside",
            )


@rule("BLK022")
def pasted_bullet(document: Document, site: Site) -> Iterator[Finding]:
    """A line begins with a mark that looks like a list's and is none.

    The items run together in one paragraph.

    Wrong: `• Bruising`, `-Bruising` or `1) Bruising`
    Right: `- Bruising` or `1. Bruising`
    """
    prose = [p.span for p in document.passages if p.kind in ("paragraph", "item", "quote")]
    for match in _PASTED.finditer(document.masked, document.front_matter.body_start):
        if any(match.start("mark") in span for span in prose):
            yield Finding(
                Span(match.start("mark"), match.end("mark")),
                f'"{match["mark"]}" does not begin a list item here.',
                'write "- " or "1. " at the start of each item',
            )


@rule("BLK023", Severity.WARNING)
def half_indented_item(document: Document, site: Site) -> Iterator[Finding]:
    """A list item is indented by one to three spaces.

    It is shown on the outer level: what belonged to one item now stands beside it.

    Wrong: two spaces before `- ice` under `- Cold`.
    Right: four spaces.
    """
    items = [p.span.start for p in document.passages if p.kind == "item"]
    for match in _ITEM.finditer(document.masked, document.front_matter.body_start):
        if match.end() in items:
            yield Finding(
                Span(match.start(), match.end()),
                "This item is indented by less than four spaces, so it is not nested.",
                "use four spaces to nest it, or none",
            )
