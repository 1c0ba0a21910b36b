"""Run Pelican behind the gate: check first, build aside, audit, then move the output in."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError
from markupsafe import Markup
from pelican import Pelican

from wellsourced import audit
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose, has_errors
from wellsourced.plugin import assets, staging, stylesheet
from wellsourced.plugin.desk import SETTING, Desk, prepare, shown
from wellsourced.reporters.output import write


class WellSourced(Pelican):  # type: ignore[misc]
    """The Pelican of this site; named by the PELICAN_CLASS setting."""

    def run(self) -> None:
        """Build the site, or print every finding and leave the last output as it was.

        Raises `SystemExit(1)` when there is an error: `pelican -r` catches only `Exception`.
        """
        desk = prepare(self.settings)
        if not has_errors(desk.found):
            self.produce(desk)
        _print(desk)
        if has_errors(desk.found):
            raise SystemExit(1)

    def produce(self, desk: Desk) -> None:
        """Build what a desk without errors holds, audit it, and move it in if nothing is wrong.

        What is found on the way joins `desk.found`.
        """
        output = Path(self.settings["OUTPUT_PATH"])
        with staging.staged(output) as stage, _heard() as log:
            self.output_path = self.settings["OUTPUT_PATH"] = str(stage)
            try:
                self.settings |= page_values(desk, Path(self.settings["THEME"]))
                self.settings[SETTING] = desk
                super().run()
            except (TemplateError, stylesheet.StyleSheetError) as error:
                desk.found.append(broken_theme(error, Path(self.settings["THEME"])))
                return
            finally:
                self.output_path = self.settings["OUTPUT_PATH"] = str(output)
            desk.found.extend(_told(log.records))
            desk.found.extend(audit.audit(stage, desk.site))
            if has_errors(desk.found):
                return
            keep = tuple(self.output_retention) if self.delete_outputdir else None
            staging.move_in(stage, output, Path(self.settings["WELLSOURCED_CACHE"]), keep)


@code("INT002")
def pelican_complained(message: str) -> Diagnostic:
    """Pelican logged an error while it built the site.

    Pelican logs what goes wrong and goes on: a page can be missing, a link can point nowhere,
    and the exit status is still 0. Here each of its errors stops the build.

    Wrong: a template that Pelican cannot load.
    Right: a build that logs no error.
    """
    return diagnose(Location("pelican"), "INT002", message, "see Pelican's own message above")


@code("INT003")
def broken_theme(error: Exception, theme: Path) -> Diagnostic:
    """A template or style sheet of the theme cannot be used.

    Every page needs the theme; a page that it cannot print is a page that readers lose.

    Wrong: `{% if article.checked %}` without its `{% endif %}`.
    Right: both.
    """
    file, line, column = theme, 1, 1
    if isinstance(error, stylesheet.StyleSheetError):
        file, line, column = error.sheet, error.line, error.column
    elif isinstance(error, TemplateSyntaxError) and error.filename:
        file, line = Path(error.filename), error.lineno
    else:
        frames = traceback.extract_tb(error.__traceback__)
        named = [frame for frame in frames if frame.filename.endswith((".html", ".xml"))]
        if named:
            file, line = Path(named[-1].filename), named[-1].lineno or 1
    at = Location(shown(file), line, column)
    return diagnose(at, "INT003", f"The theme cannot be used: {error}.", "mend this file")


def _print(desk: Desk) -> None:
    """Print every finding once, on standard error."""
    if desk.found:
        found = sorted(set(desk.found))
        write("text", found, desk.texts, sys.stderr, os.environ)


def page_values(desk: Desk, theme: Path) -> dict[str, Any]:
    """Give what every template receives beside Pelican's own values."""
    return {
        "site_css": Markup(stylesheet.read(theme)),
        "site_js": script.key if (script := assets.script(theme)) else "",
        "origin": desk.origin,
        "library": desk.site.library,
        "entries": desk.sources.entries,
        "usage": desk.usage,
        "disclosures": desk.sources.disclosures,
    }


class _Records(logging.Handler):
    """Collect what Pelican logs as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def _heard() -> Iterator[_Records]:
    handler = _Records()
    logger = logging.getLogger("pelican")
    logger.addHandler(handler)
    try:
        yield handler
    finally:
        logger.removeHandler(handler)


def _told(records: Sequence[logging.LogRecord]) -> list[Diagnostic]:
    """Turn what Pelican logged into findings: its warnings are links that it could not resolve."""
    return [pelican_complained(record.getMessage()) for record in records]
