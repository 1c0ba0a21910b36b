"""PUB: what must not go out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wellsourced.diagnostics import Severity
from wellsourced.rules.metadata import read_date
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.source import Document
from wellsourced.source.signs import holds
from wellsourced.source.spans import Span

_PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|TBC|FIXME|XXX|TK TK|(?i:lorem ipsum"
    r"|insert (?:text|link|figure|reference) here|citation needed|placeholder))\b"
)
_LOCAL = re.compile(
    r"\bfile://[^\s()<>]+|(?<![\w/])/(?:home|Users)/\w+/[^\s()<>]*|\b[A-Z]:\\\w+"
    r"|\blocalhost(?::\d+)?\b"
)
_UNFINISHED = ("TODO", "TBD", "TBC", "FIXME", "XXX", "TK TK")
_FILLED_IN = ("lorem ipsum", "insert ", "citation needed", "placeholder")
_OF_ONE_MACHINE = ("file://", "/home/", "/Users/", ":\\", "localhost")
"""Without one of these the pattern before is not in a text."""


@rule("PUB001")
def placeholder(document: Document, site: Site) -> Iterator[Finding]:
    """A placeholder was left in the text.

    Readers see that the page is not finished, and do not know what else is not.

    Wrong: `Soreness lasts TBD days.`
    Right: the figure with its cite, or a plain “not known”.
    """
    if not (holds(document.text, _UNFINISHED) or holds(document.text.casefold(), _FILLED_IN)):
        return
    fields = [field.value_span for field in document.front_matter.fields]
    for match in _PLACEHOLDER.finditer(document.masked, document.front_matter.body_start):
        yield _unfinished(Span(match.start(), match.end()), match[0])
    for span in fields:
        for match in _PLACEHOLDER.finditer(document.text, span.start, span.end):
            yield _unfinished(Span(match.start(), match.end()), match[0])


def _unfinished(span: Span, words: str) -> Finding:
    return Finding(
        span, f'The placeholder "{words}" was left in the text.', "write what belongs here"
    )


@rule("PUB002", Severity.WARNING, on="article")
def dated_ahead(document: Document, site: Site) -> Iterator[Finding]:
    """An article is dated after today.

    Pelican publishes it at once all the same, under a date that has not come.

    Wrong: `Date: 2099-01-01` in an article that is not a draft.
    Right: `Status: draft` until the day.
    """
    field = document.metadata("date")
    then = read_date(field.value) if field else None
    if field and then and then > site.today and document.status != "draft":
        yield Finding(
            field.value_span,
            f"The date {then} lies ahead; the article goes out with the next build.",
            'correct the date, or add "Status: draft"',
        )


@rule("PUB003")
def local_path(document: Document, site: Site) -> Iterator[Finding]:
    """A path of somebody's own machine stands in the text.

    It leads nowhere for readers and tells who works where.

    Wrong: `file:///home/ann/needle.svg` or `http://localhost:8000/`
    Right: an address that readers can open.
    """
    if not holds(document.text, _OF_ONE_MACHINE):
        return
    for match in _LOCAL.finditer(document.text, document.front_matter.body_start):
        if not any(match.start() in comment for comment in document.comments):
            yield Finding(
                Span(match.start(), match.end()),
                f'"{match[0]}" exists on one machine only.',
                "give an address that readers can open",
            )
