"""Change a Pagefind index where what it holds reads otherwise, came or went.

The result is what indexing all anew would give.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wellsourced.plugin import pagefind_index, pagefind_words
from wellsourced.plugin.cbor import FormError, decode, encode
from wellsourced.plugin.pagefind_index import (
    ENTRY,
    Index,
    Load,
    filter_file,
    fragment_file,
    named,
    pack,
    unpack,
)

_DIGITS = 7
"""Of a fragment's name, while no other fragment's begins with the same ones."""

Files = Mapping[str, bytes]
Order = Callable[[str], Any]
"""Give what an address is sorted by in an index."""


@dataclass(frozen=True, slots=True)
class Change:
    """Indexes of what changed alone, as it was and as it is; both are empty files for nothing.

    `order` sorts the addresses of all that is in the index; `moved` says that they may stand in
    another order than before.
    """

    old: Files
    new: Files
    order: Order
    moved: bool = False


def amend(
    names: Collection[str], load: Load, change: Change
) -> tuple[Mapping[str, bytes], frozenset[str]]:
    """Give the files that an index has in place of others, and which of its files stay.

    `names` are the index's files. Raises `FormError` where only indexing all anew shows what comes
    of it: another language, filter or field, or two pages that go by one name.
    """
    told = json.loads(load(ENTRY))
    leaders = pagefind_index.languages(load)
    were, are = (pagefind_index.languages(one.__getitem__) for one in (change.old, change.new))
    if not were.keys() | are.keys() <= leaders.keys():
        raise FormError
    made: dict[str, bytes] = {}
    gone: set[str] = set()
    for language in leaders if change.moved else were.keys() | are.keys():
        index = pagefind_index.read(load, language, leaders[language])
        nothing = replace(index, pages=(), words={}, filters=())
        out, put = (
            pagefind_index.read(files.__getitem__, language, known[language])
            if language in known
            else nothing
            for files, known in ((change.old, were), (change.new, are))
        )
        index, filters = _amended(index, out, put, load, change)
        name, files = pagefind_index.write(index)
        told["languages"][language] |= {"hash": name, "page_count": len(index.pages)}
        made |= {**files, **filters}
        made |= {file: change.new[file] for file in _fragments(put)}
        gone |= {leaders[language], *_fragments(out)}
        gone |= {one for one in names if one.startswith(f"index/{language}_")}
        gone |= {one for one in names if one.startswith(f"filter/{language}_") and filters}
    made[ENTRY] = pagefind_index.entry(told)
    return made, frozenset(names) - gone - made.keys()


def shown(load: Load) -> Mapping[str, tuple[str, Mapping[str, Any]]]:
    """Map each address in an index to its language and to what is shown of it."""
    found = {}
    for language, leader in pagefind_index.languages(load).items():
        for name, _ in pagefind_index.pages(load, leader):
            one = _shown(load, name)
            found[str(one["url"])] = language, one
    return found


def _amended(
    index: Index, out: Index, put: Index, load: Load, change: Change
) -> tuple[Index, Files]:
    """Give an index with some pages in place of others, and its filters where they differ."""
    before = [_shown(change.old.__getitem__, name) for name, _ in out.pages]
    after = [_shown(change.new.__getitem__, name) for name, _ in put.pages]
    numbers = {name: number for number, (name, _) in enumerate(index.pages)}
    taken = [numbers.get(name, -1) for name, _ in out.pages]
    _check(index, out, put, taken)
    words = pagefind_words.replace(index.words, pagefind_words.renumber(out.words, taken), {})
    filters: Files = {}
    if not change.moved and [_found(one) for one in before] == [_found(one) for one in after]:
        pages, places = list(index.pages), taken
    else:
        addresses = [str(_shown(load, name)["url"]) for name, _ in index.pages]
        came = [str(one["url"]) for one in after]
        stay = {one for at, one in enumerate(addresses) if at not in set(taken)}
        order = {one: at for at, one in enumerate(sorted({*stay, *came}, key=change.order))}
        if len(order) != len(addresses) - len(taken) + len(came) or not order:
            raise FormError
        kept = [order[one] if one in stay else -1 for one in addresses]
        places = [order[one] for one in came]
        pages = [("", 0)] * len(order)
        for at, page in zip(kept, index.pages, strict=True):
            if at >= 0:
                pages[at] = page
        if kept != [*range(len(kept))]:
            words = pagefind_words.renumber(words, kept)
        index, filters = _sieved(index, load, kept, list(zip(places, after, strict=True)))
    for at, page in zip(places, put.pages, strict=True):
        pages[at] = page
    if len({name for name, _ in pages}) != len(pages):
        raise FormError
    words = pagefind_words.replace(words, {}, pagefind_words.renumber(put.words, places))
    return replace(index, pages=tuple(pages), words=words), filters


def _check(index: Index, out: Index, put: Index, taken: Sequence[int]) -> None:
    """Raise `FormError` for indexes that do not go together, or for names that may change."""
    kinds = {(one.version, one.fields, one.sorts) for one in (index, out, put)}
    length = len(index.language) + 1 + _DIGITS
    names = [name for name, _ in (*index.pages, *put.pages)]
    if len(kinds) > 1 or index.sorts or -1 in taken or any(len(name) != length for name in names):
        raise FormError


def _sieved(
    index: Index, load: Load, kept: Sequence[int], after: Sequence[tuple[int, Mapping[str, Any]]]
) -> tuple[Index, Files]:
    """Give an index and its filters with its pages under other numbers, and others beside them."""
    files = {}
    named_filters = []
    for kind, name in index.filters:
        told, values = decode(unpack(load(filter_file(name))))
        sieve = {
            value: [kept[page] for page in pages if kept[page] >= 0] for value, pages in values
        }
        for at, one in after:
            for value in one["filters"].get(kind, ()):
                sieve.setdefault(value, []).append(at)
        held = [[value, sorted(pages)] for value, pages in sieve.items() if pages]
        data = pagefind_index.sort(encode([told, held]))
        new = named(index.language, data, 7)
        files[filter_file(new)] = pack(data)
        named_filters.append((kind, new))
    known = {kind for kind, _ in named_filters}
    if any(not one["filters"].keys() <= known for _, one in after):
        raise FormError
    return replace(index, filters=tuple(named_filters)), files


def _found(one: Mapping[str, Any]) -> tuple[Any, Any]:
    return one["url"], one["filters"]


def _shown(load: Load, name: str) -> Mapping[str, Any]:
    """Read what is shown of a page. Raises `FormError` when it is not there."""
    try:
        one: Mapping[str, Any] = json.loads(unpack(load(fragment_file(name))))
    except (ValueError, LookupError):
        raise FormError from None
    return one


def _fragments(index: Index) -> list[str]:
    return [fragment_file(name) for name, _ in index.pages]
