"""Stand in for Pelican: nothing is built past the gate, and nothing that is built already."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pelican import Pelican

from wellsourced.diagnostics import Diagnostic, has_errors
from wellsourced.plugin import unchanged
from wellsourced.plugin.progress import Progress
from wellsourced.reporters.output import write

if TYPE_CHECKING:
    from wellsourced.plugin.build import Outcome
    from wellsourced.plugin.survey import Tell
    from wellsourced.plugin.unchanged import AsRead


class WellSourced(Pelican):  # type: ignore[misc]
    """The Pelican of this site; named by the PELICAN_CLASS setting."""

    def run(self) -> None:
        """Build the site, or print every finding and leave the last output as it was.

        Raises `SystemExit(1)` when there is an error: `pelican -r` catches only `Exception`.
        """
        progress = Progress(sys.stderr)
        output = Path(self.settings["OUTPUT_PATH"])
        keep = tuple(self.output_retention) if self.delete_outputdir else None
        as_read = unchanged.fingerprint(self.settings)
        found = unchanged.findings(self.settings, output, keep, as_read)
        texts: Mapping[str, str] = {}
        if found is None:
            outcome = self.build(progress.tell, as_read=as_read)
            found, texts = outcome.found, outcome.texts
        if found:
            write("text", found, texts, sys.stderr, os.environ)
        if has_errors(found):
            raise SystemExit(1)
        progress.sum_up(sys.stdout)

    def build(
        self,
        tell: Tell,
        checked: Callable[[Sequence[Diagnostic]], None] = lambda found: None,
        as_read: AsRead | None = None,
    ) -> Outcome:
        """Build the site as `build.build` does, whose `as_read` is taken now if it is not given."""
        from wellsourced.plugin import build  # most of the engine, which takes a second to load

        return build.build(self, tell, checked, as_read or unchanged.fingerprint(self.settings))
