"""Read and write a Pagefind index of one language: its pages, its words, and what leads to them.

The file that leads is CBOR: `[version, [[fragment, words], …], [[first, last, chunk], …],
[[filter, file], …], sorts, fields]`, behind a signature and compressed like all others.
Pagefind writes the values of a filter in the order of a hash map, another one each time; here all
has an order of its own, and files are named after their bytes, so that the same index is the same
to the byte however it came about.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from typing import Any

from wellsourced.plugin import pagefind_words
from wellsourced.plugin.cbor import FormError, decode, encode
from wellsourced.plugin.pagefind_words import Words

ENTRY = "pagefind-entry.json"
_SIGNATURE = b"pagefind_dcd"
_LEVEL = 5
"""Of gzip: two hundredths larger than the best, in a sixth of its time."""

Load = Callable[[str], bytes]
"""Give the bytes of a file of an index by its name."""


@dataclass(frozen=True, slots=True)
class Index:
    """The index of a language; `pages` are pairs of a fragment's name and its number of words."""

    language: str
    version: str
    pages: tuple[tuple[str, int], ...]
    words: Words
    filters: tuple[tuple[str, str], ...]
    sorts: tuple[object, ...]
    fields: tuple[str, ...]

    @property
    def files(self) -> frozenset[str]:
        """Name the fragments and filters that it leads to."""
        fragments = {fragment_file(name) for name, _ in self.pages}
        return frozenset(fragments | {filter_file(name) for _, name in self.filters})


def fragment_file(name: str) -> str:
    """Name the file of what is shown of a page."""
    return f"fragment/{name}.pf_fragment"


def filter_file(name: str) -> str:
    """Name the file of a filter."""
    return f"filter/{name}.pf_filter"


def languages(load: Load) -> Mapping[str, str]:
    """Map the languages of an index to the files that lead to theirs. Raises `FormError`."""
    try:
        told: Mapping[str, Mapping[str, str]] = json.loads(load(ENTRY))["languages"]
        return {language: f"pagefind.{one['hash']}.pf_meta" for language, one in told.items()}
    except (ValueError, LookupError, TypeError, AttributeError):
        raise FormError from None


def read(load: Load, language: str, leader: str) -> Index:
    """Read the index of a language. Raises `FormError`."""
    try:
        version, pages, chunks, filters, sorts, fields = decode(unpack(load(leader)))
        words: Words = {}
        for _, _, name in chunks:
            words.update(pagefind_words.read(unpack(load(f"index/{name}.pf_index"))))
        return Index(
            language,
            version,
            tuple((name, count) for name, count in pages),
            words,
            tuple((name, file) for name, file in filters),
            tuple(sorts),
            tuple(fields),
        )
    except (ValueError, LookupError, TypeError):
        raise FormError from None


def pages(load: Load, leader: str) -> Sequence[tuple[str, int]]:
    """List the pages of an index of one language, as it does. Raises `FormError`."""
    try:
        return [(str(name), int(count)) for name, count in decode(unpack(load(leader)))[1]]
    except (ValueError, LookupError, TypeError):
        raise FormError from None


def write(index: Index) -> tuple[str, Mapping[str, bytes]]:
    """Give the name of the file that leads to an index, and its files: that one and the chunks."""
    files: dict[str, bytes] = {}
    chunks = []
    for first, last, data in pagefind_words.write(index.words):
        name = named(index.language, data, 7)
        files[f"index/{name}.pf_index"] = pack(data)
        chunks.append([first, last, name])
    for left, right in pairwise(chunks):
        left[1], right[0] = _bounds(left[0], left[1], right[0])
    data = encode([index.version, index.pages, chunks, index.filters, index.sorts, index.fields])
    name = named(index.language, data, 10)
    files[f"pagefind.{name}.pf_meta"] = pack(data)
    return name, files


def in_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give the files of an index as Pagefind made it in an order of their own.

    Raises `FormError` for files of another form.
    """
    found = {name: data for name, data in files.items() if not name.startswith("index/")}
    told = json.loads(files[ENTRY])
    for language, leader in languages(files.__getitem__).items():
        index = read(files.__getitem__, language, leader)
        del found[leader]
        filters = []
        for kind, name in index.filters:
            data = sort(unpack(found.pop(filter_file(name))))
            name = named(language, data, 7)
            found[filter_file(name)] = pack(data)
            filters.append((kind, name))
        name, made = write(replace(index, filters=tuple(sorted(filters))))
        found |= made
        told["languages"][language]["hash"] = name
    found[ENTRY] = entry(told)
    return {name: found[name] for name in sorted(found)}


def sort(data: bytes) -> bytes:
    """Sort the values of a filter: `[name, [[value, [page, …]], …]]`. Raises `FormError`."""
    try:
        name, values = decode(data)
        return encode([name, sorted(values, key=encode)])
    except (ValueError, TypeError):
        raise FormError from None


def entry(told: Mapping[str, Any]) -> bytes:
    """Write the file that a browser reads first."""
    languages = {name: told["languages"][name] for name in sorted(told["languages"])}
    return json.dumps({**told, "languages": languages}, ensure_ascii=False,
                      separators=(",", ":")).encode()  # fmt: skip


def named(language: str, data: bytes, digits: int) -> str:
    """Name a file after its bytes."""
    return f"{language}_{sha256(data).hexdigest()[:digits]}"


def unpack(data: bytes) -> bytes:
    """Give what a file of an index holds. Raises `FormError`."""
    try:
        held = gzip.decompress(data)
    except (OSError, EOFError):
        raise FormError from None
    if not held.startswith(_SIGNATURE):
        raise FormError
    return held[len(_SIGNATURE) :]


def pack(data: bytes) -> bytes:
    """Make a file of an index."""
    return gzip.compress(_SIGNATURE + data, _LEVEL, mtime=0)


def _bounds(first: str, last: str, following: str) -> tuple[str, str]:
    """Shorten the last word of a chunk and the first of the next to what tells them apart.

    A browser takes the chunk whose bounds hold a word, or the beginning of one.
    """
    shared = 0
    for one, other in zip(last, following, strict=False):
        if one != other:
            break
        shared += 1
    short = last[: shared + 1]
    return (short if short >= first else last), following[: shared + 1]
