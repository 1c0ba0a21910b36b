"""Hold what the prose parser works on: rows, the nodes above them, and what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from wellsourced.source.document import Passage, PassageKind
from wellsourced.source.spans import Span


class Row(NamedTuple):
    """A line without what the lists and quotations around it put before it.

    `text[i]` stands at the offset `start + i`; white space at the start of a line has its tabs
    expanded, so that there the offset may lie before the line. `line` is the span of the whole
    line, `mark` the offset of the list marker cut off right before the text.
    """

    text: str
    start: int
    line: Span
    mark: int | None = None

    @property
    def span(self) -> Span:
        """Give the span of the text without the white space around it."""
        text = self.text
        lead = len(text) - len(text.lstrip())
        return self.part(lead, max(lead, len(text.rstrip())))

    def cut(self, width: int, mark: int | None = None) -> Row:
        """Take `width` characters off the start."""
        return Row(self.text[width:], self.start + width, self.line, mark)

    def part(self, start: int, end: int) -> Span:
        """Give the span of `text[start:end]` in the file."""
        least = self.line.start
        return Span(max(least, self.start + start), max(least, self.start + end))


class Chunk:
    """Rows without a blank one between them; a part of a chunk shares its rows.

    What was sought in vain is in no part of it either: so no chunk is searched twice for one
    thing, and reading one costs no more than its length.
    """

    __slots__ = ("_end", "_rows", "_start", "_without")

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = list(rows)
        self._start, self._end = 0, len(self._rows)
        self._without: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return self._end - self._start

    def __getitem__(self, number: int) -> Row:
        return self._rows[(self._start if number >= 0 else self._end) + number]

    def __iter__(self) -> Iterator[Row]:
        return (self._rows[number] for number in range(self._start, self._end))

    def find(self, what: str, test: Callable[[Row], object]) -> int | None:
        """Give the number of the first row that passes a test, or None."""
        if what in self._without:
            return None
        found = next((number for number, row in enumerate(self) if test(row)), None)
        if found is None:
            self._without |= {what}
        return found

    def part(self, start: int, end: int | None = None) -> Chunk:
        """Give the rows from `start` to before `end`."""
        part = Chunk(())
        part._rows, part._without = self._rows, self._without
        part._start = self._start + start
        part._end = self._end if end is None else self._start + end
        return part

    def span(self, marked: bool = False) -> Span:
        """Give the span from the first row's text, or its list marker, to the last row's end."""
        first = self[0]
        start = first.mark if marked and first.mark is not None else first.span.start
        return Span(start, self[-1].span.end)


class Node:
    """An element as far as parsing needs it: its tag, what prose in it is, its last child."""

    __slots__ = ("kind", "last", "tag")

    def __init__(self, tag: str, kind: PassageKind = "paragraph") -> None:
        self.tag = tag
        self.kind = kind
        self.last: Node | None = None

    def add(self, tag: str) -> Node:
        """Append a child."""
        kinds: dict[str, PassageKind] = {"li": "item", "blockquote": "quote"}
        self.last = Node(tag, kinds.get(tag, self.kind))
        return self.last


@dataclass(frozen=True, slots=True)
class RawHeading:
    """A heading before inline markup is read: its level and spans; `id` empty when not written."""

    level: int
    span: Span
    text_span: Span
    id: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A `[label]: target` line; `label` is in lower case with its white space folded."""

    label: str
    target: str
    span: Span
    target_span: Span


@dataclass(slots=True)
class Prose:
    """What the prose parser found.

    `runs` are the stretches whose inline constructs belong together, such as a table's cell;
    `nested_headings` stand in lists and quotations; `markup` is what is no prose, `prefixes`
    the marks of quotations.
    """

    headings: list[RawHeading] = field(default_factory=list)
    nested_headings: list[RawHeading] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    runs: list[Span] = field(default_factory=list)
    tables: list[Span] = field(default_factory=list)
    code: list[Span] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    markup: list[Span] = field(default_factory=list)
    prefixes: list[Span] = field(default_factory=list)
    too_deep: list[Span] = field(default_factory=list)

    def add_passage(self, kind: PassageKind, span: Span) -> None:
        """Note a passage; where it stands is told once all are known."""
        if span.end > span.start:
            self.passages.append(Passage(kind, span, None, ""))
