"""Run Pelican behind the gate: check first, build aside, audit, then move the output in."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateError
from pelican import Pelican

from wellsourced import audit
from wellsourced.diagnostics import Diagnostic, has_errors
from wellsourced.plugin import staging
from wellsourced.plugin.content import Texts
from wellsourced.plugin.faults import broken_theme, heard
from wellsourced.plugin.memory import remembering
from wellsourced.plugin.production import Made, Production
from wellsourced.plugin.progress import Progress
from wellsourced.plugin.store import Store
from wellsourced.plugin.stylesheet import StyleSheetError
from wellsourced.plugin.survey import Survey, Tell, survey
from wellsourced.reporters.output import write

Found = Sequence[Diagnostic]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build found, sorted; `texts` maps a shown path to its text, for code frames."""

    found: tuple[Diagnostic, ...]
    texts: Mapping[str, str]


class WellSourced(Pelican):  # type: ignore[misc]
    """The Pelican of this site; named by the PELICAN_CLASS setting."""

    def run(self) -> None:
        """Build the site, or print every finding and leave the last output as it was.

        Raises `SystemExit(1)` when there is an error: `pelican -r` catches only `Exception`.
        """
        progress = Progress(sys.stderr)
        outcome = self.build(progress.tell)
        if outcome.found:
            write("text", outcome.found, outcome.texts, sys.stderr, os.environ)
        if has_errors(outcome.found):
            raise SystemExit(1)
        progress.sum_up(sys.stdout)

    def build(self, tell: Tell, checked: Callable[[Found], None] = lambda found: None) -> Outcome:
        """Build the site unless something is wrong with it.

        `checked` is told what was found in the content before any page is written.
        """

        def work(kept: Store) -> Outcome:
            return self._build(kept, tell, checked)

        return remembering(self.settings, os.path.realpath(self.output), tell, work)

    @property
    def output(self) -> Path:
        """Give the folder that readers are served from."""
        return Path(self.settings["OUTPUT_PATH"])

    def _build(self, kept: Store, tell: Tell, checked: Callable[[Found], None]) -> Outcome:
        surveyed = survey(self.settings, kept, tell)
        texts = Texts(surveyed.content)
        checked(surveyed.desk.found)
        found = list(surveyed.desk.found)
        if not has_errors(found):
            found += self._produce(surveyed, tell)
        if has_errors(found):
            kept.keep(surveyed.fresh, {path: row.source for path, row in surveyed.rows.items()})
        return Outcome(tuple(sorted(set(found))), texts)

    def _produce(self, surveyed: Survey, tell: Tell) -> Found:
        """Make the pages aside, audit them, and move them in if nothing is wrong."""
        with staging.staged(self.output) as stage, heard() as log:
            try:
                production = Production(self, surveyed, self.output, tell)
                made = production.run(stage)
            except (TemplateError, StyleSheetError) as error:
                return [broken_theme(error, Path(self.settings["THEME"]))]
            found = [*made.found, *log.found]
            if not has_errors(found) and made.staged:
                cache = Path(self.settings["WELLSOURCED_CACHE"])
                found += audit.audit_build(made.files, surveyed.desk.site, cache)
            if not has_errors(found):
                self._publish(made, surveyed)
        return found

    def _publish(self, made: Made, surveyed: Survey) -> None:
        keep = tuple(self.output_retention) if self.delete_outputdir else None
        cache = Path(self.settings["WELLSOURCED_CACHE"])
        stamps = staging.move_in(made.staged, made.kept, self.output, cache, keep)
        made.build.files |= {
            name: made.build.files[name].on_disk(now) for name, now in stamps.items()
        }
        if made.build.differs_from(surveyed.store):
            surveyed.store.commit(made.build, surveyed.values.digest)
