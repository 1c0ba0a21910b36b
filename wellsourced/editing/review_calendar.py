"""Plan the reviews of all articles: what is overdue, what comes next, who looked at it last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from wellsourced.rules.metadata import read_date
from wellsourced.rules.site import page_key
from wellsourced.source import Document

State = Literal["overdue", "soon", "later", "no date"]
_TITLES: dict[State, str] = {
    "overdue": "Overdue",
    "soon": "Due soon",
    "later": "Later",
    "no date": "No date set",
}


@dataclass(frozen=True, slots=True)
class Due:
    """One article's next review, and when it was last checked by editors and by a clinician.

    `key` is its page's name, such as `articles/x`; `changed` the day of its last change.
    """

    key: str
    path: str
    title: str
    state: State
    due: date | None
    changed: date | None
    checked: date | None
    reviewed: date | None
    reviewer: str


def plan(articles: Iterable[Document], today: date, days: int) -> tuple[Due, ...]:
    """Give every article's next review, the earliest first; `days` from today on are soon."""
    dues = [_due(article, today, days) for article in articles]
    return tuple(sorted(dues, key=lambda one: (one.due or date.max, one.key)))


def _due(article: Document, today: date, days: int) -> Due:
    due = read_date(article.value("review_due"))
    state: State = "later"
    if due is None:
        state = "no date"
    elif due < today:
        state = "overdue"
    elif (due - today).days <= days:
        state = "soon"
    return Due(
        page_key(article),
        article.path,
        article.value("title"),
        state,
        due,
        read_date(article.value("modified") or article.value("date")),
        read_date(article.value("checked")),
        read_date(article.value("reviewed")),
        article.value("reviewer"),
    )


def table(dues: Sequence[Due], today: date) -> str:
    """Give the calendar as text: a part for each state, a line for each article."""
    if not dues:
        return "There are no articles."
    parts = []
    for state, title in _TITLES.items():
        lines = [_line(one, today) for one in dues if one.state == state]
        if lines:
            parts.append("\n".join([f"{title} ({len(lines)})", *lines]))
    unseen = sum(one.reviewed is None for one in dues)
    parts.append(f"{unseen} of {len(dues)} never reviewed clinically.")
    return "\n\n".join(parts)


def _line(one: Due, today: date) -> str:
    when = f"{one.due}  {_distance((one.due - today).days)}" if one.due else "-"
    checked = f"checked {one.checked}" if one.checked else "never checked"
    reviewed = (
        f"reviewed {one.reviewed} by {one.reviewer}"
        if one.reviewed
        else "never reviewed clinically"
    )
    return f"  {when:<26}  {one.title}\n  {'':<26}  {one.path}; {checked}; {reviewed}"


def _distance(days: int) -> str:
    if days == 0:
        return "today"
    count = f"{abs(days)} day{'s' * (abs(days) != 1)}"
    return f"in {count}" if days > 0 else f"{count} ago"
