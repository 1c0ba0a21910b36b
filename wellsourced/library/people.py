"""Load the people: content/library/people.yaml, a mapping of key → author or reviewer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from wellsourced.diagnostics import Diagnostic, Location, code, diagnose
from wellsourced.library.fields import ID_HINT, Address, Entry, Text, fits_address
from wellsourced.library.positions import Record
from wellsourced.library.records import read
from wellsourced.library.shape_check import check
from wellsourced.library.shapes import Example, declare

SHAPE = declare(
    "REV",
    "people.yaml",
    "a mapping of key to person",
    Example(
        right="role: Writes and checks the articles.",
        broken="role: Editor: writes the articles.",
        misspelt="rol: Writes and checks the articles.",
        bad_value="role: [writer, editor]",
    ),
)


class PersonEntry(Entry):
    """A person or organisation as people.yaml holds it."""

    name: Text = Field(description="the full name")
    kind: Literal["person", "organization"] = Field(description="person or organization")
    role: Text = Field(description="what they do here")
    credentials: str = ""
    bio: str = ""
    url: Address | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who writes or reviews; `kind` is "person" or "organization" (schema.org types)."""

    key: str
    name: str
    kind: str
    role: str
    credentials: str
    bio: str
    url: str | None
    location: Location


def load(path: Path, display: str = "") -> tuple[Mapping[str, Person], tuple[Diagnostic, ...]]:
    """Read people.yaml into key → Person, in the file's order, with its findings.

    A faulty entry keeps its key, so that articles by that person are not reported as well.
    """
    record, found = read(path, display or path.name, SHAPE, dict)
    if record is None:
        return MappingProxyType({}), found
    findings = list(found)
    people: dict[str, Person] = {}
    for key, raw in record.value.items() if isinstance(record.value, dict) else ():
        entry, faults = check(PersonEntry, record, (key,), SHAPE, _CODES)
        findings += faults
        findings += _find_unfit_key(record, key)
        people[key] = _person(key, raw, entry, record.key_at((key,)))
    findings += _find_duplicate_names(record, people)
    return MappingProxyType(people), tuple(findings)


def _person(key: str, raw: object, entry: PersonEntry | None, at: Location) -> Person:
    if entry is None:
        name = str(raw.get("name", key)) if isinstance(raw, dict) else key
        return Person(key, name, "", "", "", "", None, at)
    return Person(
        key, entry.name, entry.kind, entry.role, entry.credentials, entry.bio, entry.url, at
    )


@code("REV026")
def _find_duplicate_names(record: Record, people: Mapping[str, Person]) -> Iterator[Diagnostic]:
    """Find one name under two keys.

    Checks that no two people share a name, case aside.
    Whoever writes and reviews the same article under two keys would look like two people who
    agree.

    Wrong:
        jdoe: {name: Jane Doe, …}
        jane: {name: Jane Doe, …}
    Right:
        jdoe: {name: Jane Doe, …}
    """
    first: dict[str, Person] = {}
    for person in people.values():
        twin = first.setdefault(" ".join(person.name.casefold().split()), person)
        if twin is not person:
            yield diagnose(
                record.value_at((person.key, "name")),
                "REV026",
                f'The name "{person.name}" is that of "{twin.key}" too.',
                "use one key for one person, or write the names out so that they differ",
            )


@code("REV027")
def _unknown_kind() -> None:
    """Find a person whose kind is missing or unknown.

    Checks that `kind` is "person" or "organization".
    The reader, and the page's JSON-LD, must be able to tell a clinician from a company.

    Wrong:
        kind: team
    Right:
        kind: organization
    """


@code("REV028")
def _find_unfit_key(record: Record, key: str) -> Iterator[Diagnostic]:
    """Find a person whose key no article can name.

    Checks that the key is made of small letters, digits and hyphens.
    Articles name their authors by key, with commas between; someone who cannot be named gets
    neither the credit nor the questions.

    Wrong:
        "Doe, Jane": {name: Jane Doe, …}
    Right:
        jane-doe: {name: Jane Doe, …}
    """
    if not fits_address(key):
        at = record.key_at((key,))
        yield diagnose(at, "REV028", f'The key "{key}" cannot be named by articles.', ID_HINT)


_CODES = {"kind": "REV027"}
