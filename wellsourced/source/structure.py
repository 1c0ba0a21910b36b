"""Find the block-level shape of a body: fences, comments, blocks, headings, prose.

It follows Python-Markdown's rules, not CommonMark's, since that is what renders the text.
Everything that is not prose is blanked in `masked`, offset for offset, so that the inline
pass sees no cite in a code sample.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from wellsourced.source import options
from wellsourced.source.document import Allowance, Block, Fence, Passage, PassageKind
from wellsourced.source.spans import Line, LineIndex, Span

BLANK = "\x00"
"""Stands in the masked text for a character that is not prose; no article may hold it."""

_CODE_FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})[ ]*(?:\{[^\n]*\}|[\w#.+-]*)[ ]*$")
_BLOCK_OPEN = re.compile(
    r"[ ]{0,3}(?P<fence>/{3,})[ ]*(?P<name>[\w-]+)[ ]*(?:\|[ ]*(?P<title>.*?)[ ]*)?$"
)
_BLOCK_CLOSE = re.compile(r"[ ]{0,3}(?P<fence>/{3,})[ ]*$")
_SLASHES = re.compile(r"\s*/{2,}(?![/\w.]*\.)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ALLOW = re.compile(
    r"<!--\s*allow\s+(?P<code>[A-Z]{3,4}\d{3})\s*(?::\s*(?P<reason>.*?))?\s*-->", re.DOTALL
)
_ATX = re.compile(r"(?P<marks>#{1,6})[ \t]*(?P<text>(?:\\.|[^\\])*?)[ \t]*#*[ \t]*$")
_SETEXT = re.compile(r"(?:=+|-+)[ ]*$")
_ID = re.compile(r"[ \t]*\{#(?P<id>[^}\s]*)\}[ \t]*$")
_ITEM = re.compile(r"[ ]*(?:[*+-]|\d+\.)[ \t]+")
_QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
_ROW = re.compile(r"[ ]{0,3}\|.*|[^|]*\|.*")
_DELIMITER_ROW = re.compile(r"[ ]{0,3}\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")
_HTML_BLOCK = re.compile(
    r"[ ]{0,3}</?(?:address|article|aside|blockquote|body|canvas|center|dd|details|dialog|dir|div"
    r"|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|iframe|legend|li|link"
    r"|main|math|menu|nav|noscript|object|ol|p|pre|script|section|style|summary|svg|table|tbody|td"
    r"|template|textarea|tfoot|th|thead|title|tr|ul|video|audio)\b[^>]*>?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RawHeading:
    """A heading before inline markup is read: its level and spans; `id` empty when not written."""

    level: int
    span: Span
    text_span: Span
    id: str


@dataclass(slots=True)
class _Open:
    number: int
    fence: int
    start: Line
    name: str
    title: str
    name_span: Span
    title_span: Span
    options_span: Span | None
    body_start: int


@dataclass(slots=True)
class Structure:
    """What the block-level pass found; spans are offsets into the whole file."""

    masked: list[str]
    headings: list[RawHeading] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    fences: list[Fence] = field(default_factory=list)
    comments: list[Span] = field(default_factory=list)
    allowances: list[Allowance] = field(default_factory=list)
    html_lines: list[Span] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    indented_code: list[Span] = field(default_factory=list)

    def blank(self, span: Span) -> None:
        """Blank a span in the masked text, line ends kept."""
        for offset in range(span.start, span.end):
            if self.masked[offset] not in "\r\n":
                self.masked[offset] = BLANK


def slug(text: str) -> str:
    """Make an id of a heading's text: ASCII letters and digits joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower())) or "section"


def read(index: LineIndex, body_start: int) -> Structure:
    """Read the block-level shape of the text from `body_start` on."""
    found = Structure(list(index.text))
    found.blank(Span(0, body_start))
    lines = [line for line in index.lines if line.span.start >= body_start]
    _mask_code_fences(found, lines)
    _mask_comments(found, index, body_start)
    lines = [
        Line(line.number, line.span, "".join(found.masked[line.span.start : line.span.end]))
        for line in lines
    ]
    _read_blocks(found, index, lines)
    _read_prose(found, lines)
    return found


