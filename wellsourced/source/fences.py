"""Find what Python-Markdown takes out before it reads blocks: code fences and comments.

A fence stands at the start of its line and closes with the very same marks (fenced_code's
`FENCED_BLOCK_RE`); a comment that begins a line is a block of its own (`HTMLExtractor`).
A comment in the middle of a line is read with the inline constructs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from wellsourced.source.document import Allowance
from wellsourced.source.spans import Line, LineIndex, Span

_OPEN = re.compile(
    r"(?P<fence>`{3,}|~{3,})[ ]*"
    r"(?:\{[^\n]*\}|\.?[\w#.+-]*[ ]*(?:hl_lines=(?:\"[^\"]*\"|'[^']*')[ ]*)?)$"
)
_CLOSE = re.compile(r"(?P<fence>`{3,}|~{3,})[ ]*$")
_COMMENT_OPEN = re.compile(r"^[ ]{0,3}(?P<mark><!--)", re.MULTILINE)
_COMMENT_CLOSE = re.compile(r"--!?>")
_ALLOW = re.compile(r"<!--\s*allow\b\s*(?P<code>[A-Za-z]\w*)?\s*(?::(?P<reason>.*))?-->", re.DOTALL)


def code(lines: list[Line]) -> Iterator[Span]:
    """Yield each closed code fence with its two marks."""
    closing: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if line.text[:3] in ("```", "~~~") and (close := _CLOSE.match(line.text)):
            closing.setdefault(close["fence"], []).append(number)
    position = 0
    while closing and position < len(lines):
        text = lines[position].text
        opened = _OPEN.match(text) if text[:3] in ("```", "~~~") else None
        numbers = closing.get(opened["fence"], []) if opened else []
        following = bisect_right(numbers, position)
        if following == len(numbers):
            position += 1
            continue
        close_at = numbers[following]
        yield Span(lines[position].span.start, lines[close_at].span.end)
        position = close_at + 1


def comments(text: str, start: int) -> Iterator[Span]:
    """Yield each comment that begins a line; `text` has its code fences blanked."""
    position = start
    while opened := _COMMENT_OPEN.search(text, position):
        close = _COMMENT_CLOSE.search(text, opened.end())
        if not close:
            return
        yield Span(opened.start("mark"), close.end())
        position = close.end()


def allowances(index: LineIndex, text: str, found: list[Span]) -> Iterator[Allowance]:
    """Read the comments that are exceptions; `text` is the file with its comments in it."""
    numbers: list[int] = []
    for span in found:
        if allow := _ALLOW.fullmatch(text, span.start, span.end):
            numbers = numbers or _lines_of_text(index)
            reason = " ".join((allow["reason"] or "").split())
            line = _next_text_line(index, span.end, numbers)
            yield Allowance(allow["code"] or "", reason, span, line)


def _next_text_line(index: LineIndex, end: int, numbers: list[int]) -> int:
    """Give the number of the first line with text after a comment, its own line included."""
    number = index.position(end)[0]
    if index.text[end : index.lines[number - 1].span.end].strip():
        return number
    following = bisect_right(numbers, number)
    return numbers[following] if following < len(numbers) else number


def _lines_of_text(index: LineIndex) -> list[int]:
    """List the numbers of the lines that hold more than a comment."""
    words = ((line.number, line.text.strip()) for line in index.lines)
    return [n for n, w in words if w and not (w.startswith("<!--") and w.endswith("-->"))]
