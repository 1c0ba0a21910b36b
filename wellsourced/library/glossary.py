"""Load the terms: content/library/glossary.yaml, a mapping of term id → term."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pydantic import Field

from wellsourced.diagnostics import Diagnostic, Location, code, diagnose
from wellsourced.library.fields import ID_HINT, Entry, Text, fits_address
from wellsourced.library.positions import Record
from wellsourced.library.records import read
from wellsourced.library.shape_check import check, nearest
from wellsourced.library.shapes import Example, declare

SHAPE = declare(
    "GLO",
    "glossary.yaml",
    "a mapping of term id to term",
    Example(
        right="term: trigger point",
        broken="term: trigger point: a knot",
        misspelt="trem: trigger point",
        bad_value="term: [trigger point]",
    ),
)


class TermEntry(Entry):
    """A term as glossary.yaml holds it."""

    term: Text = Field(description="the word, as articles use it")
    aliases: list[Text] = Field(default_factory=list)
    definition: Text = Field(description="what it means, in plain words")
    pronunciation: str = ""
    note: str = ""
    references: list[Text] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Term:
    """A word that articles explain, the other names it goes by, and what it means."""

    id: str
    term: str
    aliases: tuple[str, ...]
    definition: str
    pronunciation: str
    note: str
    references: tuple[str, ...]
    location: Location


def find(terms: Mapping[str, Term], name: str) -> Term | None:
    """Find the term of a name or alias; case and white space make no difference.

    A mapping with a `find` of its own is asked by it.
    """
    if search := getattr(terms, "find", None):
        found: Term | None = search(name)
        return found
    if not _INDEX or _INDEX[0][0] is not terms:
        _INDEX[:] = [(terms, _by_name(terms))]
    return _INDEX[0][1].get(_fold(name))


_INDEX: list[tuple[Mapping[str, Term], Mapping[str, Term]]] = []
"""The terms that were searched last and their names; terms are never changed once loaded."""


def _by_name(terms: Mapping[str, Term]) -> Mapping[str, Term]:
    names: dict[str, Term] = {}
    for term in terms.values():
        for name in (term.term, *term.aliases):
            names.setdefault(_fold(name), term)
    return names


def load(
    path: Path, display: str = "", known: Collection[str] | None = None
) -> tuple[Mapping[str, Term], tuple[Diagnostic, ...]]:
    """Read glossary.yaml into id → Term, in the file's order, with its findings.

    `known` are the keys of the references; None leaves the terms' references unchecked.
    A faulty entry keeps its id and name, so that uses of it are not reported as well.
    """
    record, found = read(path, display or path.name, SHAPE, dict)
    if record is None:
        return MappingProxyType({}), found
    findings = list(found)
    terms: dict[str, Term] = {}
    for id, raw in record.value.items() if isinstance(record.value, dict) else ():
        entry, faults = check(TermEntry, record, (id,), SHAPE, _CODES)
        findings += faults
        findings += _find_unfit_id(record, id)
        terms[id] = _term(id, raw, entry, record.key_at((id,)))
        findings += _find_unknown_references(record, terms[id], known)
    findings += _find_shared_names(record, terms)
    return MappingProxyType(terms), tuple(findings)


def _term(id: str, raw: object, entry: TermEntry | None, at: Location) -> Term:
    if entry is None:
        given = raw if isinstance(raw, dict) else {}
        aliases = given.get("aliases")
        names = tuple(map(str, aliases)) if isinstance(aliases, list) else ()
        return Term(id, str(given.get("term", id)), names, "", "", "", (), at)
    return Term(
        id, entry.term, tuple(entry.aliases), entry.definition, entry.pronunciation, entry.note,
        tuple(entry.references), at,
    )  # fmt: skip


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


@code("GLO026")
def _empty_definition() -> None:
    """Find a term without a definition.

    Checks that `definition` is there and holds words.
    A reader who follows a term does so because the word stopped them; an empty entry stops them
    twice.

    Wrong:
        definition: ""
    Right:
        definition: A very sensitive knot in a muscle.
    """


@code("GLO027")
def _find_shared_names(record: Record, terms: Mapping[str, Term]) -> Iterator[Diagnostic]:
    """Find a name that two terms, or one term twice, go by.

    Checks all terms and aliases, case and white space aside.
    A name with two meanings leads the reader to the wrong one.

    Wrong:
        qi: {term: Qi, aliases: [meridian], …}
        meridian: {term: meridian, …}
    Right:
        qi: {term: Qi, aliases: [chi], …}
        meridian: {term: meridian, …}
    """
    first: dict[str, Term] = {}
    for term in terms.values():
        aliases = [((term.id, "aliases", at), name) for at, name in enumerate(term.aliases)]
        named: list[tuple[tuple[str | int, ...], str]] = [((term.id, "term"), term.term), *aliases]
        own: set[str] = set()
        for trail, name in named:
            twin = first.setdefault(_fold(name), term)
            if twin is not term or _fold(name) in own:
                yield diagnose(
                    record.value_at(trail),
                    "GLO027",
                    f'The name "{name}" belongs to the term "{twin.id}" already.',
                    "remove it here, or write a name of its own",
                )
            own.add(_fold(name))


@code("GLO028")
def _find_unknown_references(
    record: Record, term: Term, known: Collection[str] | None
) -> Iterator[Diagnostic]:
    """Find a term whose reference does not exist.

    Checks each of `references` against references.json.
    A definition that leads to no source cannot be checked by anyone.

    Wrong:
        references: [apta-2015]
    Right:
        references: [apta2015]
    """
    for at, key in enumerate(term.references):
        if known is not None and key not in known:
            yield diagnose(
                record.value_at((term.id, "references", at)),
                "GLO028",
                f'The reference "{key}" is not in references.json.',
                nearest(key, known),
            )


@code("GLO029")
def _find_unfit_id(record: Record, id: str) -> Iterator[Diagnostic]:
    """Find a term whose id cannot be part of an address.

    Checks that the id is made of small letters, digits and hyphens.
    The term stands at /glossary/#ID; with other signs in it, links to the term break when they
    are copied.

    Wrong:
        trigger point: {term: trigger point, …}
    Right:
        trigger-point: {term: trigger point, …}
    """
    if not fits_address(id):
        at = record.key_at((id,))
        yield diagnose(at, "GLO029", f'The id "{id}" cannot be part of an address.', ID_HINT)


_CODES = {"definition": "GLO026"}
