"""Read off a regular expression what every text that it matches must hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

try:
    from re import _parser as expressions  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    expressions = None
    """Where Python does not tell how an expression is built, every pattern is tried."""


@cache
def needed(expression: re.Pattern[str]) -> frozenset[str]:
    """Give texts of which every match holds at least one; none when nothing can be said.

    What is looked at behind a match counts as held by it: it is in the same text.
    """
    if expressions is None:  # pragma: no cover
        return frozenset()
    found = _of_all(expressions.parse(expression.pattern, expression.flags))
    if expression.flags & re.IGNORECASE and any(one.upper() != one.lower() for one in found):
        return frozenset()
    return found


def _of_all(items: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """Choose among what the parts of a sequence need: what is rarest in running text."""
    needs, run = [], ""
    for kind, told in items:
        if str(kind) == "LITERAL":
            run += chr(told)
        else:
            needs += [frozenset({run}), _of(kind, told)]
            run = ""
    needs.append(frozenset({run}))
    return min(
        (one for one in needs if one and "" not in one), key=_commonness, default=frozenset()
    )


def _commonness(texts: frozenset[str]) -> tuple[int, int, int]:
    return max(min(map(frequency, one)) for one in texts), len(texts), -min(map(len, texts))


def frequency(character: str) -> int:
    """Rank a character by how common it is in running text."""
    return 2 if character == " " or character.isalnum() else int(character in ".,\n\"'")


def _of(kind: Any, told: Any) -> frozenset[str]:
    """Give what one part of an expression needs."""
    match str(kind):
        case "IN" if all(str(one) == "LITERAL" for one, _ in told):
            return frozenset(chr(code) for _, code in told)
        case "BRANCH":
            return _of_any(told[1])
        case "SUBPATTERN" if not told[1] & re.IGNORECASE:
            return _of_all(told[3])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT" if told[0]:
            return _of_all(told[2])
        case "ATOMIC_GROUP":
            return _of_all(told)
        case "ASSERT" if told[0] > 0:
            return _of_all(told[1])
    return frozenset()


def _of_any(branches: Iterable[Iterable[tuple[Any, Any]]]) -> frozenset[str]:
    """Join what alternatives need; nothing when one of them needs nothing."""
    needs = [_of_all(branch) for branch in branches]
    return frozenset().union(*needs) if all(needs) else frozenset()
