"""Write the review calendar in iCalendar (RFC 5545), for any calendar program."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time

from wellsourced.editing.review_calendar import Due

_OCTETS = 75  # of a line, its end not counted (RFC 5545 § 3.1)


def write(dues: Iterable[Due], stamp: datetime | None = None) -> bytes:
    """Give the dated reviews as all-day events, in UTF-8, lines ended by CR and LF.

    An event keeps its UID when its day moves, so that a calendar program moves it along. DTSTAMP
    is `stamp`, or the day of the article's last change: the same content gives the same bytes.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Well Sourced//Review calendar//EN",
        "CALSCALE:GREGORIAN",
        *(line for one in dues if one.due for line in _event(one, one.due, stamp)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def source_date() -> datetime | None:
    """Give the time that SOURCE_DATE_EPOCH sets (reproducible-builds.org); None without it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else None


def _event(one: Due, due: date, stamp: datetime | None) -> Iterator[str]:
    changed = datetime.combine(one.changed or due, time(), UTC)
    checked = f"Last checked {one.checked}." if one.checked else "Never checked."
    reviewed = (
        f"Last reviewed {one.reviewed} by {one.reviewer}."
        if one.reviewed
        else "Never reviewed clinically."
    )
    yield "BEGIN:VEVENT"
    yield f"UID:review-of-{one.key.replace('/', '-')}@well-sourced"
    yield f"DTSTAMP:{(stamp or changed).astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{due.isoformat().replace('-', '')}"
    yield f"SUMMARY:{_text(f'Review: {one.title}')}"
    about = f"{one.path}\n{checked} {reviewed}"
    yield f"DESCRIPTION:{_text(about)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(value: str) -> str:
    """Escape a TEXT value (RFC 5545 § 3.3.11); other control characters may not stand in it."""
    bare = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", value.replace("\r\n", "\n"))
    return re.sub(r"([\\;,])", r"\\\1", bare).replace("\n", r"\n")


def _folded(line: str) -> bytes:
    """Cut a line so that no piece is longer than 75 octets and no character is cut apart."""
    pieces: list[bytes] = [b""]
    for character in line:
        octets = character.encode("utf-8", "replace")
        if len(pieces[-1]) + len(octets) > _OCTETS:
            pieces.append(b" ")
        pieces[-1] += octets
    return b"\r\n".join(pieces) + b"\r\n"
