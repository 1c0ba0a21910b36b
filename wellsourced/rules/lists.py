"""BLK: lists that readers expect, and lines that only look like one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wellsourced.diagnostics import Severity
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.source import Document, plain
from wellsourced.source.spans import Span

_PASTED = re.compile(
    r"^[ ]{0,3}(?P<mark>[•●◦▪·‣]|[-–](?=[A-Za-z])|\*(?=[A-Za-z])(?![^\n]*\*)|\d{1,2}\)(?=[ \t]))",
    re.MULTILINE,
)
_ITEM = re.compile(r"^(?P<indent>[ ]{1,3})(?=(?:[*+-]|\d+\.)[ \t])", re.MULTILINE)


@rule("BLK010")
def lead_in_without_list(document: Document, site: Site) -> Iterator[Finding]:
    """A sentence ends in a colon and no list, table or block follows.

    The reader was promised something that is not there: a list that got lost.

    Wrong: `Some other treatments include:` and then a heading.
    Right: the list, or no such sentence.
    """
    passages = document.passages
    for number, passage in enumerate(passages):
        if passage.kind not in ("paragraph", "item") or _last_colon(document, passage.span) < 0:
            continue
        if not plain(document, passage.span).endswith(":"):
            continue
        following = passages[number + 1] if number + 1 < len(passages) else None
        between_end = following.span.start if following else len(document.text)
        opened = any(passage.span.end <= b.span.start < between_end for b in document.blocks)
        if opened or (
            following and _continues(document, passage.kind, following.kind, following.span)
        ):
            continue
        end = _last_colon(document, passage.span)
        yield Finding(
            Span(end, end + 1),
            "This colon promises a list and none follows.",
            "add the list with a blank line before it, or end the sentence with a full stop",
        )


def _continues(document: Document, kind: str, following: str, span: Span) -> bool:
    if following in ("row", "quote"):
        return True
    if following != "item":
        return False
    return kind == "paragraph" or bool(re.match(r"[ ]*([*+-]|\d+\.)", document.text_of(span)))


def _last_colon(document: Document, span: Span) -> int:
    return document.text.rfind(":", span.start, span.end)


@rule("BLK012")
def list_without_blank_line(document: Document, site: Site) -> Iterator[Finding]:
    """A list begins right under a line of text.

    Markdown takes its items for part of the sentence, dashes and all.

    Wrong: `Bring these:` and `- your list of medicines` on the very next line.
    Right: the same with a blank line between them.
    """
    for before, item in zip(document.passages, document.passages[1:], strict=False):
        if item.kind != "item" or before.kind not in ("paragraph", "heading"):
            continue
        marked = re.match(r"(?:[*+-]|\d+\.)[ \t]", document.text[item.span.start :])
        gap = document.text[before.span.end : item.span.start]
        if marked and before.kind == "paragraph" and not re.search(r"\n[ \t\r]*\n", gap):
            yield Finding(
                Span(item.span.start, item.span.start + 1),
                "This list has no blank line before it.",
                "put a blank line between the text and the list",
                _parted(document, item.span.start),
            )


def _parted(document: Document, start: int) -> str | None:
    """Give a list's first mark with a blank line before it; None when it may be no list.

    A number may be the end of a sentence, a lone dash a minus, and a quotation has marks of its
    own.
    """
    line = document.index.line_at(start)
    items = [p for p in document.passages if p.kind == "item" and p.span.start > start]
    follows = any(document.index.line_at(p.span.start).number == line.number + 1 for p in items)
    if document.text[start].isdigit() or start != line.span.start or not follows:
        return None
    ending = document.text[document.index.lines[line.number - 2].span.end : start]
    return f"{ending}{document.text[start]}"


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
