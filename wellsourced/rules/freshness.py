"""CHG: an article's change log agrees with the article that it stands beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from wellsourced.diagnostics import Diagnostic, code, diagnose
from wellsourced.library import changes
from wellsourced.library.changes import Change
from wellsourced.library.shape_check import nearest
from wellsourced.rules.metadata import read_date
from wellsourced.rules.site import CHANGES
from wellsourced.source import Document

Log = tuple[tuple[Change, ...], tuple[Diagnostic, ...]]
"""The changes, the newest first, and what is wrong with them."""


def read(document: Document, path: Path, today: date) -> Log:
    """Read the change log beside an article; `path` is the article's own on disk."""
    if document.kind != "article":
        return (), ()
    beside = path.with_name(path.name.removesuffix(".md") + CHANGES)
    log, found = changes.load(beside, document.path.removesuffix(".md") + CHANGES)
    return log, (
        *found,
        *_find_stale_date(document, log),
        *_find_future(log, today),
        *_find_before_publication(document, log),
        *_find_unknown_sections(document, log),
    )


@code("CHG001")
def _find_stale_date(document: Document, log: Sequence[Change]) -> Iterator[Diagnostic]:
    """An article says it was last updated before its newest change.

    The date at the top, in the feed and in search results is how readers see that they have read
    an older text.

    Wrong: `Modified: 2026-11-24` beside a change of 2026-12-01.
    Right: `Modified: 2026-12-01`.
    """
    field = document.metadata("modified") or document.metadata("date")
    updated = read_date(field.value) if field else None
    newest = max((one.date for one in log), default=None)
    if field and updated and newest and updated < newest:
        yield diagnose(
            document.location(field.value_span),
            "CHG001",
            f"The change log has an entry of {newest}, after this date.",
            f'set "Modified: {newest}"',
        )


@code("CHG002")
def _find_future(log: Sequence[Change], today: date) -> Iterator[Diagnostic]:
    """A change is dated after today.

    What has not been done cannot be told as done.

    Wrong: `date: 2099-01-01`
    Right: the day on which readers first saw the change.
    """
    for one in log:
        if one.date > today:
            yield diagnose(
                one.location,
                "CHG002",
                f"This change lies in the future ({one.date}).",
                "correct the date",
            )


@code("CHG003")
def _find_before_publication(document: Document, log: Sequence[Change]) -> Iterator[Diagnostic]:
    """A change is older than the article.

    Nobody has read the text before it was published, so nothing of it can have changed for them.

    Wrong: a change of 2026-11-01 to an article with `Date: 2026-11-24`.
    Right: an entry for each change since the article was published.
    """
    published = read_date(document.value("date"))
    for one in log:
        if published and one.date < published:
            yield diagnose(
                one.location,
                "CHG003",
                f"This change is older than the article, which is of {published}.",
                "correct the date, or remove the entry",
            )


@code("CHG004")
def _find_unknown_sections(document: Document, log: Sequence[Change]) -> Iterator[Diagnostic]:
    """A change names a section that the article does not have.

    Its link would lead nowhere, and the reader could not see what the change is about.

    Wrong: `section: side-effects` where the section is called risks.
    Right: `section: risks`
    """
    known = [heading.id for heading in document.headings if heading.level in (2, 3)]
    for one in log:
        if one.section and one.section not in known:
            yield diagnose(
                one.section_location,
                "CHG004",
                f'The article has no section "{one.section}".',
                nearest(one.section, known) or "name a section by the id of its heading",
            )
