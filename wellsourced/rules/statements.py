"""Cut a document's prose into statements: sentences with their place, words and cites."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wellsourced.source import Document
from wellsourced.source.citation import Citation
from wellsourced.source.document import Passage
from wellsourced.source.masking import BLANK
from wellsourced.source.spans import Span


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, or one table row: its span, its words as readers see them, what it cites."""

    span: Span
    text: str
    keys: tuple[str, ...]
    """Keys of the references cited in the sentence or right after its full stop."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage with its statements; `block` is the name of the block that holds it, or ""."""

    passage: Passage
    block: str
    statements: tuple[Statement, ...]

    @property
    def cites(self) -> bool:
        """Tell whether any of its statements bears a cite."""
        return any(statement.keys for statement in self.statements)


@dataclass(frozen=True, slots=True)
class Lead:
    """What leads into the list or table of a passage, and the table's first row."""

    unit: Unit | None = None
    header: Unit | None = None


class _Latest:
    """Keep what was cut last: several rules ask for the same document in turn."""

    kept: tuple[Document, tuple[Unit, ...]] | None = None


def units(document: Document) -> tuple[Unit, ...]:
    """Give every passage of a document but its headings, in the order of the text."""
    kept = _Latest.kept
    if kept is None or kept[0] is not document:
        kept = _Latest.kept = (document, tuple(_units(document)))
    return kept[1]


def leads(passages: Sequence[Unit]) -> tuple[Lead, ...]:
    """Give for each passage what stands before its run of items or rows, in its section."""
    found: list[Lead] = []
    before: Unit | None = None
    for unit in passages:
        passage = unit.passage
        if passage.kind not in ("item", "row"):
            found.append(Lead())
        elif before is None or before.passage.section != passage.section:
            found.append(Lead(None, unit))
        elif before.passage.kind == passage.kind:
            found.append(found[-1])
        else:
            found.append(Lead(before, unit))
        before = unit
    return tuple(found)


def _units(document: Document) -> Iterator[Unit]:
    cited = [citation for citation in document.citations if not citation.malformed]
    starts = [citation.span.start for citation in cited]
    for passage in document.passages:
        if passage.kind == "heading":
            continue
        spans = (passage.span,) if passage.kind == "row" else passage.sentences
        first, last = (bisect_left(starts, at) for at in (passage.span.start, passage.span.end))
        keys = _keys(cited[first:last], spans)
        block = document.blocks[passage.block].name if passage.block is not None else ""
        yield Unit(
            passage,
            block,
            tuple(
                Statement(span, _words(document, span), found)
                for span, found in zip(spans, keys, strict=True)
            ),
        )


def _keys(cited: Sequence[Citation], spans: Sequence[Span]) -> tuple[tuple[str, ...], ...]:
    """Give the keys that each sentence of a passage cites."""
    found: list[tuple[str, ...]] = [()] * len(spans)
    starts = [span.start for span in spans]
    for citation in cited if spans else ():
        at = max(0, bisect_right(starts, citation.span.start) - 1)
        found[at] = (*found[at], *citation.keys)
    return tuple(found)


def _words(document: Document, span: Span) -> str:
    shown = document.shown[span.start : span.end]
    return " ".join(shown.replace(BLANK, "").replace("*", "").replace("|", " ").split())
