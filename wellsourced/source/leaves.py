"""Read what holds no further blocks: headings, tables, code, rules, definitions, paragraphs.

Each step takes rows under a node, notes what they are and puts back the rows that it leaves
into `waiting`, whose last is read next; it returns False when the rows are something else.
"""

from __future__ import annotations

import re

from wellsourced.source.prose_values import Chunk, Definition, Node, Prose, RawHeading, Row
from wellsourced.source.spans import Span
from wellsourced.source.table_cells import cells, has_border, is_delimiter

_ATX = re.compile(r"(?P<level>#{1,6})(?P<header>(?:\\.|[^\\#]|#+(?=[^#]))*?)#*$")
_SETEXT = re.compile(r"(?:=+|-+)[ ]*$")
_RULE = re.compile(r"[ ]{0,3}([-_*])(?:[ ]{0,2}\1){2,}[ ]*$")
_ID = re.compile(r"[ \t]*\{#(?P<id>[^}\s]*)\}[ \t]*$")
_MARKER = re.compile(r"[ ]*(?:[*+-]|\d+\.)[ \t]")
_DEFINITION = re.compile(
    r"[ ]{0,3}\[(?P<label>[^\[\]]*)\]:[ ]*(?P<target>\S+)[ ]*(?:\".*\"[ ]*|'.*'[ ]*|\(.*\)[ ]*)?$"
)


class LeafReader:
    """Read leaves into `found`; `states` tell what is read around them, the innermost last."""

    def __init__(self) -> None:
        self.found = Prose()
        self.states: list[str] = []

    def is_state(self, state: str) -> bool:
        """Tell whether the innermost state is this one."""
        return self.states[-1:] == [state]

    def code(self, parent: Node, rows: Chunk, waiting: list[Chunk]) -> bool:
        """Take lines indented by four spaces for code (CodeBlockProcessor)."""
        if not rows[0].text.startswith("    "):
            return False
        end = next((n for n, r in enumerate(rows) if not r.text.startswith("    ")), len(rows))
        parent.add("pre")
        self.found.code.append(rows.part(0, end).span())
        if end < len(rows):
            waiting.append(rows.part(end))
        return True

    def table(self, parent: Node, rows: Chunk, waiting: list[Chunk]) -> bool:
        """Read a table, one passage a row and one run a cell (TableProcessor)."""
        if len(rows) < 2 or "|" not in rows[0].text or not is_delimiter(rows[1].text):
            return False
        parent.add("table")
        self.found.tables.append(rows.span())
        border = has_border(rows[0].text)
        for number, row in enumerate(rows):
            if number == 1:
                self.found.markup.append(row.span)
                continue
            self.found.add_passage("row", row.span)
            self.found.runs += [row.part(start, end) for start, end in cells(row.text, border)]
        return True

    def heading(self, parent: Node, rows: Chunk, waiting: list[Chunk]) -> bool:
        """Find a line of `#` marks anywhere in a chunk (HashHeaderProcessor)."""
        first = rows.find("heading", _heading)
        if first is None:
            return False
        if first:
            waiting += [rows.part(first), rows.part(0, first)]
            return True
        end = 0
        while end < len(rows) and (atx := _heading(rows[end])):
            if end and "|" in rows[end].text:
                break
            parent.add("h")
            self._add_heading(parent, rows[end], len(atx["level"]), *atx.span("header"))
            end += 1
        if after := rows.part(end):
            if self.is_state("looselist"):
                cut = (r.cut(4) if r.text.startswith("    ") else r for r in after)
                after = Chunk(cut)
            waiting.append(after)
        return True

    def underlined(self, parent: Node, rows: Chunk, waiting: list[Chunk]) -> bool:
        """Find a line that is underlined with `===` or `---` (SetextHeaderProcessor)."""
        if len(rows) < 2 or not _SETEXT.match(rows[1].text):
            return False
        at = 0
        while at + 1 < len(rows) and _SETEXT.match(rows[at + 1].text):
            if at and ("|" in rows[at].text or rows[at].text.startswith("    ")):
                break
            parent.add("h")
            self.found.markup.append(rows[at + 1].span)
            level = 1 if rows[at + 1].text.startswith("=") else 2
            self._add_heading(parent, rows[at], level, 0, len(rows[at].text))
            at += 2
        if at < len(rows):
            waiting.append(rows.part(at))
        return True

    def _add_heading(self, parent: Node, row: Row, level: int, start: int, end: int) -> None:
        text = row.text[start:end]
        written = _ID.search(text) if "{#" in text else None
        visible = text[: written.start()] if written else text
        lead = len(visible) - len(visible.lstrip())
        span = row.part(start + lead, start + max(lead, len(visible.rstrip())))
        if written:
            self.found.markup.append(row.part(start + written.start(), end))
        self.found.runs.append(span)
        id = written["id"] if written else ""
        nested = parent.kind != "paragraph"
        headings = self.found.nested_headings if nested else self.found.headings
        whole = Span(row.span.start, max(row.span.end, span.end))
        headings.append(RawHeading(level, whole, span, id))
        self.found.add_passage("heading", span)

    def rule(self, parent: Node, rows: Chunk, waiting: list[Chunk]) -> bool:
        """Find a horizontal rule on any line of a chunk (HRProcessor)."""
        first = rows.find("rule", lambda row: _RULE.match(row.text))
        if first is None:
            return False
        if first:
            waiting += [rows.part(first), rows.part(0, first)]
            return True
        parent.add("hr")
        end = 0
        while end < len(rows) and _RULE.match(rows[end].text):
            self.found.markup.append(rows[end].span)
            end += 1
            if end + 1 < len(rows) and _SETEXT.match(rows[end + 1].text):
                break
        if end < len(rows):
            waiting.append(rows.part(end))
        return True

    def definition(self, parent: Node, rows: Chunk, waiting: list[Chunk]) -> bool:
        """Take out `[label]: target` lines (ReferenceProcessor)."""
        first = rows.find("definition", _defined)
        if first is None:
            return False
        end = first
        while end < len(rows) and (found := _defined(rows[end])):
            label = " ".join(found["label"].lower().split())
            target = found["target"].lstrip("<").rstrip(">")
            place = rows[end].part(*found.span("target"))
            self.found.definitions.append(Definition(label, target, rows[end].span, place))
            end += 1
        waiting += [part for part in (rows.part(end), rows.part(0, first)) if part]
        return True

    def paragraph(self, parent: Node, rows: Chunk, waiting: list[Chunk]) -> bool:
        """Take what is left for a paragraph (ParagraphProcessor).

        Lines in it that look like items get a passage each: their author meant a list.
        """
        if not self.is_state("list"):
            parent.add("p")
        self.found.runs.append(rows.span())
        kind = parent.kind
        begin = 0
        for number in range(1, len(rows)):
            if _MARKER.match(rows[number].text):
                self.found.add_passage(kind, rows.part(begin, number).span())
                kind, begin = "item", number
        self.found.add_passage(kind, rows.part(begin).span(marked=True))
        return True


def _heading(row: Row) -> re.Match[str] | None:
    return _ATX.match(row.text) if row.text.startswith("#") else None


def _defined(row: Row) -> re.Match[str] | None:
    return _DEFINITION.match(row.text) if "]:" in row.text else None
