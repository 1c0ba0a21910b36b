"""Report as text for a person: place, code, message, the line with its fault marked, a hint."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from wellsourced.diagnostics import Diagnostic, Severity

_LINE_END = re.compile(r"\r\n|\n|\r")
_COLOURS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m"}
_BLUE, _BOLD, _PLAIN = "\x1b[1;34m", "\x1b[1m", "\x1b[0m"


def report(diagnostics: Sequence[Diagnostic], texts: Mapping[str, str], *, terminal: bool) -> str:
    """Give each diagnostic with its code frame, then a line that counts them."""
    lines = {path: _LINE_END.split(text) for path, text in texts.items()}
    parts = [_frame(d, lines.get(d.path, []), terminal) for d in diagnostics]
    return "\n".join([*parts, _summary(diagnostics)]) if parts else "No findings."


def _frame(diagnostic: Diagnostic, lines: Sequence[str], colour: bool) -> str:
    d = diagnostic

    def paint(words: str, code: str) -> str:
        return f"{code}{words}{_PLAIN}" if colour else words

    kind = paint(f"{d.severity}[{d.code}]", _COLOURS[d.severity])
    out = [f"{paint(f'{d.path}:{d.line}:{d.column}', _BOLD)}: {kind} {d.message}"]
    gutter = " " * max(5, len(str(d.line)) + 2)
    if 0 < d.line <= len(lines):
        text = lines[d.line - 1].replace("\t", " ")
        before, marked = _marked(text, d)
        number = paint(f"{d.line:>{len(gutter)}} |", _BLUE)
        out.append(f"{number} {text}")
        marks = paint("^" * max(1, _width(marked)), _COLOURS[d.severity])
        out.append(f"{paint(f'{gutter} |', _BLUE)} {' ' * _width(before)}{marks}")
    if d.hint:
        out.append(f"{paint(f'{gutter} =', _BLUE)} help: {d.hint}")
    return "\n".join(out) + "\n"


def _marked(text: str, d: Diagnostic) -> tuple[str, str]:
    """Cut a line into what stands before the finding and the finding itself."""
    end = d.end_column - 1 if d.end_line == d.line else len(text)
    return text[: d.column - 1], text[d.column - 1 : end]


def _width(text: str) -> int:
    """Count the terminal columns that a text takes (UAX #11: wide and fullwidth take two)."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _summary(diagnostics: Sequence[Diagnostic]) -> str:
    errors = sum(d.severity is Severity.ERROR for d in diagnostics)
    warnings = len(diagnostics) - errors
    files = len({d.path for d in diagnostics})
    return (
        f"{errors} error{'s' * (errors != 1)} and {warnings} warning{'s' * (warnings != 1)} "
        f"in {files} file{'s' * (files != 1)}."
    )
