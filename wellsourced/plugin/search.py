"""Index the built pages and the library, so that readers can search them in their browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from wellsourced.diagnostics import Diagnostic, Location, code, diagnose
from wellsourced.library import Library
from wellsourced.library.glossary import Term
from wellsourced.library.reference import Reference
from wellsourced.plugin import pagefind_service
from wellsourced.plugin.files import put
from wellsourced.plugin.pagefind_service import IndexingError, Page, Record

FOLDER = "pagefind"
PAGES = 500
"""Documents of which a part of the index holds the pages: it is made in a second or so."""
_DATA = ("filter/", "fragment/", "index/", "pagefind-entry.json", "pagefind.")
"""What the names of a part's own data begin with."""
_PROGRAM = "pagefind.js"
_BODY = "data-pagefind-body"
"""The attribute of what a page wants indexed; a page without it stays out."""
_FURNITURE = (
    ".breadcrumb",
    ".byline",
    ".contents",
    ".copy-link",
    ".cites",
    ".disclosure",
    ".source-facts",
    ".top-products",
    ".uses",
    "#references",
)
"""Selectors of what stands on many pages and tells none of them apart."""


@code("INT004")
def not_indexed(error: IndexingError) -> Diagnostic:
    """The search index cannot be made.

    Readers would search an index of earlier pages, or none.

    Wrong: a Pagefind that does not run on this machine.
    Right: the one that `make build` installs.
    """
    return diagnose(
        Location("pagefind"),
        "INT004",
        f"The search index cannot be made: {error}",
        "install Pagefind anew with make build",
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the index, which readers' browsers put together; an edit remakes one part.

    `pages` maps each page's path to its built file, `records` are what is found by itself, and
    `folder` is where the part lies below the output.
    """

    number: int
    pages: Mapping[str, Path]
    records: tuple[Record, ...]

    @property
    def unit(self) -> str:
        """Name the part among all that writes files."""
        return f"(search {self.number})"

    @property
    def folder(self) -> str:
        """Give the folder of the part; the first one holds Pagefind itself as well."""
        return f"search/{self.number}/{FOLDER}" if self.number else FOLDER


def count_parts(documents: int) -> int:
    """Say of how many parts the index of a site of so many documents is made."""
    return max(1, -(-documents // PAGES))


def parts(
    pages: Mapping[str, Path], documents: int, library: Library, language: str
) -> Iterator[Part]:
    """Share a site's pages among the parts; a page stays in its part while their number stays."""
    count = count_parts(documents)
    shares: list[dict[str, Path]] = [{} for _ in range(count)]
    for name in sorted(pages):
        shares[crc32(name.encode()) % count][name] = pages[name]
    for number, share in enumerate(shares):
        yield Part(number, share, () if number else tuple(_records(library, language)))


def index(output: Path, part: Part) -> tuple[Part, tuple[Diagnostic, ...]]:
    """Write a part of the index below a folder; give the part and what was found.

    Nothing but its pages and records is read, so a draft, which has no page, is never found.
    """
    items: list[Page | Record] = [*_pages(part.pages), *part.records]
    try:
        files = pagefind_service.index(items, _FURNITURE)
    except IndexingError as error:
        return part, (not_indexed(error),)
    for name, data in files.items():
        if part.number and (not name.startswith(_DATA) or name == _PROGRAM):
            continue
        put(output / part.folder / name, data)
    return part, ()


def _pages(pages: Mapping[str, Path]) -> Iterator[Page]:
    """Yield the pages that want to be found, in the order of their paths."""
    for name in sorted(pages):
        html = pages[name].read_text("utf-8")
        if _BODY in html:
            yield Page("/" + name.removesuffix("index.html"), html)


def _records(library: Library, language: str) -> Iterator[Record]:
    """Yield each term and each reference, which stand together on one page."""
    for term in library.terms.values():
        yield Record(
            f"/glossary/#{term.id}", term.term, _text(_said(term)), language, {"kind": "term"}
        )
    for reference in library.references.values():
        yield Record(
            f"/references/#{reference.key}",
            reference.title,
            _text(_told(reference)),
            language,
            {"kind": "source"},
        )


def _said(term: Term) -> Sequence[str]:
    """Give what the glossary says of a term."""
    aliases = f"Also: {', '.join(term.aliases)}" if term.aliases else ""
    return term.definition, term.note, aliases


def _told(reference: Reference) -> Sequence[str]:
    """Give what tells one source from others: who wrote it, when, and where it was published."""
    year = str(reference.year or "")
    return reference.authors_text, year, reference.publisher


def _text(parts: Sequence[str]) -> str:
    """Make sentences of parts, without those that are empty."""
    return " ".join(part if part[-1:] in ".?!" else f"{part}." for part in parts if part)
