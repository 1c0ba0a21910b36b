"""Report as text for a person: place, code, message, the line with its fault marked, a hint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from wellsourced.diagnostics import Diagnostic, Severity
from wellsourced.reporters.cells import Cell, lay_out, printable, starts
from wellsourced.reporters.changes import NO_CHANGES, Changes

WIDTH = 92
"""Columns of a line that a frame shows; with the gutter it fits a terminal of 100."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_COLOURS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m"}
_BLUE, _BOLD, _PLAIN = "\x1b[1;34m", "\x1b[1m", "\x1b[0m"
_CUT = Cell("…", 1)


def report(
    diagnostics: Sequence[Diagnostic],
    texts: Mapping[str, str],
    *,
    terminal: bool,
    changes: Changes = NO_CHANGES,
) -> str:
    """Give each diagnostic with its code frame, then a line that counts them."""
    del changes
    lines = {path: split_lines(text) for path, text in texts.items()}
    parts = [_part(d, lines.get(d.path, []), terminal) for d in diagnostics]
    return "\n".join([*parts, count(diagnostics)]) if parts else "No findings."


def split_lines(text: str) -> list[str]:
    """Split a text as the scanner does: LF, CRLF and CR end a line, and nothing else does."""
    return _LINE_END.split(text)


def headline(diagnostic: Diagnostic) -> str:
    """Give a finding's place, severity, code and message on one line."""
    return _headline(diagnostic, colour=False)


def count(diagnostics: Sequence[Diagnostic]) -> str:
    """Give a sentence that counts errors, warnings and files."""
    errors = sum(d.severity is Severity.ERROR for d in diagnostics)
    warnings = len(diagnostics) - errors
    files = len({d.path for d in diagnostics})
    return (
        f"{errors} error{'s' * (errors != 1)} and {warnings} warning{'s' * (warnings != 1)} "
        f"in {files} file{'s' * (files != 1)}."
    )


def _part(d: Diagnostic, lines: Sequence[str], colour: bool) -> str:
    gutter = " " * max(5, len(str(d.end_line)) + 2)
    out = [_headline(d, colour)]
    for number, text, marks in _frame(d, lines):
        margin = f"{number or '':>{len(gutter)}} |"
        painted = _paint(marks, _COLOURS[d.severity], colour) if marks else text
        out.append(f"{_paint(margin, _BLUE, colour)} {painted}".rstrip())
    if d.hint:
        out.append(f"{_paint(f'{gutter} =', _BLUE, colour)} help: {printable(d.hint)}")
    return "\n".join(out) + "\n"


def _headline(d: Diagnostic, colour: bool) -> str:
    place = _paint(f"{printable(d.path)}:{d.line}:{d.column}", _BOLD, colour)
    kind = _paint(f"{d.severity}[{d.code}]", _COLOURS[d.severity], colour)
    return f"{place}: {kind} {printable(d.message)}"


def _paint(words: str, code: str, colour: bool) -> str:
    return f"{code}{words}{_PLAIN}" if colour else words


def _frame(d: Diagnostic, lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield rows of line number (0: none), shown text, and marks (in place of text).

    A finding over several lines shows its first and its last one.
    """
    if not 0 < d.line <= len(lines):
        return
    last, end = d.end_line, d.end_column
    if last > d.line and end <= 1:
        last -= 1
        end = len(lines[last - 1]) + 1 if last <= len(lines) else 1
    first = lines[d.line - 1]
    here = end if last <= d.line else len(first) + 1
    yield from _line(d.line, first, d.column, here)
    if d.line == len(lines) and not first and d.line > 1:
        yield 0, "(end of the file)", ""
    if d.line < last <= len(lines):
        if last > d.line + 1:
            yield 0, "…", ""
        text = lines[last - 1]
        yield from _line(last, text, len(text) - len(text.lstrip()) + 1, end)


def _line(number: int, text: str, column: int, end: int) -> Iterator[tuple[int, str, str]]:
    """Yield a line, cut to `WIDTH` columns round its finding, and the marks under it."""
    cells = lay_out(text)
    first = min(max(column, 1), len(cells) + 1) - 1
    after = min(max(end - 1, first), len(cells))
    cells, first, after = _window(cells, first, after)
    columns = starts(cells)
    left = columns[first]
    right = columns[after] if after > first else left
    yield number, "".join(cell.shown for cell in cells), ""
    yield 0, "", " " * left + "^" * max(1, right - left)


def _window(cells: tuple[Cell, ...], first: int, after: int) -> tuple[tuple[Cell, ...], int, int]:
    """Cut a long line to `WIDTH` columns with the finding in view; give its new ends too."""
    columns = starts(cells)
    if columns[-1] <= WIDTH:
        return cells, first, after
    spare = WIDTH - 2  # for the two marks that say that text is left out
    room = max(spare - (columns[after] - columns[first]), spare // 4)
    begin = max(0, min(columns[first] - room // 2, columns[-1] - spare))
    start = next(i for i, column in enumerate(columns) if column >= begin)
    stop = max(i for i, column in enumerate(columns) if column <= columns[start] + spare)
    # A cluster is never cut apart.
    while start > 0 and cells[start].width == 0:
        start -= 1
    while stop < len(cells) and cells[stop].width == 0 and stop > start:
        stop -= 1
    head = (_CUT,) if start else ()
    tail = (_CUT,) if stop < len(cells) else ()
    shift = len(head) - start
    shown = (*head, *cells[start:stop], *tail)
    return shown, max(first + shift, 0), min(after + shift, len(shown) - len(tail))
