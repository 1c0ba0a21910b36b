"""Blank parts of a text offset for offset, so that what is left keeps its place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wellsourced.source.spans import Span

BLANK = "\x00"
"""Stands in the masked text for a character that is not prose; no article may hold it."""

_NO_LINE_END = re.compile(r"[^\r\n]")


def blank(text: str, spans: Iterable[Span], filler: str = BLANK) -> str:
    """Replace each character of the spans by `filler`, line ends kept; spans may overlap."""
    pieces: list[str] = []
    position = 0
    for start, end in sorted((span.start, span.end) for span in spans):
        if end <= position:
            continue
        begin = max(start, position)
        pieces.append(text[position:begin])
        pieces.append(_NO_LINE_END.sub(filler, text[begin:end]))
        position = end
    if not pieces:
        return text
    pieces.append(text[position:])
    return "".join(pieces)


def level_line_ends(text: str) -> str:
    r"""End every line with `\n` and keep every offset: a `\r` before it becomes a space."""
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text
