"""Report as JSON: a list of objects with the Diagnostic's fields."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from wellsourced.diagnostics import Diagnostic
from wellsourced.reporters.changes import NO_CHANGES, Changes


def report(
    diagnostics: Sequence[Diagnostic],
    texts: Mapping[str, str],
    *,
    terminal: bool,
    changes: Changes = NO_CHANGES,
) -> str:
    """Give the diagnostics as a JSON array, in the order given."""
    del texts, terminal, changes
    return json.dumps([asdict(d) for d in diagnostics], ensure_ascii=False, indent=2)
