"""Number references by first citation and tie each cite to its entry, there and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Cite:
    """One place that cites a reference: its number, and the id that a link back leads to."""

    key: str
    number: int
    id: str


@dataclass(frozen=True, slots=True)
class Backlink:
    """The link from an entry back to one of its cites, told from the others by a letter."""

    cite_id: str
    letter: str


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbers of one page.

    `numbers` maps key → number, in the order of numbers; `cites` keeps the order of the text;
    `backlinks` maps key → its cites, first to last.
    """

    numbers: Mapping[str, int]
    cites: tuple[Cite, ...]
    backlinks: Mapping[str, tuple[Backlink, ...]]


def number(keys: Iterable[str]) -> Numbering:
    """Number the cited keys, given in the order of the text, from 1 by their first cite.

    A cite's id is `cite-KEY-N`, where N counts the cites of that key from 1.
    """
    numbers: dict[str, int] = {}
    backlinks: dict[str, list[Backlink]] = {}
    cites: list[Cite] = []
    for key in keys:
        numbers.setdefault(key, len(numbers) + 1)
        own = backlinks.setdefault(key, [])
        cite = Cite(key, numbers[key], f"cite-{key}-{len(own) + 1}")
        own.append(Backlink(cite.id, letter(len(own) + 1)))
        cites.append(cite)
    return Numbering(
        MappingProxyType(numbers),
        tuple(cites),
        MappingProxyType({key: tuple(own) for key, own in backlinks.items()}),
    )


def letter(count: int) -> str:
    """Give the letters of a count from 1: a … z, then aa, ab … as spreadsheets name columns.

    Raises `ValueError` below 1.
    """
    if count < 1:
        raise ValueError(f"letters count from 1, not from {count}")
    letters = ""
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
