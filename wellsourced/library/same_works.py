"""Find one work that stands in the references under two keys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from wellsourced.diagnostics import Diagnostic, Location, code, diagnose
from wellsourced.library.positions import Record
from wellsourced.library.reference import Reference


def find_same_works(works: Mapping[str, Reference], record: Record) -> Iterator[Diagnostic]:
    """Give a finding for each reference that is the same work as an earlier one."""
    trails = _trails(record)
    first_by_id: dict[tuple[str, str], Reference] = {}
    first_by_words: dict[tuple[str, str, int | None], Reference] = {}
    for work in works.values():
        twin = None
        for field, identity in identities(work):
            twin = first_by_id.setdefault((field, identity), work)
            if twin is not work:
                at = record.value_at((*trails[work.key], field))
                yield _same_identifier(work, twin, field, at)
                break
        like = first_by_words.setdefault(words(work), work)
        if like is not work and twin in (None, work) and not proven_different(work, like):
            yield _alike(work, like)


def _trails(record: Record) -> dict[str, tuple[int]]:
    items = record.value if isinstance(record.value, list) else []
    trails: dict[str, tuple[int]] = {}
    for at, item in enumerate(items):
        if isinstance(item, dict) and isinstance(item.get("id"), str):
            trails.setdefault(item["id"], (at,))
    return trails


def identities(work: Reference) -> Iterator[tuple[str, str]]:
    """Yield each identifier of a work, its CSL variable first, in a form that can be compared."""
    for field in ("DOI", "PMID", "PMCID"):
        if isinstance(value := work.csl.get(field), str):
            yield field, value.strip().casefold()
    if isinstance(url := work.csl.get("URL"), str):
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        path = parts.path.rstrip("/")
        yield "URL", f"{host}{path}?{parts.query}#{parts.fragment}"


def words(work: Reference) -> tuple[str, str, int | None]:
    """Give authors, title and year in a form that can be compared."""
    return _fold(work.authors_text), _fold(work.title), work.year


def _fold(text: str) -> str:
    """Drop accents, case, markup and punctuation."""
    apart = unicodedata.normalize("NFKD", re.sub(r"<[^>]*>", "", text)).casefold()
    bare = "".join(character for character in apart if not unicodedata.combining(character))
    return " ".join(re.findall(r"[^\W_]+", bare))


def proven_different(one: Reference, other: Reference) -> bool:
    return any(
        field in one.csl and field in other.csl and one.csl[field] != other.csl[field]
        for field in ("DOI", "PMID", "PMCID")
    )


@code("CIT027")
def _same_identifier(work: Reference, twin: Reference, field: str, at: Location) -> Diagnostic:
    """Find one work under two keys: the same DOI, PMID, PMCID or address.

    Checks these identifiers over all references; http or https, "www." and a last slash make no
    difference to an address.
    One work that gets two numbers looks like two sources, and a claim better supported than it
    is.

    Wrong:
        {"id": "gattie2017", "DOI": "10.2519/jospt.2017.7096"},
        {"id": "jospt2017", "DOI": "10.2519/jospt.2017.7096"}
    Right:
        {"id": "gattie2017", "DOI": "10.2519/jospt.2017.7096"}
    """
    return diagnose(
        at,
        "CIT027",
        f'The reference "{work.key}" has the same {field} as "{twin.key}".',
        f'cite "{twin.key}" and remove this entry, or correct its {field}',
    )


@code("CIT028")
def _alike(work: Reference, twin: Reference) -> Diagnostic:
    """Find two references with the same authors, title and year.

    Checks that no two entries agree in all three, case and punctuation aside, unless a DOI, PMID
    or PMCID proves them different.
    The reference list has no "2020a" and "2020b": the reader could not tell one from the other,
    and would take one source for two.

    Wrong:
        {"id": "apta2020", "title": "Dry Needling", …}, {"id": "apta", "title": "Dry needling", …}
    Right:
        {"id": "apta2020", "title": "Dry Needling", …}
    """
    return diagnose(
        work.location,
        "CIT028",
        f'The reference "{work.key}" has the same authors, title and year as "{twin.key}".',
        "remove one, or give the facts that tell them apart",
    )
