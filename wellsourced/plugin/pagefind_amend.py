"""Change a Pagefind index where some pages read otherwise, to what indexing all anew would give."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from wellsourced.plugin import pagefind_index, pagefind_words
from wellsourced.plugin.cbor import FormError
from wellsourced.plugin.pagefind_index import ENTRY, Index, Load, fragment_file

_DIGITS = 7
"""Of a fragment's name, while no other fragment's begins with the same ones."""

Files = Mapping[str, bytes]


def amend(
    names: Collection[str], load: Load, old: Files, new: Files
) -> tuple[Mapping[str, bytes], frozenset[str]]:
    """Give the files that an index has in place of others, and which of its files stay.

    `names` are the index's files; `old` and `new` are indexes of the pages that changed alone, as
    they were and as they are, in one order. Raises `FormError` where only indexing all anew shows
    what comes of it: another language, filter or field, or two pages that go by one name.
    """
    told = json.loads(load(ENTRY))
    leaders, were, are = map(pagefind_index.languages, (load, old.__getitem__, new.__getitem__))
    if not were.keys() == are.keys() <= leaders.keys():
        raise FormError
    made: dict[str, bytes] = {}
    gone: set[str] = set()
    for language, leader in are.items():
        index = pagefind_index.read(load, language, leaders[language])
        out = pagefind_index.read(old.__getitem__, language, were[language])
        put = pagefind_index.read(new.__getitem__, language, leader)
        if _pages(out, old) != _pages(put, new):
            raise FormError
        name, files = pagefind_index.write(_amended(index, out, put))
        told["languages"][language]["hash"] = name
        made |= files
        made |= {file: new[file] for one, _ in put.pages for file in [fragment_file(one)]}
        gone |= {leaders[language], *(fragment_file(one) for one, _ in out.pages)}
        gone |= {one for one in names if one.startswith(f"index/{language}_")}
    made[ENTRY] = pagefind_index.entry(told)
    return made, frozenset(names) - gone - made.keys()


def _amended(index: Index, out: Index, put: Index) -> Index:
    """Give an index with some of its pages in place of others. Raises `FormError`."""
    kinds = {(one.version, one.fields, one.sorts) for one in (index, out, put)}
    pages = list(index.pages)
    places = {name: number for number, (name, _) in enumerate(pages)}
    numbers = [places.get(name, -1) for name, _ in out.pages]
    for number, page in zip(numbers, put.pages, strict=True):
        pages[number] = page
    length = len(index.language) + 1 + _DIGITS
    alone = len({name for name, _ in pages}) == len(pages)
    if len(kinds) > 1 or index.sorts or -1 in numbers or numbers != sorted(numbers) or not alone:
        raise FormError
    if any(len(name) != length for name, _ in (*pages, *index.pages)):
        raise FormError
    words = pagefind_words.replace(
        index.words,
        pagefind_words.renumber(out.words, numbers),
        pagefind_words.renumber(put.words, numbers),
    )
    return replace(index, pages=tuple(pages), words=words)


def _pages(index: Index, files: Files) -> list[tuple[Any, Any]]:
    """List the addresses of pages with the filters that find them."""
    shown = [
        json.loads(pagefind_index.unpack(files[fragment_file(name)])) for name, _ in index.pages
    ]
    return [(one["url"], one["filters"]) for one in shown]
