"""BLK: Markdown that does not do what its writer meant."""

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
    for passage in document.passages if "**" in document.masked else ():
        marks = list(_STRONG.finditer(document.masked, passage.span.start, passage.span.end))
        if len(marks) % 2 and passage.kind != "row":
            last = marks[-1]
            yield Finding(
                Span(last.start(), last.end()),
                "These asterisks have no counterpart.",
                "put ** on both sides of the words, with no blank inside",
            )


@rule("BLK011", Severity.WARNING)
def indented_prose(document: Document, site: Site) -> Iterator[Finding]:
    """A paragraph of prose is indented by four spaces.

    Markdown shows it as computer code, and its cites and terms are not read.

    Wrong: four spaces before a sentence outside a list.
    Right: the same sentence at the start of the line.
    """
    for span in document.indented_code:
        yield Finding(
            span, "This indented text is shown as computer code.", "take the spaces before it away"
        )


@rule("BLK026")
def nested_too_deeply(document: Document, site: Site) -> Iterator[Finding]:
    """Lists or quotations stand in each other more than forty deep.

    Nobody can follow that, on a screen or by ear, and it cannot be turned into a page.

    Wrong: a line that begins with dozens of dashes or `>` signs, each with a blank after it.
    Right: a list in a list at most; a section of its own for what lies deeper.
    """
    for span in document.too_deep[:1]:
        yield Finding(
            span,
            "This stands too deep in lists or quotations.",
            "take marks or spaces before it away",
        )
