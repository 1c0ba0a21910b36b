"""Index the built pages and the library, so that readers can search them in their browser."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from zlib import crc32

from wellsourced.diagnostics import Diagnostic, Location, code, diagnose
from wellsourced.library import Library
from wellsourced.library.glossary import Term
from wellsourced.library.reference import Reference
from wellsourced.plugin import pagefind_service, search_text
from wellsourced.plugin.cbor import FormError
from wellsourced.plugin.files import put
from wellsourced.plugin.pagefind_amend import Change, amend, shown
from wellsourced.plugin.pagefind_index import Load
from wellsourced.plugin.pagefind_service import IndexingError, Page, Record

FOLDER = "pagefind"
PAGES = 500
"""Documents of which a part of the index holds the pages: it is made in a second or so."""
_FEW = 40
"""Changed pages and records of a part above which it is quicker to make it whole."""
_NOTHING = {"pagefind-entry.json": b'{"languages":{}}'}
"""An index of nothing."""
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
    """The pages that are other files now, or none → what they were when that index was made."""
    came: frozenset[str] = frozenset()
    """The pages that were not there when that index was made."""
    relisted: bool = False
    """Whether the library is another one than it was then."""

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
    items: list[Page | Record] = list(_pages(_texts(part.pages)))
    if part.library:
        items += _records(part.library, part.language)
    return {
        name: data
        for name, data in pagefind_service.index(items, search_text.FURNITURE).items()
        if not part.number or (name.startswith(_DATA) and name != _PROGRAM)
    }


def _amended(part: Part) -> tuple[Mapping[str, bytes], Collection[str]] | None:
    """Index anew only what reads otherwise, came or went; None when all must be made anew."""
    if not part.last:
        return None
    last = {name.removeprefix(f"{part.folder}/"): path for name, path in part.last.items()}
    names = sorted(part.pages.keys() & {*part.before, *part.came})
    old = _texts(part.before)
    new = _texts({name: part.pages[name] for name in names})
    pages = [name for name in old.keys() | new.keys() if old.get(name) != new.get(name)]
    were, are = (_pages({name: one.get(name) for name in pages}) for one in (old, new))
    records = list(_records(part.library, part.language)) if part.library else []
    order = {one.address: at for at, one in enumerate(records)}

    def load(name: str) -> bytes:
        return last[name].read_bytes()

    try:
        out, put = _relisted(load, records) if part.relisted else ([], [])
        if not pages and not part.relisted:
            return {}, last
        if len(pages) + len(out) + len(put) > _FEW:
            return None
        change = Change(
            _indexed([*were, *out]),
            _indexed([*are, *put]),
            lambda address: (order.get(address, -1), _path(address)),
            part.relisted,
        )
        return amend(last.keys(), load, change)
    except (FormError, LookupError):
        return None


def _indexed(items: Sequence[Page | Record]) -> Mapping[str, bytes]:
    return pagefind_service.index(items, search_text.FURNITURE) if items else _NOTHING


def _relisted(load: Load, records: Sequence[Record]) -> tuple[list[Record], list[Record]]:
    """Give the records of an index that are others now, and what is there for them."""
    old = {
        address: Record(
            address,
            one["meta"]["title"],
            one["content"],
            language,
            {name: value for name, (value,) in one["filters"].items()},
        )
        for address, (language, one) in shown(load).items()
        if "#" in address
    }
    new = {one.address: replace(one, text=" ".join(one.text.split())) for one in records}
    other = {address for address in old.keys() | new.keys() if old.get(address) != new.get(address)}
    return (
        [one for address, one in old.items() if address in other],
        [one for one in records if one.address in other],
    )


def _texts(pages: Mapping[str, Path]) -> Mapping[str, str | None]:
    return {name: search_text.reduce(path.read_bytes()) for name, path in pages.items()}


def _pages(texts: Mapping[str, str | None]) -> list[Page]:
    """List the pages that want to be found, in the order of their paths."""
    return [
        Page("/" + name.removesuffix("index.html"), text)
        for name, text in sorted(texts.items())
        if text is not None
    ]


def _path(address: str) -> str:
    """Give the path of the page at an address, which parts are sorted by."""
    return address[1:] + ("index.html" if address.endswith("/") else "")


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
