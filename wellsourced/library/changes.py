"""Load an article's change log: content/articles/<slug>.changes.yaml, the newest entry first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Literal

from pydantic import Field

from wellsourced.diagnostics import Diagnostic, Location, code, diagnose
from wellsourced.library.fields import Day, Entry, Text
from wellsourced.library.records import read
from wellsourced.library.shape_check import check
from wellsourced.library.shapes import Example, declare

SHAPE = declare(
    "CHG",
    "an article's .changes.yaml",
    "a list of changes",
    Example(
        right="- {date: 2026-11-24, kind: correction, text: The dose is 10 mg.}",
        broken="- {date: 2026-11-24, kind: correction, text: The dose is 10 mg.",
        misspelt="- {day: 2026-11-24, kind: correction, text: The dose is 10 mg.}",
        bad_value="- {date: 24 November 2026, kind: correction, text: The dose is 10 mg.}",
    ),
)


class ChangeEntry(Entry):
    """A change as a log holds it."""

    date: Day = Field(description="the day on which readers first saw it")
    kind: Literal["change", "correction"] = Field(description="change or correction")
    text: Text = Field(description="what has changed, in a plain sentence")
    section: Text | None = Field(None, description="the id of the section that it is about")


@dataclass(frozen=True, slots=True)
class Change:
    """What has changed in an article, and when; a `correction` mends what was wrong before.

    `location` is that of its date, `section_location` that of its section, if it names one.
    """

    date: date
    kind: str
    text: str
    section: str
    location: Location
    section_location: Location


def load(path: Path, display: str = "") -> tuple[tuple[Change, ...], tuple[Diagnostic, ...]]:
    """Read one change log in the file's order, with its findings."""
    record, found = read(path, display or path.name, SHAPE, list)
    if record is None:
        return (), found
    findings = list(found)
    changes: list[Change] = []
    for at in range(len(record.value) if isinstance(record.value, list) else 0):
        entry, faults = check(ChangeEntry, record, (at,), SHAPE, {"kind": "CHG027"})
        findings += faults
        if entry is not None:
            day = record.value_at((at, "date"))
            where = record.value_at((at, "section")) if entry.section else day
            changes.append(
                Change(entry.date, entry.kind, entry.text, entry.section or "", day, where)
            )
    return tuple(changes), (*findings, *_find_out_of_order(changes))


def corrections_since(changes: Sequence[Change], checked: date | None) -> tuple[Change, ...]:
    """Give the corrections that stand above the text: those not older than its last check."""
    return tuple(
        one
        for one in changes
        if one.kind == "correction" and (checked is None or one.date >= checked)
    )


@code("CHG026")
def _find_out_of_order(changes: Sequence[Change]) -> Iterator[Diagnostic]:
    """Find an entry that stands below an older one.

    Checks that the newest entry comes first.
    Readers take the first line for the latest news; a correction below it would be missed.

    Wrong:
        - {date: 2026-11-24, kind: change, text: First published.}
        - {date: 2026-12-01, kind: correction, text: The dose is 10 mg.}
    Right:
        - {date: 2026-12-01, kind: correction, text: The dose is 10 mg.}
        - {date: 2026-11-24, kind: change, text: First published.}
    """
    for above, below in pairwise(changes):
        if below.date > above.date:
            yield diagnose(
                below.location,
                "CHG026",
                f"This entry of {below.date} stands below one of {above.date}.",
                "put the newest entry first",
            )


@code("CHG027")
def _unknown_kind() -> None:
    """Find a change whose kind is missing or unknown.

    Checks that `kind` is "change" or "correction".
    A correction tells readers that they may have read something wrong; it must not pass for news.

    Wrong:
        kind: fix
    Right:
        kind: correction
    """
