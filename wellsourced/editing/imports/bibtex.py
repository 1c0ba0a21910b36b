"""Read BibTeX and BibLaTeX, as Zotero, JabRef and publishers write them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from bibtexparser.entrypoint import parse_string
from bibtexparser.exceptions import BlockAbortedException
from bibtexparser.middlewares import MonthIntMiddleware, SeparateCoAuthors, SplitNameParts
from bibtexparser.middlewares.names import NameParts
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
)
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

from wellsourced.diagnostics import Diagnostic, Location
from wellsourced.editing.imports import codes
from wellsourced.editing.imports.work import Work, date, doi, filled, identifiers, pages, plain

# What it would print to the terminal is a finding here, at its line.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
logging.getLogger("pylatexenc").addHandler(logging.NullHandler())

_TYPES = {
    "article": "article-journal", "book": "book", "booklet": "pamphlet", "collection": "book",
    "conference": "paper-conference", "dataset": "dataset", "electronic": "webpage",
    "inbook": "chapter", "incollection": "chapter", "inproceedings": "paper-conference",
    "inreference": "entry-encyclopedia", "manual": "report", "mastersthesis": "thesis",
    "online": "webpage", "patent": "patent", "phdthesis": "thesis", "proceedings": "book",
    "report": "report", "software": "software", "techreport": "report", "thesis": "thesis",
    "unpublished": "manuscript", "www": "webpage",
}  # fmt: skip
_SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
_TAGGED = re.compile(r"\\(?:emph|textit)\s*\{([^{}]*)\}")
_URL = re.compile(r"\\url\s*\{\s*([^{}\s]+)\s*\}")
_VERBATIM = {"url", "doi", "file", "eprint"}


def begins(text: str) -> bool:
    """Tell whether a text holds the opening of a BibTeX entry at the start of a line."""
    return re.search(r"^\s*@\s*[A-Za-z]+\s*[{(]", text, re.MULTILINE) is not None


def read(text: str, path: str) -> tuple[tuple[Work, ...], tuple[Diagnostic, ...]]:
    """Give the works of a BibTeX text, each at the line of its entry, and its faults."""
    library = parse_string(
        text.replace("\r\n", "\n").replace("\r", "\n"),
        append_middleware=[MonthIntMiddleware(), SeparateCoAuthors(), SplitNameParts()],
    )
    found = tuple(_fault(block, path) for block in library.failed_blocks)
    found += tuple(fault for entry in library.entries for fault in _joined(entry, path))
    if found:
        return (), found
    return tuple(_Reader(entry, path).work() for entry in library.entries), ()


def _fault(block: ParsingFailedBlock, path: str) -> Diagnostic:
    at = _place(block.start_line, path)
    if isinstance(block, DuplicateBlockKeyBlock):
        return codes.broken(
            at, f'The key "{block.key}" is given twice.', "give one of the two a key of its own"
        )
    if isinstance(block, DuplicateFieldKeyBlock):
        listed = ", ".join(sorted(block.duplicate_keys))
        return codes.broken(at, f"This entry gives {listed} twice.", "keep one of the two")
    if isinstance(block.error, BlockAbortedException):
        return codes.broken(
            at, "This entry does not end where it should.", "look for a brace or quote left open"
        )
    return codes.broken(at, f"This entry cannot be read: {plain(str(block.error))}.", "correct it")


def _joined(entry: Entry, path: str) -> Iterator[Diagnostic]:
    """Find values joined of pieces with "#", which the parser would hand on as they are typed."""
    for field in entry.fields:
        if field.enclosing == "no-enclosing" and "#" in str(field.value):
            yield codes.broken(
                _place(field.start_line, path),
                f'The value of "{field.key}" is joined of pieces with "#".',
                "write it out in one pair of braces",
            )


def _place(line: int | None, path: str) -> Location:
    number = (line or 0) + 1
    return Location(path, number, 1, number, 2)


class _Reader:
    """Take one entry's fields over into CSL variables."""

    def __init__(self, entry: Entry, path: str) -> None:
        self.entry = entry
        self.path = path
        self.fields = {field.key.casefold(): field.value for field in entry.fields}

    def text(self, *fields: str) -> str:
        """Give the first of some fields that is filled, as plain text."""
        for field in fields:
            value = self.fields.get(field)
            if value is None or isinstance(value, list):
                continue
            raw = str(value)
            # An address is no TeX, but Zotero escapes what TeX would read in it.
            shown = re.sub(r"\\([%&_#~])", r"\1", raw) if field in _VERBATIM else _decoded(raw)
            if text := plain(shown):
                return text
        return ""

    def names(self, field: str) -> list[dict[str, str]]:
        """Give the names of a field; a name in braces, or of one word, is an organisation's."""
        listed = self.fields.get(field)
        parts = listed if isinstance(listed, list) else []
        return [found for one in parts if isinstance(one, NameParts) and (found := _name(one))]

    def type(self) -> str:
        """Give the CSL type of the entry's kind."""
        kind = self.entry.entry_type.casefold()
        if kind == "article":
            return _SUBTYPES.get(self.text("entrysubtype").casefold(), _TYPES[kind])
        if kind == "misc" and self.text("url", "howpublished"):
            return "webpage"
        return _TYPES.get(kind, "document")

    def issued(self) -> dict[str, object] | None:
        """Give the date from BibLaTeX's `date`, or from BibTeX's year, month and day."""
        if found := date(self.text("date")):
            return found
        parts = (self.text("year"), self.text("month"), self.text("day"))
        return date("-".join(part for part in parts if part))

    def work(self) -> Work:
        type, address = self.type(), self.address()
        notes = (self.text(field) for field in ("note", "annote", "annotation"))
        extra = identifiers(address, *notes)
        return Work(
            filled({
                "type": type,
                "title": self.title(),
                "author": self.names("author"),
                "editor": self.names("editor"),
                "issued": self.issued(),
                "container-title": self.text("journal", "journaltitle", "booktitle", "maintitle"),
                "collection-title": self.text("series"),
                "volume": self.text("volume"),
                "issue": self.text("number", "issue") if type.startswith("article") else "",
                "number": "" if type.startswith("article") else self.text("number"),
                "page": pages(self.text("pages")),
                "edition": self.text("edition"),
                "publisher": self.text("publisher", "institution", "school", "organization"),
                "publisher-place": self.text("address", "location"),
                "language": self.text("language", "langid"),
                "ISBN": self.text("isbn"),
                "ISSN": self.text("issn"),
                "DOI": doi(self.text("doi") or extra.get("DOI", "")),
                "PMID": self.pmid() or extra.get("PMID", ""),
                "PMCID": self.text("pmcid") or extra.get("PMCID", ""),
                "URL": address,
            }),
            _place(self.entry.start_line, self.path),
            key=self.entry.key,
        )  # fmt: skip

    def address(self) -> str:
        """Give the address, which old entries have in `howpublished`."""
        found = _URL.search(str(self.fields.get("howpublished", "")))
        return self.text("url") or (found[1] if found else "")

    def pmid(self) -> str:
        """Give the PMID, which BibLaTeX has in `eprint`."""
        is_pubmed = self.text("eprinttype").casefold() in ("pubmed", "pmid")
        return self.text("pmid") or (self.text("eprint") if is_pubmed else "")

    def title(self) -> str:
        title, subtitle = self.text("title"), self.text("subtitle")
        return f"{title}: {subtitle}" if title and subtitle else title


def _decoded(tex: str) -> str:
    """Turn TeX into plain text; emphasis becomes CSL's `<i>`."""
    marked = _TAGGED.sub(lambda found: f"\ue000{found[1]}\ue001", tex)
    shown = LatexNodes2Text(math_mode="text", keep_comments=True).latex_to_text(marked)
    return str(shown).replace("\ue000", "<i>").replace("\ue001", "</i>")


def _name(parts: NameParts) -> dict[str, str] | None:
    def joined(words: list[str]) -> str:
        return plain(_decoded(" ".join(words)))

    family, given = joined(parts.last), joined(parts.first)
    if not family or family.casefold() == "others":
        return None
    if not given and not parts.von:
        return {"literal": family}
    found = {
        "family": family,
        "given": given,
        "non-dropping-particle": joined(parts.von),
        "suffix": joined(parts.jr),
    }
    return {part: value for part, value in found.items() if value}
