"""Split a table's row into its cells, as Python-Markdown's tables extension does."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

_DELIMITER = re.compile(r"[ ]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")
_SIGNS = re.compile(r"(?P<other>\\\\)|\\(?P<escaped>`+)|(?P<ticks>`+)|(?P<bar>\\?\|)")


def is_delimiter(text: str) -> bool:
    """Tell whether a line is the one of dashes under a table's header."""
    return "-" in text and bool(_DELIMITER.match(text))


def has_border(header: str) -> bool:
    """Tell whether a header row begins or ends with a bar."""
    text = header.strip(" ")
    return text.startswith("|") or bool(text.endswith("|") and not text.endswith("\\|"))


def cells(text: str, bordered: bool) -> list[tuple[int, int]]:
    """Give the start and end of each cell's text; `bordered` rows begin or end with a bar."""
    start = len(text) - len(text.lstrip(" "))
    end = len(text.rstrip(" "))
    bars = _bars(text, start, end)
    if bordered and bars and bars[0] == start:
        start += 1
        bars = bars[1:]
    if bordered and bars and bars[-1] == end - 1:
        end -= 1
        bars = bars[:-1]
    edges = [start - 1, *bars, end]
    return [_trimmed(text, before + 1, after) for before, after in pairwise(edges)]


def _bars(text: str, start: int, end: int) -> list[int]:
    """Find the bars that part cells: neither escaped nor inside code."""
    bars: list[int] = []
    ticks: list[tuple[int, int]] = []
    for sign in _SIGNS.finditer(text, start, end):
        if sign["ticks"]:
            ticks.append(sign.span("ticks"))
        elif sign["escaped"] and len(sign["escaped"]) > 1:
            ticks.append((sign.start("escaped") + 1, sign.end("escaped")))
        elif sign["bar"] == "|":
            bars.append(sign.start("bar"))
    if not ticks or not bars:
        return bars
    regions = _code(ticks)
    starts = [region[0] for region in regions]
    return [bar for bar in bars if not _inside(bar, starts, regions)]


def _code(ticks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pair each run of backticks with the next of its length."""
    regions: list[tuple[int, int]] = []
    position = 0
    while position < len(ticks):
        start, end = ticks[position]
        size = end - start
        close = next(
            (n for n in range(position + 1, len(ticks)) if ticks[n][1] - ticks[n][0] == size), None
        )
        if close is None:
            position += 1
            continue
        regions.append((start, ticks[close][1]))
        position = close + 1
    return regions


def _inside(bar: int, starts: list[int], regions: list[tuple[int, int]]) -> bool:
    number = bisect_left(starts, bar) - 1
    return number >= 0 and bar < regions[number][1]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    return start, end
