"""Say which lines of which files a writer has changed, and keep the findings on them."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from types import MappingProxyType

from wellsourced.diagnostics import Diagnostic

Changes = Mapping[str, Container[int]]
"""Mapping from a file's shown path to the numbers of its changed lines, from 1."""

NO_CHANGES: Changes = MappingProxyType({})


def is_changed(diagnostic: Diagnostic, changes: Changes) -> bool:
    """Tell whether a finding touches a changed line."""
    changed = changes.get(diagnostic.path, ())
    return any(line in changed for line in range(diagnostic.line, diagnostic.end_line + 1))


def on_changed_lines(diagnostics: Sequence[Diagnostic], changes: Changes) -> tuple[Diagnostic, ...]:
    """Keep the findings that touch a changed line."""
    return tuple(d for d in diagnostics if is_changed(d, changes))
