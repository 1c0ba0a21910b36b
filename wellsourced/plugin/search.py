"""Index the built pages and the library, so that readers can search them in their browser."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

from wellsourced.diagnostics import Diagnostic, Location, code, diagnose
from wellsourced.library import Library
from wellsourced.library.glossary import Term
from wellsourced.library.reference import Reference
from wellsourced.plugin import pagefind_service, search_text
from wellsourced.plugin.cbor import FormError
from wellsourced.plugin.files import put
from wellsourced.plugin.pagefind_amend import amend
from wellsourced.plugin.pagefind_service import IndexingError, Page, Record

FOLDER = "pagefind"
PAGES = 500
"""Documents of which a part of the index holds the pages: it is made in a second or so."""
_FEW = 40
"""Pages of a part above which it is quicker to make it whole."""
_DATA = ("filter/", "fragment/", "index/", "pagefind-entry.json", "pagefind.")
"""What the names of a part's own data begin with."""
_PROGRAM = "pagefind.js"


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

    `pages` maps each page's path to its built file; the terms and references of a `library` are
    found by themselves.
    """

    number: int
    pages: Mapping[str, Path]
    library: Library | None = None
    language: str = "en"
    last: Mapping[str, Path] = field(default_factory=dict)
    """The files of this part of the last index, none when there is nothing to go on from."""
    before: Mapping[str, Path] = field(default_factory=dict)
    """The pages that are other files now → what they were when that index was made."""

    @property
    def unit(self) -> str:
        """Name the part among all that writes files."""
        return f"(search {self.number})"

    @property
    def folder(self) -> str:
        """Give the folder of the part; the first one holds Pagefind itself as well."""
        return f"search/{self.number}/{FOLDER}" if self.number else FOLDER


@dataclass(frozen=True, slots=True)
class Indexed:
    """What came of a part; `kept` are names below the output of files that stay as they are."""

    part: Part
    kept: tuple[str, ...] = ()
    found: tuple[Diagnostic, ...] = ()


def count_parts(documents: int) -> int:
    """Say of how many parts the index of a site of so many documents is made."""
    return max(1, -(-documents // PAGES))


def share(pages: Iterable[str], documents: int) -> list[list[str]]:
    """Share a site's pages among the parts; one stays in its part while their number stays."""
    shares: list[list[str]] = [[] for _ in range(count_parts(documents))]
    for name in sorted(pages):
        shares[crc32(name.encode()) % len(shares)].append(name)
    return shares


def parts(
    pages: Mapping[str, Path], documents: int, library: Library, language: str
) -> Iterator[Part]:
    """Yield the parts of the index."""
    for number, names in enumerate(share(pages, documents)):
        files = {name: pages[name] for name in names}
        yield Part(number, files, None if number else library, language)


def index(output: Path, part: Part) -> Indexed:
    """Write what is new of a part of the index below a folder; say what stays.

    Nothing but its pages and records is read, so a draft, which has no page, is never found.
    """
    try:
        files, kept = _amended(part) or (_anew(part), ())
    except IndexingError as error:
        return Indexed(part, found=(not_indexed(error),))
    for name, data in files.items():
        put(output / part.folder / name, data)
    return Indexed(part, tuple(f"{part.folder}/{name}" for name in kept))


def _anew(part: Part) -> Mapping[str, bytes]:
    """Index all of a part. Raises `IndexingError`."""
    texts = {name: search_text.reduce(part.pages[name].read_bytes()) for name in part.pages}
    items: list[Page | Record] = list(_pages(texts))
    if part.library:
        items += _records(part.library, part.language)
    return {
        name: data
        for name, data in pagefind_service.index(items, search_text.FURNITURE).items()
        if not part.number or (name.startswith(_DATA) and name != _PROGRAM)
    }


def _amended(part: Part) -> tuple[Mapping[str, bytes], Collection[str]] | None:
    """Index anew only the pages that read otherwise; None when the part must be made whole."""
    if not part.last:
        return None
    old = {name: search_text.reduce(path.read_bytes()) for name, path in part.before.items()}
    new = {name: search_text.reduce(part.pages[name].read_bytes()) for name in old}
    other = [name for name in sorted(old) if old[name] != new[name]]
    last = {name.removeprefix(f"{part.folder}/"): path for name, path in part.last.items()}
    if not other:
        return {}, last
    if len(other) > _FEW or any(old[name] is None or new[name] is None for name in other):
        return None
    were, are = (
        pagefind_service.index(_pages({name: texts[name] for name in other}), search_text.FURNITURE)
        for texts in (old, new)
    )
    try:
        return amend(last.keys(), lambda name: last[name].read_bytes(), were, are)
    except FormError:
        return None


def _pages(texts: Mapping[str, str | None]) -> list[Page]:
    """List the pages that want to be found, in the order of their paths."""
    return [
        Page("/" + name.removesuffix("index.html"), text)
        for name, text in sorted(texts.items())
        if text is not None
    ]


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
