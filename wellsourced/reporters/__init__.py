"""Print diagnostics: one interface, one file for each format.

A reporter is a function from diagnostics and the texts of their files to the printed text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from wellsourced.diagnostics import Diagnostic
from wellsourced.reporters import github, json, sarif, text
from wellsourced.reporters.changes import NO_CHANGES, Changes


class Reporter(Protocol):
    """Give the diagnostics as text, without a line end after the last line.

    `texts` maps a diagnostic's path to that file's text, for code frames; a path may be
    missing. `terminal` allows colour. `changes` are the lines that a writer has changed.
    """

    def __call__(
        self,
        diagnostics: Sequence[Diagnostic],
        texts: Mapping[str, str],
        *,
        terminal: bool,
        changes: Changes = ...,
    ) -> str: ...


REPORTERS: dict[str, Reporter] = {
    "text": text.report,
    "json": json.report,
    "sarif": sarif.report,
    "github": github.report,
}


def render(
    format: str,
    diagnostics: Sequence[Diagnostic],
    texts: Mapping[str, str],
    *,
    terminal: bool,
    changes: Changes = NO_CHANGES,
) -> str:
    """Give the diagnostics in a format of `REPORTERS`.

    Raises `KeyError` for a format that is not there.
    """
    return REPORTERS[format](diagnostics, texts, terminal=terminal, changes=changes)
