"""Tell which misspelling leaves no doubt of what was meant, so that a machine may mend it.

A near miss is not enough: "lee2019" may be meant for "li2019", but also for a work that is not in
the references yet, and the wrong source behind a claim is worse than none. In an open list a name
is certain only when all its letters and digits are right; in a closed list, whose every member is
known, one slip of the finger is certain too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_SHORTEST = 4  # letters; of shorter words one slip makes others ("dont" is four)


def same_letters(name: str, known: Iterable[str]) -> str | None:
    """Give the one known name of the same letters and digits, case and punctuation aside."""
    return _only(one for one in known if _bare(one) == _bare(name) != "")


def one_slip(word: str, closed: Iterable[str]) -> str | None:
    """Give the one word of a closed list that is `word` but for one slip, case aside.

    A slip is a letter too many, missing, wrong, or two in the wrong order (Damerau 1964).
    """
    if len(word) < _SHORTEST:
        return None
    return _only(one for one in closed if _is_slip(word.casefold(), one.casefold()))


def _only(names: Iterable[str]) -> str | None:
    found = set(names)
    return found.pop() if len(found) == 1 else None


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _is_slip(one: str, other: str) -> bool:
    """Tell whether two words are the same but for one slip at most."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (left[:2] == right[:2][::-1] and left[2:] == right[2:])
    )
