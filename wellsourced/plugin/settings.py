"""Read Pelican's settings, for the rooms that do not know Pelican."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pelican.settings import read_settings


def read(file: Path | str, override: dict[str, Any] | None = None) -> dict[str, Any]:
    """Read a settings file with all defaults; `override` goes before what the file says."""
    settings: dict[str, Any] = read_settings(str(file), override=override)
    return settings
