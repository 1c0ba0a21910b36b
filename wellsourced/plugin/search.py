"""Index the built pages and the library, so that readers can search them in their browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from wellsourced.diagnostics import Diagnostic, Location, code, diagnose
from wellsourced.library import Library
from wellsourced.library.glossary import Term
from wellsourced.library.reference import Reference
from wellsourced.plugin import pagefind_service
from wellsourced.plugin.pagefind_service import IndexingError, Page, Record

FOLDER = "pagefind"
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


def index(
    pages: Mapping[str, Path], folder: Path, library: Library, language: str
) -> Iterator[Diagnostic]:
    """Write the index of a site into a folder; `pages` maps each page's path to its built file.

    Nothing but them and the library is read, so a draft, which has no page, is never found.
    """
    items: list[Page | Record] = [*_pages(pages), *_records(library, language)]
    try:
        files = pagefind_service.index(items, _FURNITURE)
    except IndexingError as error:
        yield not_indexed(error)
        return
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


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
