"""Read a block's lines into headings, paragraphs, items, quotations, tables and code.

It takes the same steps in the same order as Python-Markdown's block parser, and keeps for
every line the offset that it has in the file. Only so is a line prose here when it is prose
on the page. Source: Python-Markdown 3, `blockprocessors.py` and the extensions `tables` and
`sane_lists`; each function names the class that it follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from wellsourced.source.leaves import LeafReader
from wellsourced.source.lists import LIST_TAGS, list_items
from wellsourced.source.prose_values import Chunk, Node, Row

_QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
_INDENT = re.compile(r"(?:[ ]{4})*")
MAX_DEPTH = 40
"""Lists and quotations in each other; Python-Markdown runs out of stack some levels later."""


class ProseParser(LeafReader):
    """Parse chunks of rows under nodes; what it finds gathers in `found`."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def parse(self, parent: Node, chunks: list[Chunk]) -> None:
        """Parse chunks, each a run of rows without a blank one, as children of `parent`."""
        if self._depth > MAX_DEPTH:
            self.found.too_deep += [chunk.span() for chunk in chunks[:1]]
            return
        self._depth += 1
        waiting = chunks[::-1]
        while waiting:
            rows = waiting.pop()
            while len(rows) and not rows[0].text.strip():
                rows = rows.part(1)
            if len(rows) == 1 and rows[0].text[0].isalpha():
                self.paragraph(parent, rows, waiting)  # as most are: it can be nothing else
                continue
            for step in _STEPS if len(rows) else ():
                if step(self, parent, rows, waiting):
                    break
        self._depth -= 1

    def _in_state(self, state: str, parent: Node, chunks: list[Chunk]) -> None:
        self.states.append(state)
        self.parse(parent, chunks)
        self.states.pop()

    def nested(self, parent: Node, rows: Chunk, waiting: list[Chunk]) -> bool:
        """Parse an indented chunk under the list item that it belongs to (ListIndentProcessor)."""
        in_list = parent.tag == "li" or (parent.last is not None and parent.last.tag in LIST_TAGS)
        if not rows[0].text.startswith("    ") or self.is_state("detabbed") or not in_list:
            return False
        level, sibling = self._level(parent, rows[0])
        width = 4 * level
        rows = Chunk(row.cut(width) if row.text.startswith(" " * width) else row for row in rows)
        target = parent
        if parent.tag == "li":
            if parent.last is not None and parent.last.tag in LIST_TAGS:
                target = parent.last
        elif sibling.tag == "li":
            target = sibling
        elif sibling.last is not None and sibling.last.tag == "li":
            target = sibling.last
        else:
            target = sibling.add("li")
        self._in_state("detabbed", target, [rows])
        return True

    def _level(self, parent: Node, row: Row) -> tuple[int, Node]:
        wanted = len(_matched(_INDENT, row.text)) // 4
        level = 1 if self.is_state("list") else 0
        while wanted > level:
            child = parent.last
            if child is None or (child.tag not in LIST_TAGS and child.tag != "li"):
                break
            if child.tag in LIST_TAGS:
                level += 1
            parent = child
        return level, parent

    def items(self, parent: Node, rows: Chunk, waiting: list[Chunk]) -> bool:
        """Read a list (OListProcessor, UListProcessor, in their sane form)."""
        listed = list_items(rows)
        if listed is None:
            return False
        tag, items = listed
        if parent.last is not None and parent.last.tag == tag:
            lst = parent.last
            self._in_state("looselist", lst.add("li"), [Chunk(items.pop(0))])
        else:
            lst = parent if parent.tag in LIST_TAGS else parent.add(tag)
        for item in items:
            indented = item[0].text.startswith("    ") and lst.last is not None
            self._in_state(
                "list", lst.last if indented and lst.last else lst.add("li"), [Chunk(item)]
            )
        return True

    def quote(self, parent: Node, rows: Chunk, waiting: list[Chunk]) -> bool:
        """Read a quotation from its first `>` on (BlockQuoteProcessor)."""
        first = rows.find("quotation", lambda row: _QUOTE.match(row.text))
        if first is None:
            return False
        if first:
            waiting += [rows.part(first), rows.part(0, first)]
            return True
        cleaned: list[list[Row]] = [[]]
        for row in rows:
            width = len(_matched(_QUOTE, row.text))
            self.found.prefixes.append(row.part(0, width))
            if row.text[width:].strip(" "):
                cleaned[-1].append(row.cut(width))
            elif cleaned[-1]:
                cleaned.append([])
        last = parent.last
        quote = last if last is not None and last.tag == "blockquote" else parent.add("blockquote")
        self._in_state("blockquote", quote, [Chunk(chunk) for chunk in cleaned if chunk])
        return True


_Step = Callable[[ProseParser, Node, Chunk, list[Chunk]], bool]
_STEPS: tuple[_Step, ...] = (
    ProseParser.nested, ProseParser.code, ProseParser.table, ProseParser.heading,
    ProseParser.underlined, ProseParser.rule, ProseParser.items, ProseParser.quote,
    ProseParser.definition, ProseParser.paragraph,
)  # fmt: skip


def _matched(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.match(text)
    return found[0] if found else ""