def _mask_code_fences(found: Structure, lines: list[Line]) -> None:
    position = 0
    while position < len(lines):
        opened = _CODE_FENCE.match(lines[position].text)
        close = opened and next(
            (
                number
                for number in range(position + 1, len(lines))
                if lines[number].text.rstrip(" ") == opened["fence"]
            ),
            None,
        )
        if not close:
            position += 1
            continue
        found.blank(Span(lines[position].span.start, lines[close].span.end))
        position = close + 1


def _mask_comments(found: Structure, index: LineIndex, body_start: int) -> None:
    masked = "".join(found.masked)
    for comment in _COMMENT.finditer(masked, body_start):
        span = Span(comment.start(), comment.end())
        found.comments.append(span)
        if allow := _ALLOW.fullmatch(comment[0]):
            line = _next_text_line(index, masked, span.end)
            found.allowances.append(Allowance(allow["code"], allow["reason"] or "", span, line))
        found.blank(span)


def _next_text_line(index: LineIndex, masked: str, end: int) -> int:
    """Give the number of the first line with text after a comment, its own line included."""
    number = index.position(end)[0]
    if masked[end : index.lines[number - 1].span.end].strip():
        return number
    for line in index.lines[number:]:
        if line.text.strip() and not line.text.strip().startswith("<!--"):
            return line.number
    return number


def _read_blocks(found: Structure, index: LineIndex, lines: list[Line]) -> None:
    """Read `///` blocks as pymdownx does: an end closes the block with as many slashes."""
    open_blocks: list[_Open] = []
    finished: dict[int, Block] = {}
    count = 0

    def finish(block: _Open, body_end: int, end: int, closed: bool) -> None:
        parent = open_blocks[-1].number if open_blocks else None
        values, fault = (
            options.read(index, block.options_span) if block.options_span else ({}, None)
        )
        finished[block.number] = Block(
            name=block.name,
            title=block.title,
            options=values,
            fence=block.fence,
            parent=parent,
            span=Span(block.start.span.start, end),
            name_span=block.name_span,
            title_span=block.title_span,
            body_span=Span(min(block.body_start, body_end), body_end),
            closed=closed,
            options_fault=fault,
        )

    position = 0
    while position < len(lines):
        line = lines[position]
        position += 1
        if opened := _BLOCK_OPEN.match(line.text):
            options_span, position = _options_under(lines, position)
            start = line.span.start
            title_start = opened.start("title") if opened["title"] else opened.end("name")
            open_blocks.append(
                _Open(
                    number=count,
                    fence=len(opened["fence"]),
                    start=line,
                    name=opened["name"],
                    title=opened["title"] or "",
                    name_span=Span(start + opened.start("name"), start + opened.end("name")),
                    title_span=Span(
                        start + title_start, start + title_start + len(opened["title"] or "")
                    ),
                    options_span=options_span,
                    body_start=lines[position].span.start
                    if position < len(lines)
                    else len(index.text),
                )
            )
            count += 1
            found.blank(line.span)
            if options_span:
                found.blank(options_span)
        elif closing := _BLOCK_CLOSE.match(line.text):
            found.blank(line.span)
            fence = len(closing["fence"])
            if not any(block.fence == fence for block in open_blocks):
                found.fences.append(Fence(_trimmed(line), "stray end"))
                continue
            while open_blocks:
                block = open_blocks.pop()
                closed = block.fence == fence
                finish(block, line.span.start, line.span.end if closed else line.span.start, closed)
                if closed:
                    break
        elif _SLASHES.match(line.text):
            indented = _BLOCK_OPEN.match(line.text.strip()) or _BLOCK_CLOSE.match(line.text.strip())
            found.fences.append(Fence(_trimmed(line), "indented" if indented else "malformed"))
    while open_blocks:
        finish(open_blocks.pop(), len(index.text), len(index.text), False)
    found.blocks.extend(finished[number] for number in sorted(finished))


