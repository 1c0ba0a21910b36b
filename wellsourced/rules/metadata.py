"""META: what the top of a file says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from wellsourced.library.fields import ID
from wellsourced.library.shape_check import nearest
from wellsourced.rules.certainty import one_slip, same_letters
from wellsourced.rules.front_matter import DATES, FIELDS, REQUIRED, STATUSES
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.source import Document
from wellsourced.source.front_matter import Field
from wellsourced.source.spans import Span

_SLUG = re.compile(ID)
TOP = Span(0, 0)


def read_date(value: str) -> date | None:
    """Read `YYYY-MM-DD`, with a time behind it or not; None when there is no such day."""
    if not re.match(r"\d{4}-\d{2}-\d{2}", value):
        return None  # fromisoformat reads 20261124 and 2026-W48-2 as well
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        return None


@rule("META001")
def missing_field(document: Document, site: Site) -> Iterator[Finding]:
    """A file lacks a field that every page of its kind shows.

    Pelican leaves out an article without a title or a date, prints one line and ends well:
    the page is simply gone. Author and summary tell readers who speaks and about what.

    Wrong: an article with no `Date:` line.
    Right: `Date: 2026-11-24`.
    """
    if not document.front_matter.fields:
        return
    for name in REQUIRED[document.kind]:
        if not document.metadata(name):
            yield Finding(
                document.front_matter.fields[0].key_span,
                f'This {document.kind} has no "{name.title()}".',
                f'add a line "{name.title()}: …" at the top of the file',
            )


@rule("META002")
def impossible_date(document: Document, site: Site) -> Iterator[Finding]:
    """A date is none, or is not written as year, month, day.

    A date that cannot be read makes Pelican drop the article; a wrong one misleads readers on
    how fresh the advice is.

    Wrong: `Date: 2026-02-30`
    Right: `Date: 2026-02-28`
    """
    for name in DATES:
        found = document.metadata(name)
        if found and found.value and read_date(found.value) is None:
            yield Finding(
                found.value_span,
                f'"{found.value}" is not a date.',
                "write it as YYYY-MM-DD, a day that exists",
            )


@rule("META003")
def unknown_field(document: Document, site: Site) -> Iterator[Finding]:
    """A field's name is not known.

    A misspelt name loses what it holds: readers never see a date under `Modifed`.

    Wrong: `Sumary: What needling is.`
    Right: `Summary: What needling is.`
    """
    given = {field.name for field in document.front_matter.fields}
    for field in document.front_matter.fields:
        if field.name not in FIELDS:
            close = nearest(field.name, (name.title() for name in FIELDS))
            meant = one_slip(field.name, FIELDS)
            is_free = meant is not None and meant not in given
            given.add(meant or field.name)
            yield Finding(
                field.key_span,
                f'"{document.text_of(field.key_span)}" is not a field of {document.kind}s.',
                close or f"the fields are {', '.join(sorted(FIELDS))}",
                meant.capitalize() if meant and is_free else None,
            )


@rule("META004")
def repeated_field(document: Document, site: Site) -> Iterator[Finding]:
    """A field is given twice.

    Only one of the two can be shown, and nobody can tell which was meant.

    Wrong: two `Date:` lines.
    Right: one `Date:` line.
    """
    seen: set[str] = set()
    for field in document.front_matter.fields:
        if field.name in seen:
            yield Finding(
                field.key_span, f'"{field.name.title()}" is given twice.', "keep one of the two"
            )
        seen.add(field.name)


@rule("META005")
def empty_field(document: Document, site: Site) -> Iterator[Finding]:
    """A field has no value.

    An empty title or date counts as missing; an empty reviewer looks as if one had been named.

    Wrong: `Title:`
    Right: `Title: What is dry needling?`
    """
    for field in document.front_matter.fields:
        if not field.value.strip():
            yield Finding(
                field.key_span,
                f'"{field.name.title()}" has no value.',
                "write its value, or take the line out",
            )


@rule("META006", on="article", needs="people.yaml")
def unknown_author(document: Document, site: Site) -> Iterator[Finding]:
    """The author is not in people.yaml.

    Readers judge advice by who gives it; the byline comes from people.yaml.

    Wrong: `Author: editor` when people.yaml has `editors`.
    Right: `Author: editors`
    """
    yield from unknown_people(document, site, "author")


def unknown_people(document: Document, site: Site, name: str) -> Iterator[Finding]:
    """Yield a finding for each key of a field that people.yaml does not have."""
    field = document.metadata(name)
    for key, span in _keys(field) if field else ():
        if key not in site.library.people:
            yield Finding(
                span,
                f'"{key}" is not in people.yaml.',
                nearest(key, site.library.people) or f'add "{key}" to library/people.yaml',
                same_letters(key, site.library.people),
            )


def _keys(field: Field) -> Iterator[tuple[str, Span]]:
    """Yield the keys of a comma-separated field with their spans."""
    for match in re.finditer(r"[^,\s][^,]*", field.value):
        start = field.value_span.start + match.start()
        key = match[0].rstrip()
        yield key, Span(start, start + len(key))


@rule("META008")
def bad_slug(document: Document, site: Site) -> Iterator[Finding]:
    """A slug holds other characters than small letters, digits and hyphens.

    The slug is the page's address; blanks, capitals and slashes break links to it.

    Wrong: `Slug: Dry Needling`
    Right: `Slug: dry-needling`
    """
    field = document.metadata("slug")
    if field and field.value and not _SLUG.fullmatch(field.value):
        yield Finding(
            field.value_span,
            f'"{field.value}" cannot be an address.',
            "use small letters, digits and single hyphens",
        )


@rule("META009", on="article")
def dates_out_of_order(document: Document, site: Site) -> Iterator[Finding]:
    """An article was changed, checked or reviewed before it was published.

    One of the two dates is wrong, and readers rely on both.

    Wrong: `Date: 2026-11-24` with `Modified: 2025-11-24`.
    Right: `Modified: 2026-11-25`
    """
    published = read_date(document.value("date"))
    for name in ("modified", "review_due"):
        field = document.metadata(name)
        then = read_date(field.value) if field else None
        if field and published and then and then < published:
            yield Finding(
                field.value_span,
                f'"{name.title()}" ({then}) lies before the date of publication ({published}).',
                "correct one of the two dates",
            )


@rule("META012")
def stray_line(document: Document, site: Site) -> Iterator[Finding]:
    """A line among the fields is none.

    It is not shown anywhere, and the field that it was meant to be is missing.

    Wrong: `Date 2026-11-24`
    Right: `Date: 2026-11-24`
    """
    for span in document.front_matter.stray:
        yield Finding(
            span,
            'This line among the fields is not "Key: value".',
            "add the colon; text begins after a blank line",
        )


@rule("META014")
def unknown_status(document: Document, site: Site) -> Iterator[Finding]:
    """A status is none that Pelican knows.

    Pelican drops the article.

    Wrong: `Status: publish`
    Right: `Status: published`
    """
    field = document.metadata("status")
    if field and field.value and field.value.lower() not in STATUSES:
        yield Finding(
            field.value_span,
            f'"{field.value}" is not a status.',
            nearest(field.value, STATUSES) or f"use one of {', '.join(STATUSES)}",
            one_slip(field.value, STATUSES),
        )
