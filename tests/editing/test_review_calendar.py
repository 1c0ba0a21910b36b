"""The calendar of reviews, as a table and as RFC 5545 has it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from wellsourced import source
from wellsourced.editing import icalendar
from wellsourced.editing.review_calendar import Due, plan, table
from wellsourced.source import Document

from .site import TODAY


def article(name: str, due: str = "", more: str = "", title: str = "") -> Document:
    """Make an article with a review date and more fields."""
    line = f"Review_due: {due}\n" if due else ""
    text = f"Title: {title or name}\nSlug: {name}\nDate: 2026-01-02\n{line}{more}\nText.\n"
    return source.scan(text, f"content/articles/{name}.md")


SEEN = "Modified: 2026-02-03\nChecked: 2026-02-04\nReviewer: jdoe\nReviewed: 2026-02-05\n"
ARTICLES = (
    article("never"),
    article("later", "2027-01-24"),
    article("last-day", "2027-01-23"),
    article("today", "2026-11-24"),
    article("yesterday", "2026-11-23", SEEN),
)


def states(dues: tuple[Due, ...]) -> list[tuple[str, str]]:
    """Give key and state of each."""
    return [(one.key.removeprefix("articles/"), one.state) for one in dues]


def test_articles_come_by_their_day() -> None:
    assert states(plan(ARTICLES, TODAY, 60)) == [
        ("yesterday", "overdue"),
        ("today", "soon"),
        ("last-day", "soon"),
        ("later", "later"),
        ("never", "no date"),
    ]
    assert states(plan(ARTICLES, TODAY, 0))[2] == ("last-day", "later")
    assert states(plan(ARTICLES, TODAY, 10**9))[3] == ("later", "soon")


def test_the_table_tells_who_looked_and_when() -> None:
    shown = table(plan(ARTICLES, TODAY, 60), TODAY)
    assert shown.splitlines()[:3] == [
        "Overdue (1)",
        "  2026-11-23  1 day ago       yesterday",
        "                              content/articles/yesterday.md; checked 2026-02-04; "
        "reviewed 2026-02-05 by jdoe",
    ]
    assert "Due soon (2)\n  2026-11-24  today           today\n" in shown
    assert "  2027-01-23  in 60 days      last-day\n" in shown
    assert "No date set (1)\n  -                           never\n" in shown
    assert "never checked; never reviewed clinically" in shown
    assert shown.endswith("4 of 5 never reviewed clinically.")
    assert table((), TODAY) == "There are no articles."


def unfolded(data: bytes) -> list[str]:
    """Undo the folding, holding the bytes against RFC 5545 § 3.1."""
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    for line in lines:
        line.decode("utf-8")  # no character is cut apart
    return data.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]


def test_the_calendar_file_is_icalendar() -> None:
    title = "Nadeln, " + "ü🪡" * 30 + "; and a \\ backslash"
    dues = plan((*ARTICLES, article("long", "2027-05-06", title=title)), TODAY, 60)
    lines = unfolded(icalendar.write(dues))
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-1] == "END:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 5
    first = lines[lines.index("BEGIN:VEVENT") :][:7]
    assert first == [
        "BEGIN:VEVENT",
        "UID:review-of-articles-yesterday@well-sourced",
        "DTSTAMP:20260203T000000Z",
        "DTSTART;VALUE=DATE:20261123",
        "SUMMARY:Review: yesterday",
        "DESCRIPTION:content/articles/yesterday.md\\nLast checked 2026-02-04. "
        "Last reviewed 2026-02-05 by jdoe.",
        "TRANSP:TRANSPARENT",
    ]
    escaped = title.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    assert f"SUMMARY:Review: {escaped}" in lines


def test_the_same_content_gives_the_same_bytes_and_a_moved_review_keeps_its_uid() -> None:
    dues = plan(ARTICLES, TODAY, 60)
    assert icalendar.write(dues) == icalendar.write(plan(ARTICLES, date(2030, 1, 1), 60))
    stamped = icalendar.write(dues, datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC))
    assert stamped.count(b"DTSTAMP:20261124T010203Z\r\n") == 4
    moved = icalendar.write(plan([article("today", "2028-01-01")], TODAY, 60))
    assert b"UID:review-of-articles-today@well-sourced\r\n" in moved


@pytest.mark.parametrize("due", ["9999-12-31", "0001-01-01"])
def test_the_ends_of_the_calendar_do_no_harm(due: str) -> None:
    dues = plan([article("x", due)], TODAY, 60)
    assert f"DTSTART;VALUE=DATE:{due.replace('-', '')}" in unfolded(icalendar.write(dues))
    assert due in table(dues, TODAY)
