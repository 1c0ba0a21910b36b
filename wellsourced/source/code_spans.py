"""Find inline code, as Python-Markdown's `BacktickInlineProcessor` does."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

_TICKS = re.compile(r"`+")


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each code span with its backticks.

    A run of backticks closes with the next run of its length; failing that, its last ones
    open what the longest shorter run closes.
    """
    runs = [(found.start(), len(found[0])) for found in _TICKS.finditer(text)]
    places: dict[int, list[int]] = {}
    for number, (_, size) in enumerate(runs):
        places.setdefault(size, []).append(number)
    longest = _longest_after(runs)
    number = 0
    while number < len(runs):
        start, size = runs[number]
        if _escaped(text, start):
            start, size = start + 1, size - 1
        close = _next(places.get(size, []), number) if size else None
        if close is None and size and longest[number] is not None:
            fallback = longest[number]
            if fallback is not None and runs[fallback][1] < size:
                start += size - runs[fallback][1]
                close = fallback
        if close is None:
            number += 1
            continue
        yield start, runs[close][0] + runs[close][1]
        number = close + 1


def _next(numbers: list[int], number: int) -> int | None:
    following = bisect_right(numbers, number)
    return numbers[following] if following < len(numbers) else None


def _longest_after(runs: list[tuple[int, int]]) -> list[int | None]:
    """Give for each run the first of the longest runs after it."""
    longest: list[int | None] = [None] * len(runs)
    best: int | None = None
    for number in range(len(runs) - 1, -1, -1):
        longest[number] = best
        if best is None or runs[number][1] >= runs[best][1]:
            best = number
    return longest


def _escaped(text: str, start: int) -> bool:
    """Tell whether an odd number of backslashes stands before an offset."""
    before = start
    while before and text[before - 1] == "\\":
        before -= 1
    return (start - before) % 2 == 1
