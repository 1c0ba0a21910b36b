"""Print diagnostics: one interface, one file for each format.

A reporter is a function from diagnostics and the texts of their files to the printed text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from wellsourced.diagnostics import Diagnostic
from wellsourced.reporters import json, text

Texts = Mapping[str, str]
"""Mapping from a diagnostic's path to the text of that file; a path may be missing."""

Reporter = Callable[[Sequence[Diagnostic], Texts], str]

REPORTERS: dict[str, Reporter] = {"text": text.report, "json": json.report}
