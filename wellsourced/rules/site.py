"""Gather everything that the rules look at: documents, library, pictures, addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from wellsourced import library as library_package
from wellsourced import source
from wellsourced.diagnostics import Diagnostic
from wellsourced.library import Library, ledger
from wellsourced.library.ledger import Fact
from wellsourced.source import Document, pictures
from wellsourced.source.document import DocumentKind
from wellsourced.source.pictures import Picture
from wellsourced.source.structure import slug

FOLDERS: dict[DocumentKind, str] = {"article": "articles", "page": "pages"}
FIXED_ADDRESSES = frozenset({"/", "/articles/", "/glossary/", "/references/", "/products/"})


@dataclass(frozen=True)
class Site:
    """A content folder as read: `folder` is the path that diagnostics show, such as `content`.

    `today` decides what is overdue; `publishing` asks for what only a release needs.
    """

    folder: str
    articles: tuple[Document, ...]
    pages: tuple[Document, ...]
    library: Library
    pictures: Mapping[str, Picture]
    ledgers: Mapping[str, tuple[Fact, ...]]
    """Mapping from an article's shown path to the facts that it owes its readers."""
    strays: tuple[str, ...]
    """Files in articles/ and pages/ that Pelican would leave out, as shown paths."""
    today: date
    publishing: bool = False

    @property
    def documents(self) -> tuple[Document, ...]:
        """Give articles, then pages."""
        return self.articles + self.pages

    @cached_property
    def addresses(self) -> Mapping[str, Document | None]:
        """Map every root-relative page address to its document; None for a page of the engine."""
        found: dict[str, Document | None] = dict.fromkeys(FIXED_ADDRESSES)
        found |= {f"/products/{id}/": None for id in self.library.products}
        for document in self.documents:
            found.setdefault(address(document), document)
        return found

    @cached_property
    def by_path(self) -> Mapping[str, Document]:
        """Map a path below the content folder, such as `pages/about.md`, to its document."""
        return {d.path.removeprefix(f"{self.folder}/"): d for d in self.documents}


def address(document: Document) -> str:
    """Give a document's root-relative address."""
    name = slug_of(document)
    if saved := document.value("save_as"):
        return f"/{saved}"
    return f"/articles/{name}/" if document.kind == "article" else f"/{name}/"


def slug_of(document: Document) -> str:
    """Give the slug that names a document's address."""
    return document.value("slug") or slug(document.value("title"))


def page_key(document: Document) -> str:
    """Give the name of a document in anchors.json, such as `articles/what-is-dry-needling`."""
    return address(document).strip("/")


def load(
    content: Path, display: str, today: date, *, publishing: bool = False
) -> tuple[Site, tuple[Diagnostic, ...]]:
    """Read a content folder and its library; the findings are those of the library's files."""
    library, found = library_package.load(content / "library", f"{display}/library")
    articles = tuple(_documents(content, display, "article"))
    ledgers, more = _ledgers(articles, content, display, library)
    site = Site(
        folder=display,
        articles=articles,
        pages=tuple(_documents(content, display, "page")),
        library=library,
        pictures=pictures.read(content / "images"),
        ledgers=ledgers,
        strays=tuple(_strays(content, display)),
        today=today,
        publishing=publishing,
    )
    return site, (*found, *more)


def _ledgers(
    articles: tuple[Document, ...], content: Path, display: str, library: Library
) -> tuple[Mapping[str, tuple[Fact, ...]], list[Diagnostic]]:
    """Read `<slug>.facts.yaml` beside each article."""
    ledgers: dict[str, tuple[Fact, ...]] = {}
    found: list[Diagnostic] = []
    for article in articles:
        name = article.path.removesuffix(".md") + ".facts.yaml"
        path = content / name.removeprefix(f"{display}/")
        ledgers[article.path], findings = ledger.load(path, name, library.references)
        found += findings
    return ledgers, found


def _documents(content: Path, display: str, kind: DocumentKind) -> Iterator[Document]:
    for path in sorted((content / FOLDERS[kind]).rglob("*.md")):
        yield source.read(path, f"{display}/{path.relative_to(content).as_posix()}", kind)


def _strays(content: Path, display: str) -> Iterator[str]:
    expected = (".md", ".facts.yaml")
    for folder in FOLDERS.values():
        for path in sorted((content / folder).rglob("*")):
            ignored = path.name.startswith((".", "#")) or path.name.endswith("~")
            if path.is_file() and not ignored and not path.name.endswith(expected):
                yield f"{display}/{path.relative_to(content).as_posix()}"