def _options_under(lines: list[Line], position: int) -> tuple[Span | None, int]:
    """Find the indented lines right under a block's opening line."""
    first = position
    while position < len(lines) and re.match(r"[ ]{4,}\S", lines[position].text):
        position += 1
    if position == first:
        return None, position
    return Span(lines[first].span.start, lines[position - 1].span.end), position


def _trimmed(line: Line) -> Span:
    """Give a line's span without the white space around its text."""
    lead = len(line.text) - len(line.text.lstrip())
    return Span(line.span.start + lead, line.span.start + len(line.text.rstrip()))


def _chunks(found: Structure, lines: list[Line]) -> Iterator[list[Line]]:
    """Yield runs of lines with text; a blank line ends a run, a masked one yields an empty run."""
    run: list[Line] = []
    for line in lines:
        text = "".join(found.masked[line.span.start : line.span.end])
        if text.strip(f" \t{BLANK}"):
            run.append(Line(line.number, line.span, text))
            continue
        if run:
            yield run
            run = []
        if BLANK in text:
            yield []
    if run:
        yield run


def _read_prose(found: Structure, lines: list[Line]) -> None:
    list_depth = 0
    for run in _chunks(found, lines):
        if not run:
            list_depth = 0
            continue
        indent = _indent(run[0].text)
        if indent >= 4 and indent // 4 > list_depth:
            found.indented_code.append(Span(run[0].span.start + indent, run[-1].span.end))
            for line in run:
                found.blank(line.span)
            continue
        if indent < 4:
            list_depth = 0
        if _HTML_BLOCK.match(run[0].text) and indent < 4:
            found.html_lines.extend(line.span for line in run)
            continue
        if any(_ITEM.match(line.text) for line in run):
            deepest = max(_indent(line.text) // 4 for line in run if _ITEM.match(line.text))
            list_depth = max(list_depth, deepest + 1)
        _read_run(found, run)


def _read_run(found: Structure, run: list[Line]) -> None:
    """Split a run of lines into headings, items, rows and paragraphs."""
    prose: list[Line] = []
    kind: PassageKind = "paragraph"

    def flush() -> None:
        nonlocal prose
        if prose:
            span = Span(prose[0].span.start + _indent(prose[0].text), prose[-1].span.end)
            found.passages.append(Passage(kind, span, None, ""))
        prose = []

    is_table = len(run) > 1 and bool(_DELIMITER_ROW.match(run[1].text)) and "|" in run[0].text
    for number, line in enumerate(run):
        following = run[number + 1].text if number + 1 < len(run) else ""
        if atx := _ATX.match(line.text):
            flush()
            start = line.span.start
            _add_heading(found, line, len(atx["marks"]), start + atx.start("text"), atx["text"])
        elif number == 0 and not is_table and _SETEXT.match(following) and _indent(line.text) < 4:
            flush()
            level = 1 if following.startswith("=") else 2
            _add_heading(found, line, level, line.span.start, line.text)
            found.blank(run[1].span)
        elif number == 1 and _SETEXT.match(line.text) and not prose:
            continue
        elif is_table:
            flush()
            if number == 1:
                found.blank(line.span)
                continue
            kind = "row"
            prose = [line]
            flush()
        elif _ITEM.match(line.text):
            flush()
            kind = "item"
            prose = [line]
        elif quote := _QUOTE.match(line.text):
            if kind != "quote":
                flush()
            kind = "quote"
            for offset in range(quote.end()):
                found.masked[line.span.start + offset] = " "
            prose.append(line)
        else:
            if not prose:
                kind = "item" if _indent(line.text) >= 4 else "paragraph"
            prose.append(line)
    flush()


def _add_heading(found: Structure, line: Line, level: int, start: int, text: str) -> None:
    written = _ID.search(text)
    visible = text[: written.start()] if written else text
    lead = len(visible) - len(visible.lstrip())
    span = Span(start + lead, start + len(visible.rstrip()))
    if written:
        found.blank(Span(start + written.start(), start + len(text)))
    found.headings.append(RawHeading(level, line.span, span, written["id"] if written else ""))
    found.passages.append(Passage("heading", span, None, ""))


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))
