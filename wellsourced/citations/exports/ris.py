"""Write references in RIS, the tagged format of Reference Manager, EndNote and Zotero."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from wellsourced.citations.exports.values import (
    date_parts,
    family_name,
    names,
    text,
    whole_name,
    without_markup,
)
from wellsourced.library.bibliography import Reference

_TYPES = {
    "article": "JOUR", "article-journal": "JOUR", "article-magazine": "MGZN",
    "article-newspaper": "NEWS", "bill": "BILL", "book": "BOOK", "chapter": "CHAP",
    "dataset": "DATA", "document": "GEN", "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC", "figure": "FIGURE", "graphic": "ART", "hearing": "HEAR",
    "legal_case": "CASE", "legislation": "STAT", "manuscript": "MANSCPT", "map": "MAP",
    "motion_picture": "MPCT", "musical_score": "MUSIC", "pamphlet": "PAMP",
    "paper-conference": "CPAPER", "patent": "PAT", "personal_communication": "PCOMM",
    "post": "BLOG", "post-weblog": "BLOG", "regulation": "STAT", "report": "RPRT",
    "review": "JOUR", "software": "COMP", "song": "SOUND", "standard": "STAND",
    "thesis": "THES", "webpage": "ELEC",
}  # fmt: skip
_TEXTS = (
    ("container-title", "T2"), ("publisher", "PB"), ("publisher-place", "CY"), ("volume", "VL"),
    ("issue", "IS"), ("edition", "ET"), ("collection-title", "T3"), ("genre", "M3"),
    ("ISSN", "SN"), ("ISBN", "SN"), ("PMID", "AN"), ("DOI", "DO"), ("URL", "UR"),
    ("language", "LA"), ("abstract", "AB"),
)  # fmt: skip


def write(references: Iterable[Reference]) -> str:
    """Give one RIS record for each reference, in their order; lines end with CR and LF."""
    return join(map(entry, references))


def join(entries: Iterable[str]) -> str:
    """Give a RIS file of entries."""
    return "".join(entries)


def entry(reference: Reference) -> str:
    """Give a reference as a RIS record; what is not known is left out."""
    lines = [f"TY  - {_TYPES.get(text(reference, 'type'), 'GEN')}"]
    lines += [f"{tag}  - {value}" for tag, value in _fields(reference)]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "ID", reference.key
    for variable, tag in (("author", "AU"), ("editor", "ED")):
        for name in names(reference, variable):
            yield tag, _name(name)
    yield "TI", without_markup(" ".join(reference.title.split()))
    yield from _dates(reference)
    for variable, tag in _TEXTS:
        if value := without_markup(text(reference, variable)):
            yield tag, value
    first, _, last = re.sub(r"(?<=\w)[-–](?=\w)", "\n", text(reference, "page")).partition("\n")
    if first:
        yield "SP", first
    if last:
        yield "EP", last


def _dates(reference: Reference) -> Iterator[tuple[str, str]]:
    """Give the year, and the date as RIS writes it: YYYY/MM/DD/ with unknown parts left empty."""
    parts = date_parts(reference, "issued")
    if not parts:
        return
    yield "PY", f"{parts[0]:04}"
    month, day = ([f"{part:02}" for part in parts[1:]] + ["", ""])[:2]
    if month:
        yield "DA", f"{parts[0]:04}/{month}/{day}/"


def _name(name: Mapping[str, str]) -> str:
    """Write "Family, Given, Suffix".

    A whole name ends with a comma, EndNote's sign for an organisation, and loses its own commas,
    which would cut it into family and given name.
    """
    if whole := whole_name(name):
        return f"{' '.join(whole.replace(',', ' ').split())},"
    parts = (family_name(name), name["given"], name.get("suffix", ""))
    return ", ".join(" ".join(part.replace(",", " ").split()) for part in parts if part)
