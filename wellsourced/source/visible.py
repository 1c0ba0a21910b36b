"""Make the text as readers see it, offset for offset: markup blanked, words kept in place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from wellsourced.source.inline import Inline
from wellsourced.source.masking import BLANK, blank
from wellsourced.source.spans import Span

_MARKS = re.compile(r"([*_])\1*")
MARKER = re.compile(r"(?:[*+-]|\d+\.)[ \t]+")
_WHITE = re.compile(r"[ \t\r\n]+")
_BEFORE_POINT = re.compile(r"\s+([.,;:!?])")


def visible(text: str, masked: str, found: Inline, items: Iterable[Span]) -> str:
    """Give the text with everything blanked that is not shown as words.

    Bracketed citations, pictures, tags, comments and the markup of links, terms and emphasis
    go; code, escaped characters and the shown part of a term stay. `masked` has hidden what
    the block-level pass took out; `items` are the passages that begin with a list marker.
    """
    hidden: list[Span] = []
    for span in items:
        if marker := MARKER.match(text, span.start, span.end):
            hidden.append(Span(*marker.span()))
    hidden += [c.span for c in found.citations if not c.narrative]
    for term in found.terms:
        shown = term.span.start + 2
        bar = text.find("|", shown, term.span.end)
        hidden += [
            Span(term.span.start, shown),
            Span(bar if bar != -1 else term.span.end - 2, term.span.end),
        ]
    hidden += found.brackets.markup + [tag.span for tag in found.tags] + found.comments
    hidden += _autolinks(found)
    quiet = blank(masked, [*found.code, *found.escapes])
    hidden += _emphasis(quiet)
    for span in found.code:
        size = _ticks(text, span)
        hidden += [Span(span.start, span.start + size), Span(span.end - size, span.end)]
    hidden += [Span(span.start, span.start + 1) for span in found.escapes]
    return blank(masked, hidden)


def words(shown: str, span: Span) -> str:
    """Give the words of a span of the visible text, white space folded."""
    folded = _WHITE.sub(" ", shown[span.start : span.end].replace(BLANK, "")).strip()
    return _BEFORE_POINT.sub(r"\1", folded)


def _emphasis(text: str) -> Iterator[Span]:
    """Yield the marks of emphasis: every `*`, and each `_` at the edge of a word."""
    for marks in _MARKS.finditer(text):
        start, end = marks.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        opens = not before.isalnum() and after.strip()
        closes = before.strip() and not after.isalnum()
        if marks[0][0] == "*" or opens or closes:
            yield Span(start, end)


def _autolinks(found: Inline) -> list[Span]:
    marks: list[Span] = []
    for link in found.brackets.links:
        if (
            link.span.start + 1 == link.target_span.start
            and link.span.end == link.target_span.end + 1
        ):
            marks += [
                Span(link.span.start, link.target_span.start),
                Span(link.target_span.end, link.span.end),
            ]
    return marks


def _ticks(text: str, span: Span) -> int:
    inner = text[span.start : span.end]
    return len(inner) - len(inner.lstrip("`"))
