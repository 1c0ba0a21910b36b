"""Name a reference after its first author and year, as in "gattie2017", "gattie2017b"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count
from string import ascii_lowercase

_SMALL_WORDS = frozenset("a an and at by for from in of on or the to with".split())


def make_keys(works: Sequence[Mapping[str, object]], taken: Collection[str]) -> tuple[str, ...]:
    """Give each work its key, none of which is in `taken`.

    Works of one author and year get the suffixes a, b, … in their order; where the key without a
    suffix is in use already it counts as the "a".
    """
    stems = [_author(work) + _year(work) for work in works]
    used = set(taken)
    made: list[str] = []
    for stem in stems:
        is_alone = stems.count(stem) == 1 and not any(f"{stem}{a}" in used for a in ascii_lowercase)
        key = stem if is_alone and stem not in used else next(_free(stem, used))
        used.add(key)
        made.append(key)
    return tuple(made)


def _free(stem: str, used: Collection[str]) -> Iterator[str]:
    suffixes = ascii_lowercase[1:] if stem in used else ascii_lowercase
    yield from (f"{stem}{one}" for one in suffixes if f"{stem}{one}" not in used)
    yield from (f"{stem}-{n}" for n in count(2) if f"{stem}-{n}" not in used)


def _year(work: Mapping[str, object]) -> str:
    issued = work.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    return str(parts[0][0]) if parts and parts[0] else "nd"


def _author(work: Mapping[str, object]) -> str:
    for role in ("author", "editor"):
        people = work.get(role)
        if isinstance(people, list) and people and isinstance(people[0], Mapping):
            family, whole = str(people[0].get("family", "")), str(people[0].get("literal", ""))
            if stem := _fold(family) or _organisation(whole):
                return stem
    words = [word for word in _words(str(work.get("title", ""))) if word not in _SMALL_WORDS]
    return words[0] if words else "work"


def _organisation(name: str) -> str:
    """Give the initials of a name of three words or more, else the whole name."""
    words = [word for word in _words(name) if word not in _SMALL_WORDS]
    return "".join(word[0] for word in words) if len(words) > 2 else "".join(words)


def _fold(text: str) -> str:
    return "".join(_words(text))


def _words(text: str) -> list[str]:
    """Give the words of a text in small ASCII letters and digits."""
    bare = unicodedata.normalize("NFKD", re.sub(r"<[^>]*>|['’]", "", text))
    letters = "".join(one for one in bare if not unicodedata.combining(one)).casefold()
    return re.findall(r"[a-z0-9]+", letters.replace("ø", "o").replace("ł", "l").replace("æ", "ae"))
