"""Rebuild the site in one process and remember what was found."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from wellsourced.diagnostics import Diagnostic, has_errors
from wellsourced.plugin import WellSourced, settings
from wellsourced.plugin.ahead import Ahead
from wellsourced.plugin.survey import silent


@dataclass(frozen=True, slots=True)
class State:
    """What the last save led to.

    `version` counts the builds that were moved in; while an error stands it does not move,
    and the pages of that version stay on screen. `checked` counts the saves that were looked at.
    """

    version: int
    checked: int
    findings: tuple[Diagnostic, ...]

    def message(self) -> Mapping[str, object]:
        """Give the state as plain data for the page."""
        return {
            "version": self.version,
            "checked": self.checked,
            "findings": [asdict(finding) for finding in self.findings],
        }


class Session:
    """One preview: its settings, its output, its last state. One rebuild runs at a time."""

    def __init__(self, settings_file: Path, output: Path) -> None:
        self._settings_file = settings_file
        self._output = output
        self._lock = threading.Lock()
        self._ahead: Ahead | None = None
        self.state = State(0, 0, ())
        self.pages: Mapping[str, bytes] = {}
        """Pages by their paths below the output that are shown before they are built."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """Read the settings anew: they may have changed."""
        override = {
            "OUTPUT_PATH": str(self._output),
            "SITEURL": "",
            "WELLSOURCED_PUBLISHING": False,
        }
        return settings.read(self._settings_file, override)

    def rebuild(
        self, saved: Collection[Path] = (), tell: Callable[[State], None] = lambda state: None
    ) -> State:
        """Check the content and, when it has no error, build it and move it in.

        `saved` are the files that were saved. `tell` is called as soon as the page of a saved
        article can be shown, and when all findings are known, before anything else is built.
        """
        with self._lock:
            checked = self.state.checked + 1
            glance = self._ahead.look(saved) if self._ahead else None
            if glance:
                self.pages = glance.pages
                version = self.state.version + bool(glance.pages)
                self.state = State(version, checked, glance.found)
                tell(self.state)

            def tell_findings(found: Sequence[Diagnostic]) -> None:
                self.state = State(self.state.version, checked, tuple(found))
                if not has_errors(found):
                    tell(self.state)

            outcome = WellSourced(self.settings).build(silent, tell_findings)
            has_news = not has_errors(outcome.found) and self._has_news(outcome.changed)
            self.state = State(self.state.version + has_news, checked, outcome.found)
            self.pages = {}
            self._ahead = outcome.ahead or self._ahead
            if self._ahead:
                self._ahead.found = outcome.found
            return self.state

    def _has_news(self, changed: Collection[str]) -> bool:
        """Tell whether a build has changed a page otherwise than it is shown already."""
        return not self.pages or any(
            name not in self.pages or (self._output / name).read_bytes() != self.pages[name]
            for name in {*self.pages, *changed}
            if name.endswith(".html")
        )
