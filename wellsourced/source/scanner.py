"""Scan a Markdown file into a `Document`: the one source of positions.

Python-Markdown gives no positions and pymdownx drops a bad block without a word, so the
scanner reads the raw file, front matter included, and the renderer is held against it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from wellsourced.source import front_matter, inline, structure
from wellsourced.source.document import Block, Document, DocumentKind, Heading, Passage, RawTag
from wellsourced.source.spans import LineIndex, Span
from wellsourced.source.structure import BLANK, RawHeading, Structure, slug

_BOM = "\ufeff"
_MARKUP = re.compile(r"\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)")


def read(path: Path, display: str, kind: DocumentKind = "article") -> Document:
    """Read and scan a file; `display` is the path that diagnostics show.

    Raises `OSError` when the file cannot be read.
    """
    data = path.read_bytes()
    try:
        return scan(data.decode("utf-8-sig"), display, kind)
    except UnicodeDecodeError as error:
        start = len(data[: error.start].decode("utf-8-sig", errors="replace"))
        text = data.decode("utf-8-sig", errors="replace")
        return replace(scan(text, display, kind), undecodable=Span(start, start + 1))


def scan(text: str, path: str, kind: DocumentKind = "article") -> Document:
    """Scan a file's text; a byte order mark is left out of the columns."""
    text = text.removeprefix(_BOM)
    index = LineIndex(text)
    header = front_matter.read(index)
    shape = structure.read(index, header.body_start)
    found = inline.read(text, shape.masked, shape.html_lines)
    blocks = tuple(shape.blocks)
    headings = _headings(text, shape)
    html = tuple(RawTag(tag.name, tag.span, tag.block_level) for tag in found.tags)
    return Document(
        path=path,
        kind=kind,
        text=text,
        index=index,
        front_matter=header,
        headings=headings,
        citations=tuple(found.citations),
        broken_citations=tuple(found.broken),
        blocks=blocks,
        fences=tuple(shape.fences),
        terms=tuple(found.terms),
        links=tuple(found.links),
        images=tuple(found.images),
        raw_tags=html,
        comments=tuple(shape.comments),
        allowances=tuple(shape.allowances),
        passages=tuple(_placed(p, blocks, headings) for p in shape.passages),
        indented_code=tuple(shape.indented_code),
        masked="".join(shape.masked),
    )


def plain(document: Document, span: Span) -> str:
    """Give a span's words as a reader sees them: no cites, no markup, white space folded."""
    return _plain(document.text, document.masked, span, document)


def _headings(text: str, shape: Structure) -> tuple[Heading, ...]:
    masked = "".join(shape.masked)
    return tuple(_heading(text, masked, raw) for raw in shape.headings)


def _heading(text: str, masked: str, raw: RawHeading) -> Heading:
    words = _plain(text, masked, raw.text_span, None)
    return Heading(raw.level, words, raw.id or slug(words), bool(raw.id), raw.span, raw.text_span)


def _plain(text: str, masked: str, span: Span, document: Document | None) -> str:
    pieces = [*masked[span.start : span.end]]
    for offset, character in enumerate(pieces):
        if character == BLANK:
            pieces[offset] = text[span.start + offset]

    def put(place: Span, words: str) -> None:
        if span.covers(place):
            pieces[place.start - span.start : place.end - span.start] = [
                words, *[""] * (place.end - place.start - 1)
            ]  # fmt: skip

    if document:
        for citation in document.citations:
            put(citation.span, "")
        for term in document.terms:
            put(term.span, term.shown)
        for image in document.images:
            put(image.span, "")
        for link in document.links:
            put(link.span, link.text)
        for tag in document.raw_tags:
            put(tag.span, "")
        for comment in document.comments:
            put(comment, "")
    words = re.sub(r"\\([\\`*_{}\[\]>()#+\-.!|])", r"\1", _MARKUP.sub("", "".join(pieces)))
    words = re.sub(r"^[ ]*(?:[*+-]|\d+\.)[ \t]+", "", words)
    words = words.replace("`", "")
    words = re.sub(r"[ \t\r\n]+", " ", words.replace(BLANK, "")).strip()
    return re.sub(r"\s+([.,;:!?])", r"\1", words)


def _placed(passage: Passage, blocks: tuple[Block, ...], headings: tuple[Heading, ...]) -> Passage:
    """Say in which block and section a passage stands."""
    start = passage.span.start
    inside = [number for number, block in enumerate(blocks) if start in block.body_span]
    before = [h for h in headings if h.level in (2, 3) and h.span.start <= start]
    return replace(
        passage,
        block=inside[-1] if inside else None,
        section=before[-1].id if before else "",
    )
