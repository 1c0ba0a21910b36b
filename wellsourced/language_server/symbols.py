"""Outline a file: an article's sections with the blocks in them, a catalogue's entries."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol.types import DocumentSymbol, SymbolKind

from wellsourced.language_server.mentions import Mention
from wellsourced.language_server.positions import Text
from wellsourced.source import Document
from wellsourced.source.spans import Span


def in_document(document: Document, text: Text) -> list[DocumentSymbol]:
    """Outline an article or page; a section reaches to the next heading of its level or above."""
    top: list[DocumentSymbol] = []
    path: list[tuple[int, DocumentSymbol]] = []
    marks = [(h.span.start, h.level, h) for h in document.headings]
    for number, (start, level, heading) in enumerate(marks):
        end = next((s for s, other, _ in marks[number + 1 :] if other <= level), len(document.text))
        symbol = DocumentSymbol(
            name=heading.text or heading.id,
            detail=f"#{heading.id}",
            kind=SymbolKind.String,
            range=text.range(Span(start, max(end, heading.span.end))),
            selection_range=text.range(heading.text_span),
            children=[],
        )
        while path and path[-1][0] >= level:
            path.pop()
        (_children(path[-1][1]) if path else top).append(symbol)
        path.append((level, symbol))
        following = marks[number + 1][0] if number + 1 < len(marks) else len(document.text)
        _children(symbol).extend(_blocks(document, text, Span(start, following)))
    first = marks[0][0] if marks else len(document.text)
    return [*_blocks(document, text, Span(0, first)), *top]


def in_catalogue(found: Iterable[Mention], text: Text) -> list[DocumentSymbol]:
    """Outline a catalogue."""
    return [
        DocumentSymbol(
            name=mention.name or "?",
            detail=mention.kind,
            kind=SymbolKind.Key,
            range=text.range(mention.span),
            selection_range=text.range(mention.span),
        )
        for mention in found
        if mention.defines
    ]


def _children(symbol: DocumentSymbol) -> list[DocumentSymbol]:
    assert isinstance(symbol.children, list)
    return symbol.children


def _blocks(document: Document, text: Text, within: Span) -> list[DocumentSymbol]:
    return [
        DocumentSymbol(
            name=block.title or block.name,
            detail=block.name,
            kind=SymbolKind.Object,
            range=text.range(Span(block.span.start, max(block.span.end, block.name_span.end))),
            selection_range=text.range(block.name_span),
        )
        for block in document.blocks
        if block.span.start in within
    ]
