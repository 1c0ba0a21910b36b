"""Hold what the scanner found in one Markdown file, each thing with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from wellsourced.diagnostics import Location
from wellsourced.source.citation import Citation, Cite
from wellsourced.source.front_matter import Described, Field, FrontMatter
from wellsourced.source.spans import LineIndex, Span


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1–6, its visible text, and the id that its section gets."""

    level: int
    text: str
    id: str
    explicit_id: bool
    span: Span
    text_span: Span


@dataclass(frozen=True, slots=True)
class Option:
    """One `name: value` under a block's opening line; `value` is plain YAML data."""

    name: str
    value: object
    name_span: Span
    value_span: Span
    items: tuple[tuple[object, Span], ...] = ()
    """The members of a list value, each with its span."""


@dataclass(frozen=True, slots=True)
class Block:
    """A `/// name | title` block; `parent` is the index of the block around it, or None."""

    name: str
    title: str
    options: Mapping[str, Option]
    fence: int
    parent: int | None
    span: Span
    name_span: Span
    title_span: Span
    body_span: Span
    closed: bool
    options_fault: tuple[str, Span] | None = None


@dataclass(frozen=True, slots=True)
class Fence:
    """A line of slashes that opens and closes nothing."""

    span: Span
    reason: Literal["stray end", "malformed", "indented"]


@dataclass(frozen=True, slots=True)
class TermUse:
    """A `[[shown|term]]`; both are the same when no bar stands between."""

    shown: str
    name: str
    span: Span
    name_span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """A link or autolink; `target` is as written, without title."""

    text: str
    target: str
    span: Span
    target_span: Span


@dataclass(frozen=True, slots=True)
class Image:
    """An `![alt](target)`."""

    alt: str
    target: str
    span: Span
    target_span: Span


@dataclass(frozen=True, slots=True)
class RawTag:
    """A raw HTML tag; `name` in lower case, with a leading `/` when it closes."""

    name: str
    span: Span
    block_level: bool


@dataclass(frozen=True, slots=True)
class Allowance:
    """An `<!-- allow CODE: reason -->`; it covers the first line of text after it.

    `code` and `reason` are empty when they are not written.
    """

    code: str
    reason: str
    span: Span
    line: int


PassageKind = Literal["paragraph", "item", "row", "quote", "heading"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of prose: a paragraph, one list item, one table row, a quotation, a heading."""

    kind: PassageKind
    span: Span
    block: int | None
    """Index of the innermost block that holds it."""
    section: str
    """Id of the innermost section that holds it, or an empty string before the first."""
    sentences: tuple[Span, ...] = ()
    """Its sentences in order; see `source.sentences.cut`."""


DocumentKind = Literal["article", "page"]


@dataclass(frozen=True, slots=True)
class Document(Described):
    """One scanned file. Spans are character offsets into `text`, which is as in the file."""

    path: str
    kind: DocumentKind
    text: str
    index: LineIndex = field(repr=False, compare=False)
    front_matter: FrontMatter
    headings: tuple[Heading, ...]
    citations: tuple[Citation, ...]
    broken_citations: tuple[Span, ...]
    """Where a citation opens and its bracket never closes."""
    bare_names: tuple[Cite, ...]
    """`@words` in running text that are taken for text, such as names on social networks."""
    nested_headings: tuple[Span, ...]
    """Where a heading stands in a list or a quotation, of which no section can be made."""
    blocks: tuple[Block, ...]
    fences: tuple[Fence, ...]
    terms: tuple[TermUse, ...]
    links: tuple[Link, ...]
    images: tuple[Image, ...]
    tables: tuple[Span, ...]
    raw_tags: tuple[RawTag, ...]
    comments: tuple[Span, ...]
    allowances: tuple[Allowance, ...]
    passages: tuple[Passage, ...]
    indented_code: tuple[Span, ...]
    masked: str = field(repr=False, compare=False)
    """`text` with code, comments, escapes, link markup and raw tags blanked, offset for offset."""
    shown: str = field(repr=False, compare=False)
    """`text` with all blanked that readers do not see as words, offset for offset."""
    too_deep: tuple[Span, ...] = ()
    """Where lists and quotations stand in each other too deeply to be read."""
    undecodable: Span | None = None
    """Where the file is not UTF-8."""

    @property
    def body(self) -> str:
        """Give the Markdown after the front matter."""
        return self.text[self.front_matter.body_start :]

    @property
    def cites(self) -> Iterator[Cite]:
        """Yield every cite of every well-formed citation in the order of the text."""
        for citation in self.citations:
            if not citation.malformed:
                yield from citation.cites

    @property
    def anchors(self) -> frozenset[str]:
        """Give every id of its page that a link may lead to."""
        ids = {h.id for h in self.headings if h.level in (2, 3)}
        ids |= {f"ref-{cite.key}" for cite in self.cites}
        for block in self.blocks:
            option = block.options.get("items")
            for item, _ in option.items if option else ():
                key = item.get("key") if isinstance(item, dict) else item
                ids.add(f"product-{key}" if block.name == "products" else f"ref-{key}")
        if self.citations and self.kind == "article":
            ids.add("references")
        return frozenset(ids)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Give its metadata fields in order."""
        return self.front_matter.fields

    def location(self, span: Span) -> Location:
        """Give a span as a location in this file."""
        return self.index.location(self.path, span)

    def blocks_around(self, offset: int) -> Iterator[Block]:
        """Yield the blocks whose body holds an offset, the innermost first."""
        holders = [b for b in self.blocks if offset in b.body_span]
        yield from reversed(holders)

    def passage_at_line(self, line: int) -> Span:
        """Give the span of the passage on a line, or of the line when it holds none."""
        span = self.index.lines[line - 1].span
        held = [
            p.span for p in self.passages if p.span.start <= span.end and span.start <= p.span.end
        ]
        return Span(min(span.start, held[0].start), max(span.end, held[-1].end)) if held else span

    def text_of(self, span: Span) -> str:
        """Give the raw text of a span."""
        return self.text[span.start : span.end]
