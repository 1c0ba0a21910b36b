"""Load the retracted works: content/library/retractions.json, kept by the editors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from pydantic import Field

from wellsourced.diagnostics import Diagnostic, code, diagnose
from wellsourced.library.fields import Day, Entry, Text
from wellsourced.library.positions import Record
from wellsourced.library.records import read
from wellsourced.library.reference import Reference
from wellsourced.library.shape_check import check
from wellsourced.library.shapes import Example, declare

SHAPE = declare(
    "RET",
    "retractions.json",
    "a mapping with checked and works",
    Example(
        right='"DOI": "10.1000/182",',
        broken='"DOI": "10.1000/182"  // from the journal',
        misspelt='"doi": "10.1000/182",',
        bad_value='"DOI": 10.1000,',
    ),
)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?\s*(10\.\S+)", re.IGNORECASE)


class NoticeEntry(Entry):
    """One retracted work; a DOI or a PMID names it."""

    DOI: Text | None = None
    PMID: Text | None = None
    date: Day | None = Field(None, description="the day of the retraction")
    notice: Text = Field(description="what the notice says, and where it stands")


class RetractionsEntry(Entry):
    """The whole file."""

    checked: Day | None = Field(description="when the references were last compared, or null")
    works: list[NoticeEntry] = Field(description="the retracted works, which may be none")


@dataclass(frozen=True, slots=True)
class Notice:
    """That a work was retracted: when, if known, and what the notice says."""

    day: date | None
    notice: str


@dataclass(frozen=True, slots=True)
class Retractions:
    """The notices by folded identifier ("doi:…", "pmid:…"), and when the editors last looked."""

    checked: date | None = None
    notices: Mapping[str, Notice] = field(default_factory=lambda: MappingProxyType({}))

    def notice_of(self, work: Reference) -> Notice | None:
        """Give a work's notice; None when it is not retracted or has neither DOI nor PMID."""
        names = _names(work.csl.get("DOI"), work.csl.get("PMID"))
        return next((self.notices[name] for name in names if name in self.notices), None)


def load(path: Path, display: str = "") -> tuple[Retractions, tuple[Diagnostic, ...]]:
    """Read retractions.json with its findings; a file that is not there names no work."""
    record, found = read(path, display or path.name, SHAPE, dict)
    if record is None:
        return Retractions(), found
    entry, faults = check(RetractionsEntry, record, (), SHAPE)
    if entry is None:
        return Retractions(), (*found, *faults)
    notices = {
        name: Notice(work.date, work.notice)
        for work in entry.works
        for name in _names(work.DOI, work.PMID)
    }
    nameless = _find_nameless(record, entry)
    return Retractions(entry.checked, MappingProxyType(notices)), (*found, *faults, *nameless)


@code("RET026")
def _find_nameless(record: Record, entry: RetractionsEntry) -> Iterator[Diagnostic]:
    """Find a retracted work with neither DOI nor PMID.

    Checks that each of `works` has one of the two.
    By a title alone no reference is found to be retracted, so it would go on as evidence.

    Wrong:
        {"notice": "Retracted by the journal."}
    Right:
        {"DOI": "10.1000/182", "notice": "Retracted by the journal."}
    """
    for at, work in enumerate(entry.works):
        if not _names(work.DOI, work.PMID):
            yield diagnose(
                record.entry_at(("works", at)),
                "RET026",
                "This retracted work has neither a DOI nor a PMID.",
                'give its "DOI", as in "10.1000/182", or its "PMID"',
            )


def _names(doi: object, pmid: object) -> list[str]:
    """Fold a work's identifiers: DOIs compare without case (DOI Handbook § 2.4)."""
    names = []
    if isinstance(doi, str) and (bare := _DOI.fullmatch(doi.strip())):
        names.append(f"doi:{bare[1].casefold()}")
    if isinstance(pmid, str | int):
        names.append(f"pmid:{str(pmid).strip()}")
    return names
