"""Read and write the words of a Pagefind index: which page holds which word, and where.

A chunk of Pagefind 1.5 is CBOR (RFC 8949): `[[word, [page, …], [[other spelling, [page, …]], …]],
…]`, in the order of the words' bytes. A page is `[number, [place, …], [place in the title, …]]`,
its number counted from that of the page before it. Nothing but the pages that change is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wellsourced.plugin.cbor import FormError, head, put_head

CHUNK = 48_000
"""Bytes of pages at which a chunk is full."""

_WHOLE = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a]....)"
_LIST = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a....)%s*+" % _WHOLE
_PAGE = re.compile(rb"\x83(%s)(%s%s)" % (_WHOLE, _LIST, _LIST), re.S)
_PAGES = re.compile(rb"(?:\x83%s%s%s)*+" % (_WHOLE, _LIST, _LIST), re.S)

Pages = tuple[int, bytes]
"""How many pages hold a word, and what a chunk says of them."""


@dataclass(frozen=True, slots=True)
class Word:
    """Where a word is found as it is searched for, and in its other spellings."""

    pages: Pages
    spellings: Mapping[bytes, Pages]


Words = dict[bytes, Word]

_NONE: Pages = (0, b"")
_NOWHERE = Word(_NONE, {})


def read(chunk: bytes) -> Iterator[tuple[bytes, Word]]:
    """Yield the words of a chunk. Raises `FormError` for bytes of another form."""
    count, place = head(chunk, _expected(chunk, 0, b"\x81"), 4)
    for _ in range(count):
        word, place = _text(chunk, _expected(chunk, place, b"\x83"))
        pages, place = _pages(chunk, place)
        others, place = head(chunk, place, 4)
        spellings = {}
        for _ in range(others):
            form, place = _text(chunk, _expected(chunk, place, b"\x82"))
            spellings[form], place = _pages(chunk, place)
        yield word, Word(pages, spellings)
    if place != len(chunk):
        raise FormError


def write(words: Words) -> Iterator[tuple[str, str, bytes]]:
    """Yield chunks of words in the order of their bytes: the first word, the last, the chunk."""
    names: list[bytes] = []
    parts: list[bytes] = []
    size = 0
    for name in sorted(words):
        encoded = b"".join(_encoded(name, words[name]))
        names.append(name)
        parts.append(encoded)
        size += len(encoded)
        if size >= CHUNK:
            yield _chunk(names, parts)
            names, parts, size = [], [], 0
    if names:
        yield _chunk(names, parts)


def replace(words: Words, old: Words, fresh: Words) -> Words:
    """Give words with the pages of `old` taken out and those of `fresh` put in; numbers agree.

    Raises `FormError` when what is to be taken out is not there.
    """
    found = dict(words)
    for name in old.keys() | fresh.keys():
        there, out, put = (one.get(name, _NOWHERE) for one in (words, old, fresh))
        spellings = dict(there.spellings)
        for form in out.spellings.keys() | put.spellings.keys():
            pages = (one.spellings.get(form, _NONE) for one in (there, out, put))
            spellings[form] = _replaced(*pages)
        spellings = {form: pages for form, pages in spellings.items() if pages[0]}
        word = Word(_replaced(there.pages, out.pages, put.pages), spellings)
        if word.pages[0] or spellings:
            found[name] = word
        else:
            del found[name]
    return found


def renumber(words: Words, numbers: Sequence[int]) -> Words:
    """Give the same words, each page under the number that stands at its own in `numbers`."""

    def other(pages: Pages) -> Pages:
        return _joined(sorted((numbers[number], rest) for number, rest in _listed(pages)))

    return {
        name: Word(
            other(word.pages), {form: other(pages) for form, pages in word.spellings.items()}
        )
        for name, word in words.items()
    }


def _replaced(pages: Pages, out: Pages, put: Pages) -> Pages:
    if not out[0] and not put[0]:
        return pages
    listed = dict(_listed(pages))
    for number, rest in _listed(out):
        if listed.pop(number, None) != rest:
            raise FormError
    listed.update(_listed(put))
    return _joined(sorted(listed.items()))


def _listed(pages: Pages) -> list[tuple[int, bytes]]:
    """List pages as their number and the rest."""
    number = 0
    found = []
    for delta, rest in _PAGE.findall(pages[1]):
        number += delta[0] if len(delta) == 1 else int.from_bytes(delta[1:])
        found.append((number, rest))
    return found


def _joined(pages: Iterable[tuple[int, bytes]]) -> Pages:
    last = count = 0
    parts = []
    for number, rest in pages:
        parts += [b"\x83", put_head(0, number - last), rest]
        last = number
        count += 1
    return count, b"".join(parts)


def _pages(chunk: bytes, place: int) -> tuple[Pages, int]:
    count, place = head(chunk, place, 4)
    found = _PAGES.match(chunk, place)
    end = found.end() if found and count else place
    return (count, chunk[place:end]), end


def _encoded(name: bytes, word: Word) -> Iterator[bytes]:
    yield from (b"\x83", put_head(3, len(name)), name)
    yield from (put_head(4, word.pages[0]), word.pages[1])
    yield put_head(4, len(word.spellings))
    for form in sorted(word.spellings):
        count, pages = word.spellings[form]
        yield from (b"\x82", put_head(3, len(form)), form, put_head(4, count), pages)


def _chunk(names: list[bytes], parts: list[bytes]) -> tuple[str, str, bytes]:
    chunk = b"".join([b"\x81", put_head(4, len(parts)), *parts])
    return names[0].decode(), names[-1].decode(), chunk


def _text(chunk: bytes, place: int) -> tuple[bytes, int]:
    length, place = head(chunk, place, 3)
    return chunk[place : place + length], place + length


def _expected(chunk: bytes, place: int, byte: bytes) -> int:
    if chunk[place : place + 1] != byte:
        raise FormError
    return place + 1
