"""REV: who reviewed an article, and when."""

from __future__ import annotations

from collections.abc import Iterator

from wellsourced.diagnostics import Severity
from wellsourced.rules.metadata import read_date, unknown_people
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.source import Document
from wellsourced.source.fingerprint import fingerprint


@rule("REV001", on="article")
def half_a_review(document: Document, site: Site) -> Iterator[Finding]:
    """A review names no reviewer, or a reviewer no date.

    Half a review looks like a whole one: readers would take the text for checked.

    Wrong: `Reviewer: jdoe` alone.
    Right: `Reviewer: jdoe` and `Reviewed: 2026-11-24`, or neither.
    """
    pairs = (("reviewer", "reviewed"), ("reviewed", "reviewer"), ("reviewed_text", "reviewer"))
    for name, other in pairs:
        field = document.metadata(name)
        if field and field.value and not document.value(other):
            yield Finding(
                field.key_span,
                f'"{name.capitalize()}" stands without "{other.capitalize()}".',
                f'add "{other.capitalize()}: …", or take this line out',
            )


@rule("REV002", on="article")
def own_reviewer(document: Document, site: Site) -> Iterator[Finding]:
    """The author is also the reviewer.

    A review is a second pair of eyes. Nobody finds their own mistakes.

    Wrong: `Author: jdoe` with `Reviewer: jdoe`.
    Right: a reviewer who did not write the text.
    """
    field = document.metadata("reviewer")
    authors = [key.strip() for key in document.value("author").split(",")]
    if field and field.value and field.value in authors:
        yield Finding(
            field.value_span, f'"{field.value}" is author and reviewer.', "name another reviewer"
        )


@rule("REV003", Severity.WARNING, on="article")
def overdue(document: Document, site: Site) -> Iterator[Finding]:
    """The next review was due before today.

    Advice grows old: a treatment, a law or a label may have changed since.

    Wrong: `Review_due: 2025-01-01` today.
    Right: a review, then a new date.
    """
    field = document.metadata("review_due")
    due = read_date(field.value) if field else None
    if field and due and due < site.today:
        yield Finding(
            field.value_span,
            f"The review was due on {due}.",
            "review the article, then set the next date",
        )


@rule("REV004", Severity.WARNING, on="article")
def older_than_text(document: Document, site: Site) -> Iterator[Finding]:
    """The text changed after it was reviewed or checked.

    The reviewer never saw what readers see now.

    Wrong: `Modified: 2026-11-24` with `Reviewed: 2026-01-10`.
    Right: a review of the changed text.
    """
    changed = read_date(document.value("modified") or document.value("date"))
    for name in ("reviewed", "checked"):
        field = document.metadata(name)
        then = read_date(field.value) if field else None
        if field and then and changed and then < changed:
            yield Finding(
                field.value_span,
                f"The text changed on {changed}, after it was {name} on {then}.",
                f"have it {name} again, then set the new date",
            )


@rule("REV005", on="article", needs="people.yaml")
def unknown_reviewer(document: Document, site: Site) -> Iterator[Finding]:
    """The reviewer is not in people.yaml, or is not a person.

    A review counts by the competence of a named person.

    Wrong: `Reviewer: editors`, an organization.
    Right: `Reviewer: jdoe`, a person with credentials.
    """
    yield from unknown_people(document, site, "reviewer")
    field = document.metadata("reviewer")
    person = site.library.people.get(field.value) if field else None
    if field and person and person.kind != "person":
        yield Finding(
            field.value_span,
            f'"{field.value}" is not a person.',
            "name the person who reviewed the text",
        )


@rule("REV006", on="article")
def from_the_future(document: Document, site: Site) -> Iterator[Finding]:
    """A check or review is dated after today.

    What has not happened yet cannot vouch for the text.

    Wrong: `Checked: 2099-01-01`
    Right: the day on which the text was checked.
    """
    for name in ("checked", "reviewed"):
        field = document.metadata(name)
        then = read_date(field.value) if field else None
        if field and then and then > site.today:
            yield Finding(
                field.value_span,
                f'"{name.title()}" lies in the future ({then}).',
                "correct the date",
            )


@rule("REV007", on="article")
def changed_since_review(document: Document, site: Site) -> Iterator[Finding]:
    """The text is not the one that was reviewed.

    The reviewer vouched for other words than those that readers see under their name. The field
    holds a fingerprint of the reviewed text, which `invoke signoff` writes.

    Wrong: a dose corrected after the review, with `Reviewed_text` left as it was.
    Right: the corrected text reviewed, and `invoke signoff` run again.
    """
    field = document.metadata("reviewed_text")
    if field and field.value and field.value != fingerprint(document):
        yield Finding(
            field.value_span,
            "The text has changed since it was reviewed.",
            "have it reviewed again, then run `invoke signoff`; until then take out "
            '"Reviewer", "Reviewed" and "Reviewed_text"',
        )
