"""Read RIS, the tagged format of Reference Manager, EndNote, Zotero and most publishers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import rispy  # type: ignore[import-untyped]

from wellsourced.diagnostics import Diagnostic, Location
from wellsourced.editing.imports import codes
from wellsourced.editing.imports.work import (
    Work,
    date,
    doi,
    filled,
    first,
    identifiers,
    names,
    pages,
)

_TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9])  -(?: |$)")
_NEARLY = re.compile(r"(?:TY|ER)\s*-")
_TYPES = {
    "ABST": "article-journal", "ART": "graphic", "BILL": "bill", "BLOG": "post-weblog",
    "BOOK": "book", "CASE": "legal_case", "CHAP": "chapter", "COMP": "software",
    "CONF": "paper-conference", "CPAPER": "paper-conference", "DATA": "dataset",
    "DICT": "entry-dictionary", "EBOOK": "book", "ECHAP": "chapter", "EDBOOK": "book",
    "EJOUR": "article-journal", "ELEC": "webpage", "ENCYC": "entry-encyclopedia",
    "FIGURE": "figure", "GOVDOC": "report", "HEAR": "hearing", "ICOMM": "webpage",
    "INPR": "article-journal", "JFULL": "article-journal", "JOUR": "article-journal",
    "MANSCPT": "manuscript", "MAP": "map", "MGZN": "article-magazine", "MPCT": "motion_picture",
    "NEWS": "article-newspaper", "PAMP": "pamphlet", "PAT": "patent",
    "PCOMM": "personal_communication", "RPRT": "report", "SOUND": "song", "STAND": "standard",
    "STAT": "legislation", "THES": "thesis", "UNPB": "manuscript", "VIDEO": "motion_picture",
}  # fmt: skip
_IN_SERIES = {"book", "report", "thesis"}


def begins(text: str) -> bool:
    """Tell whether a text begins as RIS does."""
    return re.match(r"\s*TY\s+-", text) is not None


def read(text: str, path: str) -> tuple[tuple[Work, ...], tuple[Diagnostic, ...]]:
    """Give the works of a RIS text, each at its "TY" line, and its faults."""
    lines = re.split(r"\r\n|\r|\n", text)
    found = tuple(_faults(lines, path))
    if found:
        return (), found
    starts = [at for at, line in enumerate(lines) if _tag(line) == "TY"]
    return tuple(
        _work(lines[start:end], Location(path, start + 1, 1, start + 1, len(lines[start]) + 1))
        for start, end in pairwise([*starts, len(lines)])
    ), ()


def _tag(line: str) -> str:
    found = _TAG.match(line)
    return found["tag"] if found else ""


def _faults(lines: list[str], path: str) -> Iterator[Diagnostic]:
    """Find records that do not end, and lines outside of records: rispy loses both in silence."""
    opened = 0
    for number, line in enumerate(lines, start=1):
        at = Location(path, number, 1, number, len(line) + 1)
        tag = _tag(line)
        if not tag and _NEARLY.match(line):
            hint = f'write "{line[:2]}  - ", with two spaces before the hyphen and one after'
            yield codes.broken(at, f'This "{line[:2]}" line is not written as RIS has it.', hint)
            opened = number if line.startswith("TY") else 0
        elif tag == "TY":
            if opened:
                yield _open(path, opened)
            opened = number
        elif tag == "ER":
            if not opened:
                yield codes.broken(
                    at, "This record ends, but it never began.", 'add its "TY  - " line'
                )
            opened = 0
        elif not opened and line.strip():
            hint = 'each record goes from "TY  - " to "ER  - "'
            yield codes.broken(at, "This line stands outside of any record.", hint)
    if opened:
        yield _open(path, opened)


def _open(path: str, number: int) -> Diagnostic:
    at = Location(path, number, 1, number, 3)
    return codes.broken(at, "This record does not end.", 'add an "ER  - " line after its last line')


def _work(lines: list[str], at: Location) -> Work:
    # A semicolon is part of many addresses: rispy would cut them there.
    (tags,) = rispy.loads("\n".join(lines), delimiter_tags_mapping={})
    other = tags.get("unknown_tag", {})
    type = _TYPES.get(str(tags.get("type_of_reference", "")), "document")
    address = first(tags.get("urls"))
    extra = identifiers(address, *map(str, tags.get("notes", [])))
    start, end = first(tags.get("start_page")), first(tags.get("end_page"))
    around = first(
        tags.get("secondary_title"), tags.get("alternate_title3"), tags.get("journal_name"),
        other.get("BT"), tags.get("alternate_title1"), tags.get("alternate_title2"),
    )  # fmt: skip
    issued = first(tags.get("date"), tags.get("year"), tags.get("publication_year"))
    return Work(
        filled({
            "type": type,
            "title": first(tags.get("title"), tags.get("primary_title"), other.get("CT")),
            "author": names(tags.get("authors") or tags.get("first_authors")),
            "editor": names(other.get("ED") or tags.get("secondary_authors")),
            "issued": date(issued) or date(first(tags.get("year"))),
            "container-title": "" if type in _IN_SERIES else around,
            "collection-title": around if type in _IN_SERIES else first(tags.get("tertiary_title")),
            "volume": first(tags.get("volume")),
            "issue": first(tags.get("number")),
            "page": pages(start, end),
            "edition": first(tags.get("edition")),
            "publisher": first(tags.get("publisher")),
            "publisher-place": first(tags.get("place_published")),
            "language": first(tags.get("language")),
            "ISBN" if type in ("book", "chapter") else "ISSN": first(tags.get("issn")),
            "DOI": doi(first(tags.get("doi"), extra.get("DOI"))),
            "PMID": extra.get("PMID"),
            "PMCID": extra.get("PMCID"),
            "URL": address,
        }),
        at,
        key=first(tags.get("id")),
    )  # fmt: skip
