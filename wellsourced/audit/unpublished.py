"""Find pages that must not go out: drafts, hidden pages, articles of a day to come."""

from __future__ import annotations

from collections.abc import Iterator

from wellsourced.audit.whole import Whole
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose


def check(whole: Whole) -> Iterator[Diagnostic]:
    """Check that what the content withholds was not built."""
    for key, document in whole.withheld.items():
        if key in whole.files and key not in whole.promises:
            yield leaked(Location(key), document.path, document.status)


def check_dates(whole: Whole) -> Iterator[Diagnostic]:
    """Check that no page is dated after today; for a release, which goes out today."""
    for key, facts in whole.pages.items():
        if facts.published[:10] > whole.site.today.isoformat():
            yield embargoed(whole.find(key, facts.published), facts.published[:10])


@code("AUD093")
def leaked(at: Location, path: str, status: str) -> Diagnostic:
    """A draft or hidden page was built.

    Readers and search engines find what nobody has checked yet.

    Wrong: `articles/x/index.html` in the output and `Status: draft` in its article.
    Right: no file for it.
    """
    return diagnose(
        at, "AUD093", f'This page was built, and "{path}" is {status}.',
        "take it out of the output, or publish it on purpose",
    )  # fmt: skip


@code("AUD094")
def embargoed(at: Location, date: str) -> Diagnostic:
    """A page is dated after today.

    It goes out before its day, perhaps before what it reports is public.

    Wrong: a release made in November of an article dated in December.
    Right: `Status: draft` until the day.
    """
    return diagnose(
        at, "AUD094", f"This page is dated {date}, which lies ahead.", "hold it back until then"
    )
