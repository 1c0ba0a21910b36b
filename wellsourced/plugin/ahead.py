"""Look at one edited document ahead of the build, with what the last build knows of the rest.

The preview shows an editor this at once, however large the site is; the build that follows
brings up to date what else the edit has changed, and has the last word.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from jinja2 import TemplateError

from wellsourced.diagnostics import Diagnostic, has_errors
from wellsourced.plugin.documents import DocumentPages
from wellsourced.plugin.store import DAMAGED
from wellsourced.plugin.survey import Survey


@dataclass(frozen=True, slots=True)
class Glance:
    """What a save came to: all findings, and the page's bytes by its path below the output."""

    found: tuple[Diagnostic, ...]
    pages: Mapping[str, bytes]


class Ahead:
    """What a finished build knows: its survey, what makes its pages, what it has found."""

    def __init__(self, survey: Survey, pages: DocumentPages, found: Collection[Diagnostic]) -> None:
        self._survey = survey
        self._pages = pages
        self.found = found

    def look(self, saved: Collection[Path]) -> Glance | None:
        """Check and render a saved document; None where that takes more than its text.

        So it is when several files were saved, or one that is no document the build knows.
        """
        content = self._survey.content
        folder = content.folder.resolve()
        # What is there no more stood for the save itself: editors write aside and rename.
        left = [os.path.relpath(file.resolve(), folder) for file in saved if file.exists()]
        path = f"{content.display}/{Path(left[0]).as_posix()}" if len(left) == 1 else ""
        if path not in content.sources:
            return None
        try:
            own = self._survey.look_again(path)
            found = (*(one for one in self.found if not _is_of(one, path)), *own)
            if has_errors(found):
                return Glance(tuple(sorted(found)), {})
            with TemporaryDirectory() as stage:
                written = self._pages.below(Path(stage)).write(path)
                names = [name for name, _ in written.files if name.endswith(".html")]
                pages = {name: Path(stage, name).read_bytes() for name in names}
        except (OSError, TemplateError, *DAMAGED):
            return None  # the build will tell
        return Glance(tuple(sorted({*found, *written.found})), pages)


def _is_of(finding: Diagnostic, path: str) -> bool:
    """Tell whether a finding is in a document or in a file of its name beside it."""
    return finding.path.startswith(path.removesuffix("md"))
