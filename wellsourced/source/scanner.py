"""Scan a Markdown file into a `Document`: the one source of positions.

Python-Markdown gives no positions and pymdownx drops a bad block without a word, so the
scanner reads the raw file, front matter included, and the renderer is held against it.
"""

from __future__ import annotations

import codecs
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from wellsourced.source import front_matter, sentences, structure, visible
from wellsourced.source.citation import Citation
from wellsourced.source.document import (
    Block,
    Document,
    DocumentKind,
    Heading,
    Image,
    Link,
    Passage,
    RawTag,
    TermUse,
)
from wellsourced.source.inline import InlineReader
from wellsourced.source.masking import blank, level_line_ends
from wellsourced.source.prose_values import Definition, RawHeading
from wellsourced.source.spans import LineIndex, Span
from wellsourced.source.structure import slug

_BOM = "\ufeff"


def read(
    path: Path, display: str, kind: DocumentKind = "article", known: Collection[str] = ()
) -> Document:
    """Read and scan a file; `display` is the path that diagnostics show.

    `known` are the keys of the references: an `@word` in running text is a cite when it is one.
    Raises `OSError` when the file cannot be read.
    """
    data = path.read_bytes()
    try:
        return scan(data.removeprefix(codecs.BOM_UTF8).decode(), display, kind, known)
    except UnicodeDecodeError as error:
        data = data.removeprefix(codecs.BOM_UTF8)
        start = len(data[: error.start].decode("utf-8", errors="replace"))
        text = data.decode("utf-8", errors="replace")
        return replace(scan(text, display, kind, known), undecodable=Span(start, start + 1))


def scan(
    text: str, path: str, kind: DocumentKind = "article", known: Collection[str] = ()
) -> Document:
    """Scan a file's text; a byte order mark is left out of the columns."""
    text = text.removeprefix(_BOM)
    index = LineIndex(text)
    header = front_matter.read(index)
    levelled = level_line_ends(text)
    shape = structure.read(index, levelled, header.body_start)
    prose = shape.prose
    reader = InlineReader(text, shape.masked, prose.definitions, known)
    for run in [*prose.runs, *(block.title_span for block in shape.blocks)]:
        reader.read(run)
    for chunk in shape.html:
        reader.read_html(chunk)
    found = reader.found
    items = (passage.span for passage in prose.passages if passage.kind == "item")
    shown = visible.visible(levelled, shape.masked, found, items)
    headings = tuple(_heading(shown, raw) for raw in sorted(prose.headings, key=_start))
    blocks = tuple(shape.blocks)
    passages = sorted(prose.passages, key=_start)
    return Document(
        path=path,
        kind=kind,
        text=text,
        index=index,
        front_matter=header,
        headings=headings,
        citations=tuple(
            sorted([*found.citations, *map(_lost, _defined_keys(prose.definitions))], key=_start)
        ),
        broken_citations=tuple(sorted(found.broken)),
        bare_names=tuple(sorted(found.bare, key=lambda cite: cite.key_span)),
        nested_headings=tuple(raw.span for raw in prose.nested_headings),
        blocks=blocks,
        fences=tuple(shape.fences),
        terms=tuple(sorted(found.terms, key=_start)),
        links=tuple(sorted(found.brackets.links, key=_start)),
        images=tuple(sorted(found.brackets.images, key=_start)),
        tables=tuple(sorted(prose.tables)),
        raw_tags=tuple(sorted(found.tags, key=_start)),
        comments=tuple(sorted([*shape.comments, *found.comments])),
        allowances=tuple(shape.allowances),
        passages=_placed(passages, text, shown, blocks, headings),
        indented_code=tuple(sorted(prose.code)),
        masked=blank(shape.masked, found.hidden),
        shown=shown,
        too_deep=tuple(prose.too_deep),
    )


def plain(document: Document, span: Span) -> str:
    """Give a span's words as a reader sees them: no cites, no markup, white space folded."""
    return visible.words(document.shown, span)


def _start(construct: Passage | RawHeading | Citation | TermUse | Link | Image | RawTag) -> int:
    return construct.span.start


def _heading(shown: str, raw: RawHeading) -> Heading:
    words = visible.words(shown, raw.text_span)
    return Heading(raw.level, words, raw.id or slug(words), bool(raw.id), raw.span, raw.text_span)


def _defined_keys(definitions: list[Definition]) -> list[Span]:
    return [d.span for d in definitions if d.label.startswith(("@", "-@"))]


def _lost(span: Span) -> Citation:
    """Make a broken citation of a line that Markdown takes for a link's definition."""
    return Citation(span, (), 'the ":" after its bracket makes it define a link')


def _placed(
    passages: list[Passage],
    text: str,
    shown: str,
    blocks: tuple[Block, ...],
    headings: tuple[Heading, ...],
) -> tuple[Passage, ...]:
    """Say of each passage its block, its section and its sentences.

    Passages, blocks and headings all come in the order of the text.
    """
    placed: list[Passage] = []
    around: list[int] = []
    section = ""
    next_block = next_heading = 0
    for passage in passages:
        start = passage.span.start
        while next_block < len(blocks) and blocks[next_block].body_span.start <= start:
            around.append(next_block)
            next_block += 1
        while around and start not in blocks[around[-1]].body_span:
            around.pop()
        while next_heading < len(headings) and headings[next_heading].span.start <= start:
            heading = headings[next_heading]
            section = heading.id if heading.level in (2, 3) else section
            next_heading += 1
        block = around[-1] if around else None
        cut = sentences.cut(text, shown, passage)
        placed.append(Passage(passage.kind, passage.span, block, section, cut))
    return tuple(placed)
