"""Turn what goes wrong in Pelican and in the theme into findings."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import TemplateSyntaxError

from wellsourced.diagnostics import Diagnostic, Location, code, diagnose
from wellsourced.plugin import stylesheet
from wellsourced.plugin.where import shown


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


class Complaints(logging.Handler):
    """Collect what Pelican logs as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._records: list[logging.LogRecord] = []

    @property
    def found(self) -> list[Diagnostic]:
        """Give what was logged as findings."""
        return [pelican_complained(record.getMessage()) for record in self._records]

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)


@contextmanager
def heard() -> Iterator[Complaints]:
    handler = Complaints()
    logger = logging.getLogger("pelican")
    logger.addHandler(handler)
    try:
        yield handler
    finally:
        logger.removeHandler(handler)
