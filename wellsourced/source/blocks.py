"""Find `///` blocks as pymdownx does: an end closes the block with as many slashes.

The lines between the fences come back as regions, each the body of one block, so that what
stands in a block is read on its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from wellsourced.source import options
from wellsourced.source.document import Block, Fence
from wellsourced.source.spans import Line, LineIndex, Span

_OPEN = re.compile(r"[ ]{0,3}(?P<fence>/{3,})[ ]*(?P<name>[\w-]+)[ ]*(?:\|[ ]*(?P<title>.*))?$")
_CLOSE = re.compile(r"[ ]{0,3}(?P<fence>/{3,})[ ]*$")
_SLASHES = re.compile(r"[\s>]*(?:(?:[*+-]|\d+\.)\s+)?(?P<rest>/{2,}+(?![/\w.]*\.).*)", re.DOTALL)
_OPTION = re.compile(r"[ ]{4,}\S")


@dataclass(frozen=True, slots=True)
class Region:
    """Lines in a row whose innermost block is the same; `block` is its index, or None."""

    block: int | None
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class _Open:
    """A block whose end was not seen yet."""

    number: int
    start: Line
    words: re.Match[str]
    options_span: Span | None
    body_start: int

    @property
    def fence(self) -> int:
        """Count the slashes."""
        return len(self.words["fence"])


@dataclass(slots=True)
class Blocks:
    """The blocks in the order of their opening lines, stray fences, regions and fence lines."""

    blocks: list[Block] = field(default_factory=list)
    fences: list[Fence] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    markup: list[Span] = field(default_factory=list)


def read(index: LineIndex, lines: list[Line]) -> Blocks:
    """Read the blocks of `lines`, whose code and comments are blanked."""
    found = Blocks()
    open_blocks: list[_Open] = []
    open_fences: dict[int, int] = {}
    finished: dict[int, Block] = {}
    position = count = 0
    region: list[Line] = []

    def end_region() -> None:
        nonlocal region
        if region:
            number = open_blocks[-1].number if open_blocks else None
            found.regions.append(Region(number, region))
            region = []

    def close(end: Line, fence: int) -> None:
        while open_blocks:
            block = open_blocks.pop()
            open_fences[block.fence] -= 1
            closed = block.fence == fence
            stop = end.span.end if closed else end.span.start
            parent = open_blocks[-1].number if open_blocks else None
            finished[block.number] = _block(index, block, parent, end.span.start, stop, closed)
            if closed:
                return

    while position < len(lines):
        line = lines[position]
        position += 1
        if "/" not in line.text:
            region.append(line)
        elif opened := _OPEN.match(line.text):
            end_region()
            options_span, position = _options_under(lines, position)
            body_start = lines[position].span.start if position < len(lines) else len(index.text)
            block = _Open(count, line, opened, options_span, body_start)
            open_blocks.append(block)
            open_fences[block.fence] = open_fences.get(block.fence, 0) + 1
            found.regions.append(Region(count, []))
            count += 1
            found.markup += [line.span, options_span] if options_span else [line.span]
        elif closing := _CLOSE.match(line.text):
            end_region()
            found.markup.append(line.span)
            fence = len(closing["fence"])
            if open_fences.get(fence):
                close(line, fence)
            else:
                found.fences.append(Fence(_trimmed(line), "stray end"))
        else:
            if slashes := _SLASHES.match(line.text):
                found.fences.append(_fence(line, slashes))
            region.append(line)
    end_region()
    end = len(index.text)
    close(Line(0, Span(end, end), ""), 0)
    found.blocks = [finished[number] for number in range(count)]
    return found


def _block(
    index: LineIndex, block: _Open, parent: int | None, body_end: int, end: int, closed: bool
) -> Block:
    start, words = block.start.span.start, block.words
    title = (words["title"] or "").rstrip(" ")
    title_start = start + (words.start("title") if title else words.end("name"))
    values, fault = options.read(index, block.options_span) if block.options_span else ({}, None)
    return Block(
        name=words["name"],
        title=title,
        options=values,
        fence=block.fence,
        parent=parent,
        span=Span(start, end),
        name_span=Span(start + words.start("name"), start + words.end("name")),
        title_span=Span(title_start, title_start + len(title)),
        body_span=Span(min(block.body_start, body_end), body_end),
        closed=closed,
        options_fault=fault,
    )


def _fence(line: Line, slashes: re.Match[str]) -> Fence:
    rest = slashes["rest"].rstrip()
    whole = bool(_OPEN.match(rest) or _CLOSE.match(rest))
    start = line.span.start + slashes.start("rest")
    return Fence(Span(start, start + len(rest)), "indented" if whole else "malformed")


def _options_under(lines: list[Line], position: int) -> tuple[Span | None, int]:
    """Find the indented lines right under a block's opening line."""
    first = position
    while position < len(lines) and _OPTION.match(lines[position].text):
        position += 1
    if position == first:
        return None, position
    return Span(lines[first].span.start, lines[position - 1].span.end), position


def _trimmed(line: Line) -> Span:
    """Give a line's span without the white space around its text."""
    lead = len(line.text) - len(line.text.lstrip())
    return Span(line.span.start + lead, line.span.start + len(line.text.rstrip()))
