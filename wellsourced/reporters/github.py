"""Report as GitHub workflow commands, which the pull request shows beside the changed lines.

The commands are those of "Workflow commands for GitHub Actions"; how they are escaped is set by
actions/toolkit (packages/core, command.ts).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from wellsourced.diagnostics import Diagnostic, Severity
from wellsourced.reporters.changes import NO_CHANGES, Changes, is_changed
from wellsourced.reporters.text import count, headline

ANNOTATION_LIMIT = 10
"""Annotations of one severity that GitHub shows for one step; it drops the others unsaid."""
SUMMARY_LIMIT = 1024 * 1024
"""Bytes that a step's summary may have; GitHub drops a larger one whole."""

_MARKUP = re.compile(r"[\\`*_\[\]<>|~#$&@!]")


def report(
    diagnostics: Sequence[Diagnostic],
    texts: Mapping[str, str],
    *,
    terminal: bool,
    changes: Changes = NO_CHANGES,
) -> str:
    """Give ten errors and ten warnings as annotations, those on changed lines first.

    The others follow as plain lines of the log.
    """
    del texts, terminal
    annotated: list[Diagnostic] = []
    for severity in Severity:
        found = [d for d in diagnostics if d.severity is severity]
        found.sort(key=lambda d: not is_changed(d, changes))
        annotated += found[:ANNOTATION_LIMIT]
    others = [d for d in diagnostics if d not in annotated]
    lines = [_annotation(d) for d in annotated] + [headline(d) for d in others]
    return "\n".join([*lines, count(diagnostics) if diagnostics else "No findings."])


def summarise(diagnostics: Sequence[Diagnostic], limit: int = SUMMARY_LIMIT) -> str:
    """Give every finding as a row of a Markdown table, in at most `limit` bytes.

    What does not fit is counted in a last line.
    """
    head = f"### Content check\n\n{count(diagnostics) if diagnostics else 'No findings.'}\n"
    if diagnostics:
        head += "\n| Severity | Code | Place | Finding |\n|---|---|---|---|\n"
    rows = [_row(d) for d in diagnostics]
    size = _bytes(head)
    for written, row in enumerate(rows):
        rest = f"\n{len(rows) - written} more are in the log of this step.\n"
        if size + _bytes(row) + _bytes(rest) > limit:
            text = head + "".join(rows[:written]) + rest
            return text if _bytes(text) <= limit else ""
        size += _bytes(row)
    text = head + "".join(rows)
    return text if _bytes(text) <= limit else ""


def _annotation(d: Diagnostic) -> str:
    properties = {
        "file": d.path,
        "line": d.line,
        "col": d.column,
        "endLine": d.end_line,
        "endColumn": d.end_column,
        "title": d.code,
    }
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    message = f"{d.message}\n{d.hint}" if d.hint else d.message
    return f"::{d.severity} {written}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _row(d: Diagnostic) -> str:
    finding = f"{d.message} ({d.hint})" if d.hint else d.message
    place = f"{d.path}:{d.line}:{d.column}"
    return f"| {d.severity} | {d.code} | {_cell(place)} | {_cell(finding)} |\n"


def _cell(text: str) -> str:
    """Write text so that a cell shows it as it is (CommonMark 2.4, GFM 4.10): on one line."""
    return _MARKUP.sub(r"\\\g<0>", re.sub(r"\s+", " ", text).strip())


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "backslashreplace"))
