"""TAB: tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wellsourced.rules.block_kinds import block_of
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.source import Document
from wellsourced.source.document import Passage
from wellsourced.source.spans import Span

_BARRED = re.compile(r"^[ ]{0,3}\|[^\n]*\|[ \t\r]*$", re.MULTILINE)
_TERM = re.compile(r"\[\[[^\[\]]*\]\]")


@rule("TAB001")
def ragged_row(document: Document, site: Site) -> Iterator[Finding]:
    """A table's row has more or fewer cells than its header.

    Cells too many are dropped without a word; a missing one leaves the reader guessing.

    Wrong: `| 34 |` under a header of two cells.
    Right: `| Permits | 34 |`
    """
    for table in _tables(document):
        wanted = _cells(document, table[0])
        for row in table[1:]:
            count = _cells(document, row)
            if count != wanted:
                yield Finding(
                    row.span,
                    f"This row has {count} cells, the header {wanted}.",
                    'add or take out a "|"',
                )


@rule("TAB002")
def compare_without_table(document: Document, site: Site) -> Iterator[Finding]:
    """A comparison holds no table.

    Readers expect two things side by side.

    Wrong: `/// compare | Needling and acupuncture` with a paragraph in it.
    Right: a table whose first column names what is compared.
    """
    rows = [p.span.start for p in document.passages if p.kind == "row"]
    for block in block_of(document, "compare"):
        if block.closed and not any(start in block.body_span for start in rows):
            yield Finding(block.name_span, "This comparison holds no table.", "write a table in it")


@rule("TAB003")
def empty_row_heading(document: Document, site: Site) -> Iterator[Finding]:
    """The first cell of a row is empty.

    It is the row's heading: without it a listener does not know what the cells are about.

    Wrong: `|  | 34 |`
    Right: `| Permits | 34 |`
    """
    for table in _tables(document):
        for row in table[1:]:
            first = document.text_of(row.span).strip().removeprefix("|").split("|")[0]
            if not first.strip():
                yield Finding(
                    row.span, "This row begins with an empty cell.", "name what the row is about"
                )


@rule("TAB004")
def rows_without_table(document: Document, site: Site) -> Iterator[Finding]:
    """Lines with bars are no table.

    They are printed as one paragraph full of bars: a blank line before them or the line of
    dashes under the header is missing.

    Wrong: `| State | Count |` right under a line of text.
    Right: a blank line, the header, `|---|---|`, the rows.
    """
    for passage in document.passages:
        if passage.kind not in ("paragraph", "item"):
            continue
        found = _BARRED.search(document.masked, passage.span.start, passage.span.end)
        if found:
            yield Finding(
                Span(found.start(), found.end()),
                "This row belongs to no table.",
                "put a blank line before the table and a line |---|---| under its header",
            )


def _tables(document: Document) -> Iterator[list[Passage]]:
    """Yield the rows of each table; rows of one table stand on lines that follow each other."""
    rows = [p for p in document.passages if p.kind == "row"]
    run: list[Passage] = []
    last = None
    for row in rows:
        line = document.index.position(row.span.start)[0]
        # The line of dashes stands between the header and the first row.
        if last is not None and line - last > (2 if len(run) == 1 else 1):
            yield run
            run = []
        run.append(row)
        last = line
    if run:
        yield run


def _cells(document: Document, row: Passage) -> int:
    text = _TERM.sub("", document.masked[row.span.start : row.span.end]).strip()
    return len(text.removeprefix("|").removesuffix("|").split("|"))
