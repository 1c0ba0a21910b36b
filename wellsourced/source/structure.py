"""Find the block-level shape of a body: fences, comments, blocks, headings, prose.

It follows Python-Markdown's rules, not CommonMark's, since that is what renders the text.
Everything that is not prose is blanked in `masked`, offset for offset, so that the inline
pass sees no cite in a code sample.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from wellsourced.source import blocks, fences
from wellsourced.source.document import Allowance, Block, Fence
from wellsourced.source.masking import BLANK, blank
from wellsourced.source.prose import ProseParser
from wellsourced.source.prose_values import Chunk, Node, Prose, RawHeading, Row
from wellsourced.source.spans import Line, LineIndex, Span

__all__ = ["BLANK", "RawHeading", "Structure", "read", "slug"]

_HTML_BLOCK = re.compile(
    r"[ ]{0,3}</?(?:address|article|aside|blockquote|body|canvas|center|dd|details|dialog|dir|div"
    r"|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|iframe|legend|li|link"
    r"|main|math|menu|nav|noscript|object|ol|p|pre|script|section|style|summary|svg|table|tbody|td"
    r"|template|textarea|tfoot|th|thead|title|tr|ul|video|audio)\b",
    re.IGNORECASE,
)
_COMMENTED = re.compile(rf"[ ]{{0,3}}{BLANK}+")
_LEAD = re.compile(r"[ \t]*")


@dataclass(slots=True)
class Structure:
    """What the block-level pass found; spans are offsets into the whole file.

    `masked` has all that is no prose blanked; `html` are the chunks that are raw HTML.
    """

    masked: str
    prose: Prose
    blocks: list[Block] = field(default_factory=list)
    fences: list[Fence] = field(default_factory=list)
    comments: list[Span] = field(default_factory=list)
    allowances: list[Allowance] = field(default_factory=list)
    html: list[Span] = field(default_factory=list)


def slug(text: str) -> str:
    """Make an id of a heading's text: ASCII letters and digits joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower())) or "section"


def read(index: LineIndex, text: str, body_start: int) -> Structure:
    """Read the block-level shape from `body_start` on; `text` has its line ends levelled."""
    lines = [line for line in index.lines if line.span.start >= body_start]
    hidden = [Span(0, body_start), *fences.code(lines)]
    masked = blank(text, hidden)
    comments = list(fences.comments(masked, body_start))
    if comments or len(hidden) > 1:
        masked = blank(masked, comments)
        lines = [
            Line(line.number, line.span, masked[line.span.start : line.span.end]) for line in lines
        ]
    shape = blocks.read(index, lines)
    parser = ProseParser()
    found = Structure(
        masked, parser.found, shape.blocks, shape.fences, comments,
        list(fences.allowances(index, text, comments)),
    )  # fmt: skip
    nodes: dict[int | None, Node] = {None: Node("div")}
    for region in shape.regions:
        if region.block not in nodes and region.block is not None:
            nodes[region.block] = nodes[shape.blocks[region.block].parent].add("block")
            nodes[region.block].kind = "paragraph"
        node = nodes[region.block]
        for chunk in _chunks(region.lines):
            if _HTML_BLOCK.match(chunk[0].text):
                found.html.append(Span(chunk[0].span.start, chunk[-1].line.end))
                node.add("p")
            elif chunk[0].text == BLANK:
                node.add("p")
            else:
                parser.parse(node, [chunk])
    masked = blank(masked, [*_outside_titles(shape), *parser.found.markup, *parser.found.code])
    masked = blank(masked, [definition.span for definition in parser.found.definitions])
    found.masked = blank(masked, parser.found.prefixes, " ")
    return found


def _outside_titles(shape: blocks.Blocks) -> list[Span]:
    """Leave the titles of blocks out of what is no prose."""
    titles = {block.span.start: block.title_span for block in shape.blocks if block.title}
    markup: list[Span] = []
    for span in shape.markup:
        title = titles.get(span.start)
        cut = [Span(span.start, title.start), Span(title.end, span.end)] if title else [span]
        markup += cut
    return markup


def _chunks(lines: list[Line]) -> list[Chunk]:
    """Cut lines into runs with text.

    A blank line ends a run, and so does code or a comment, which makes a run of one blanked
    row: on the page it is an element of its own.
    """
    chunks: list[list[Row]] = []
    run: list[Row] = []
    for line in lines:
        text, start = line.text, line.span.start
        if BLANK in text and (hidden := _COMMENTED.match(text)):
            chunks += [run, [Row(BLANK, start, line.span)]]
            run = []
            text, start = text[hidden.end() :], start + hidden.end()
        lead = len(_lead(text))
        if lead == len(text):
            chunks.append(run)
            run = []
            continue
        if "\t" in text[:lead]:
            wide = text[:lead].expandtabs(4)
            run.append(Row(wide + text[lead:], start + lead - len(wide), line.span))
        else:
            run.append(Row(text, start, line.span))
    chunks.append(run)
    return [Chunk(chunk) for chunk in chunks if chunk]


def _lead(text: str) -> str:
    found = _LEAD.match(text)
    return found[0] if found else ""
