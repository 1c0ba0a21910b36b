"""Load the moved pages: content/library/redirects.yaml, a mapping of old address → new one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pydantic import Field

from wellsourced.diagnostics import Diagnostic, Location, code, diagnose
from wellsourced.library.fields import ID, Entry, Text
from wellsourced.library.positions import Record
from wellsourced.library.records import read
from wellsourced.library.shape_check import check
from wellsourced.library.shapes import Example, declare

SHAPE = declare(
    "MOV",
    "redirects.yaml",
    "a mapping of old address to where the page went",
    Example(
        right="to: /articles/what-is-dry-needling/",
        broken="to: /articles/what-is-dry-needling/: moved",
        misspelt="too: /articles/what-is-dry-needling/",
        bad_value="to: [/articles/what-is-dry-needling/]",
    ),
)
ADDRESS = rf"/(?:{ID}/)*"
"""The pattern of a page's address from the root of the site, with a slash at both ends."""

_ADDRESS = re.compile(ADDRESS)


class MovedEntry(Entry):
    """Where one page went, as redirects.yaml holds it."""

    to: Text = Field(description="the page's new address, as in /articles/what-is-dry-needling/")
    note: str = Field("", description="why it moved, for editors")


@dataclass(frozen=True, slots=True)
class Moved:
    """The new address of a page that moved; hosts send whoever asks for the old one there."""

    to: str
    note: str
    location: Location


def load(path: Path, display: str = "") -> tuple[Mapping[str, Moved], tuple[Diagnostic, ...]]:
    """Read redirects.yaml into old address → Moved, with its findings.

    An entry with a fault is left out: no host may be told of it.
    """
    record, found = read(path, display or path.name, SHAPE, dict)
    if record is None:
        return MappingProxyType({}), found
    findings = list(found)
    entries: dict[str, MovedEntry] = {}
    for old in record.value if isinstance(record.value, dict) else ():
        entry, faults = check(MovedEntry, record, (old,), SHAPE)
        findings += faults
        if entry is not None:
            entries[old] = entry
    odd = tuple(_find_odd(record, entries))
    chained = tuple(_find_chained(record, entries))
    faulty = {one.location for one in (*odd, *chained)}
    moved = {
        old: Moved(entry.to, entry.note, record.key_at((old,)))
        for old, entry in entries.items()
        if faulty.isdisjoint((record.key_at((old,)), record.value_at((old, "to"))))
    }
    return MappingProxyType(moved), (*findings, *odd, *chained)


@code("MOV026")
def _find_odd(record: Record, entries: Mapping[str, MovedEntry]) -> Iterator[Diagnostic]:
    """Find an address that no page of the site can have.

    Checks that the old and the new address begin and end with a slash and hold small letters,
    digits and hyphens between slashes.
    A host compares addresses sign by sign: with another form the old link goes on leading to an
    error page.

    Wrong:
        articles/dry-needling: {to: /articles/what-is-dry-needling}
    Right:
        /articles/dry-needling/: {to: /articles/what-is-dry-needling/}
    """
    for old, entry in entries.items():
        for address, at in (
            (old, record.key_at((old,))),
            (entry.to, record.value_at((old, "to"))),
        ):
            if not _ADDRESS.fullmatch(address):
                mended = f"/{address.strip('/')}/"
                yield diagnose(
                    at,
                    "MOV026",
                    f'"{address}" is not the address of a page.',
                    f'write "{mended}"'
                    if _ADDRESS.fullmatch(mended)
                    else "begin and end it with a slash; use small letters, digits and hyphens",
                )


@code("MOV027")
def _find_chained(record: Record, entries: Mapping[str, MovedEntry]) -> Iterator[Diagnostic]:
    """Find a page that moved to an address which itself has moved.

    Checks that each entry leads straight to where its page is now.
    Each step costs the reader a round trip, and search engines give up after a few; a circle
    never ends.

    Wrong:
        /articles/a/: {to: /articles/b/}
        /articles/b/: {to: /articles/c/}
    Right:
        /articles/a/: {to: /articles/c/}
        /articles/b/: {to: /articles/c/}
    """
    for old, entry in entries.items():
        if entry.to not in entries:
            continue
        end = entry.to
        for _ in entries:
            end = entries[end].to if end in entries else end
        yield diagnose(
            record.value_at((old, "to")),
            "MOV027",
            f'The page at "{old}" moved to "{entry.to}", which has moved itself.',
            f'lead straight to "{end}"' if end not in entries else "this circle never ends",
        )
