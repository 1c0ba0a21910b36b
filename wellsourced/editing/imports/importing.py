"""Plan an import: read a file of any known format, compare, name, and append what is new."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import get_args

from wellsourced.diagnostics import Diagnostic, Location, has_errors
from wellsourced.editing.imports import bibtex, codes, csl_json, nbib, ris
from wellsourced.editing.imports.appending import append
from wellsourced.editing.imports.keys import make_keys
from wellsourced.editing.imports.shaping import as_reference, shape
from wellsourced.editing.imports.work import Work
from wellsourced.library import bibliography
from wellsourced.library.csl import Tier
from wellsourced.library.records import read_text
from wellsourced.library.reference import Reference
from wellsourced.library.same_works import identities, proven_different, words
from wellsourced.library.shape_check import nearest

FORMATS: tuple[ModuleType, ...] = (nbib, ris, csl_json, bibtex)
"""The readers, each with `begins(text)` and `read(text, path)`; the first that fits reads."""

_Entry = dict[str, object]


@dataclass(frozen=True, slots=True)
class Import:
    """What an import would do: the new entries, what is to be told, and the file's new bytes.

    `data` is None when an error stands in the way, or when nothing is new.
    """

    entries: tuple[_Entry, ...]
    found: tuple[Diagnostic, ...]
    data: bytes | None = None


def plan(file: Path, display: str, target: Path, shown: str, tier: str = "other") -> Import:
    """Plan the import of a file into `target`, a references.json; nothing is written.

    `display` and `shown` are the two paths as findings show them. `tier` is the kind of evidence
    of works whose own file names none.
    """
    works, found = _read(file, display)
    references, faults = bibliography.load(target, shown)
    if has_errors(faults) and not references:
        found += tuple(one for one in faults if one.code in ("CIT020", "CIT021"))
    shaped: list[tuple[Work, _Entry]] = []
    for work in works:
        entry, faults = shape(work, tier)
        found += faults
        if entry is not None:
            shaped.append((work, entry))
    if has_errors(found):
        return Import((), tuple(sorted(found)))
    new, repeats = _new(shaped, references)
    keys = make_keys(new, references)
    entries = tuple({"id": key, **entry} for key, entry in zip(keys, new, strict=True))
    told = tuple(sorted(found + repeats))
    if not entries:
        return Import((), told)
    before = target.read_bytes().decode("utf-8") if target.exists() else ""
    data = append(before, entries).encode("utf-8")
    _prove(data, set(references) | set(keys))
    return Import(entries, told, data)


def unknown_tier(tier: str) -> str:
    """Say that a kind of evidence is none that references.json may hold; "" when it is one."""
    known = get_args(Tier)
    if tier in known:
        return ""
    return f'There is no tier "{tier}": {nearest(tier, known) or "use one of " + ", ".join(known)}'


def report(done: Import, dry_run: bool) -> str:
    """Give a line for each new entry with its key and title, then their number."""
    if not done.entries:
        return "Nothing new to import."
    verb = "Would add" if dry_run else "Added"
    lines = [f"{verb.lower()} {entry['id']}: {entry['title']}" for entry in done.entries]
    number = len(lines)
    return "\n".join([*lines, f"{verb} {number} reference{'s' * (number != 1)}."])


def _read(file: Path, display: str) -> tuple[tuple[Work, ...], tuple[Diagnostic, ...]]:
    top = Location(display)
    text, unreadable = read_text(file, display, "IMP001")
    if text is None:
        return (), unreadable or (codes.missing(top),)
    if not text.strip():
        return (), (codes.empty(top),)
    for format in FORMATS:
        if format.begins(text):
            works, found = format.read(text, display)
            return works, found if works or found else (codes.empty(top),)
    return (), (codes.unknown_format(top),)


def _new(
    shaped: list[tuple[Work, _Entry]], references: Mapping[str, Reference]
) -> tuple[list[_Entry], tuple[Diagnostic, ...]]:
    """Give the entries of new works; tell of those that stand in the references or stood before."""
    known: dict[tuple[object, ...], Reference] = {}
    for reference in references.values():
        _remember(reference, known)
    new: list[_Entry] = []
    found: list[Diagnostic] = []
    for work, entry in shaped:
        reference = as_reference(entry, str(entry["title"]), work)
        by, twin = _twin(work, reference, known, references)
        if twin is not None:
            found.append(codes.duplicate(work.location, reference.title, twin.key, by))
            continue
        _remember(reference, known)
        new.append(entry)
    return new, tuple(found)


def _remember(reference: Reference, known: dict[tuple[object, ...], Reference]) -> None:
    for identity in (*identities(reference), words(reference)):
        known.setdefault(identity, reference)


def _twin(
    work: Work,
    reference: Reference,
    known: Mapping[tuple[object, ...], Reference],
    references: Mapping[str, Reference],
) -> tuple[str, Reference | None]:
    """Find the reference that is the same work, and say by what."""
    for variable, value in identities(reference):
        if twin := known.get((variable, value)):
            return {"URL": "address"}.get(variable, variable), twin
    like = known.get(words(reference))
    if like is not None and not proven_different(reference, like):
        return "authors, title and year", like
    return "key", references.get(work.key)


def _prove(data: bytes, keys: set[str]) -> None:
    """Read the new bytes as the library will; raise `AssertionError` if an entry is not in them.

    Whatever an export holds, an import must not break the references that are there.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "references.json"
        path.write_bytes(data)
        references, _ = bibliography.load(path)
    if set(references) != keys:
        raise AssertionError("the import would change which references there are")
