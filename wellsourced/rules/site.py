"""Gather everything that the rules look at: documents, library, pictures, addresses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from wellsourced import library as library_package
from wellsourced import source
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose
from wellsourced.library import Library, ledger
from wellsourced.library.ledger import Fact
from wellsourced.rules import article_lists
from wellsourced.source import Document, language, pictures
from wellsourced.source.document import DocumentKind
from wellsourced.source.pictures import Picture
from wellsourced.source.structure import slug

Read = Callable[[Path, str, DocumentKind, Collection[str]], Document]
"""Scans the file of a path, shown path and kind, with the keys of the references."""

FOLDERS: dict[DocumentKind, str] = {"article": "articles", "page": "pages"}
_UNREAD = ("020", "021")
"""What the codes of an unreadable or broken catalogue end in, in every family."""

LEDGER = ".facts.yaml"
CHANGES = ".changes.yaml"
COMPANIONS = (LEDGER, CHANGES)
"""What the names of files end in that stand beside an article and belong to it."""
FIXED_ADDRESSES = frozenset(
    {"/", "/articles/", "/glossary/", "/references/", "/products/", "/search/", "/topics/"}
)
UNLISTED = frozenset({"/search/"})
"""Addresses that search engines are asked to leave out: a search of their results is no result."""


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
    unread: frozenset[str]
    """Names of the library's files that could not be read."""
    today: date
    publishing: bool = False

    @property
    def documents(self) -> tuple[Document, ...]:
        """Give articles, then pages."""
        return self.articles + self.pages

    @cached_property
    def addresses(self) -> Mapping[str, Document | None]:
        """Map every root-relative page address to its document; None for a page of the engine."""
        found = self.engine_addresses()
        for document in self.documents:
            found.setdefault(address(document), document)
        return found

    def engine_addresses(self) -> dict[str, Document | None]:
        """Map the addresses of the engine's own pages to None."""
        found: dict[str, Document | None] = dict.fromkeys(sorted(FIXED_ADDRESSES))
        return found | {f"/products/{id}/": None for id in self.library.products}

    @cached_property
    def lists(self) -> Mapping[str, bool]:
        """Map the address of each page that lists articles, but for the fixed ones, to True."""
        return dict.fromkeys(article_lists.addresses(self.documents), True)

    @cached_property
    def by_path(self) -> Mapping[str, Document]:
        """Map a path below the content folder, such as `pages/about.md`, to its document."""
        return {d.path.removeprefix(f"{self.folder}/"): d for d in self.documents}


def address(document: Document) -> str:
    """Give a document's root-relative address."""
    return address_in(document, language.of(document))


def address_in(document: Document, tag: str) -> str:
    """Give the address of a document's translation, whether or not there is one."""
    name = slug_of(document)
    if saved := document.value("save_as"):
        return f"/{saved}"
    start = "/" if tag == language.SITE else f"/{tag}/"
    return f"{start}articles/{name}/" if document.kind == "article" else f"{start}{name}/"


def slug_of(document: Document) -> str:
    """Give the slug that names a document's address."""
    return document.value("slug") or slug(document.value("title"))


def is_draft(document: Document) -> bool:
    """Tell whether a document is a draft, which no release holds."""
    return document.status == "draft"


def page_key(document: Document) -> str:
    """Give the name of a document in anchors.json, such as `articles/what-is-dry-needling`."""
    return address(document).strip("/")


def load(
    content: Path,
    display: str,
    today: date,
    *,
    publishing: bool = False,
    read: Read = source.read,
) -> tuple[Site, tuple[Diagnostic, ...]]:
    """Read a content folder and its library; the findings are those of the library's files.

    `read` scans each article and page, for a caller that remembers what it scanned before.
    """
    library, unread, found = load_library(content, display)
    articles, faults = _documents(content, display, "article", library.references, read)
    pages, more_faults = _documents(content, display, "page", library.references, read)
    known = None if "references.json" in unread else library.references
    ledgers, in_ledgers = _ledgers(articles, content, display, known)
    site = Site(
        folder=display,
        articles=articles,
        pages=pages,
        library=library,
        pictures=pictures.read(content / "images"),
        ledgers=ledgers,
        strays=tuple(f"{display}/{name}" for name in strays(_files(content))),
        unread=unread,
        today=today,
        publishing=publishing,
    )
    return site, (*found, *faults, *more_faults, *in_ledgers)


def load_library(
    content: Path, display: str
) -> tuple[Library, frozenset[str], tuple[Diagnostic, ...]]:
    """Read the library; also give the names of its files that cannot be read, and all findings."""
    library, found = library_package.load(content / "library", f"{display}/library")
    unread = frozenset(d.path.rpartition("/")[2] for d in found if d.code.endswith(_UNREAD))
    return library, unread, found


@code("META017")
def unreadable(path: str, error: OSError) -> Diagnostic:
    """A file of the content cannot be read.

    Pelican would leave the page out and end well.

    Wrong: an article that this user may not open.
    Right: a file that everyone who builds the site may read.
    """
    reason = error.strerror or type(error).__name__
    return diagnose(
        Location(path), "META017", f"This file cannot be read: {reason}.", "see its rights"
    )


def _ledgers(
    articles: tuple[Document, ...], content: Path, display: str, known: Collection[str] | None
) -> tuple[Mapping[str, tuple[Fact, ...]], list[Diagnostic]]:
    """Read `<slug>.facts.yaml` beside each article; `known` holds the keys of the references."""
    ledgers: dict[str, tuple[Fact, ...]] = {}
    found: list[Diagnostic] = []
    for article in articles:
        name = article.path.removesuffix(".md") + LEDGER
        path = content / name.removeprefix(f"{display}/")
        ledgers[article.path], findings = ledger.load(path, name, known)
        found += findings
    return ledgers, found


def _documents(
    content: Path, display: str, kind: DocumentKind, known: Collection[str], read: Read
) -> tuple[tuple[Document, ...], list[Diagnostic]]:
    documents: list[Document] = []
    found: list[Diagnostic] = []
    for path in sorted((content / FOLDERS[kind]).rglob("*.md")):
        shown = f"{display}/{path.relative_to(content).as_posix()}"
        if path.name.startswith("."):
            continue
        try:
            documents.append(read(path, shown, kind, known))
        except OSError as error:
            found.append(unreadable(shown, error))
    return tuple(documents), found


def strays(names: Collection[str]) -> Iterator[str]:
    """Yield what Pelican would pass over: files of another kind, companions of no article.

    `names` are the files of articles/ and pages/, as paths below the content folder.
    """
    for name in names:
        file = name.rpartition("/")[2]
        if file.startswith((".", "#")) or file.endswith(("~", ".md")):
            continue
        owners = (f"{name.removesuffix(kind)}.md" for kind in COMPANIONS if name.endswith(kind))
        if not any(owner in names for owner in owners):
            yield name


def _files(content: Path) -> list[str]:
    """List the files of articles/ and pages/, each folder's sorted."""
    return [
        path.relative_to(content).as_posix()
        for folder in FOLDERS.values()
        for path in sorted((content / folder).rglob("*"))
        if path.is_file()
    ]
