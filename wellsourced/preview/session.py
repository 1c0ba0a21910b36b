"""Rebuild the site in one process and remember what was found."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from wellsourced.diagnostics import Diagnostic, has_errors
from wellsourced.plugin import WellSourced, settings
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
        self.state = State(0, 0, ())

    @property
    def settings(self) -> Mapping[str, Any]:
        """Read the settings anew: they may have changed."""
        override = {
            "OUTPUT_PATH": str(self._output),
            "SITEURL": "",
            "WELLSOURCED_PUBLISHING": False,
        }
        return settings.read(self._settings_file, override)

    def rebuild(self, tell: Callable[[State], None] = lambda state: None) -> State:
        """Check the content and, when it has no error, build it and move it in.

        `tell` is called as soon as the findings are known, before any page is built.
        """
        with self._lock:
            build = WellSourced(self.settings)
            before, checked = self.state.version, self.state.checked + 1

            def tell_findings(found: Sequence[Diagnostic]) -> None:
                self.state = State(before, checked, tuple(found))
                if not has_errors(found):
                    tell(self.state)

            found = build.build(silent, tell_findings).found
            self.state = State(before + (not has_errors(found)), checked, found)
            return self.state
