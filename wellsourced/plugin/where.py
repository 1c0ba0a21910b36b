"""Say what day it is, how paths are shown, and where a site's builds are remembered."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from wellsourced.plugin import digests

_PLACES = frozenset({"PATH", "OUTPUT_PATH", "THEME", "WELLSOURCED_CACHE", "PLUGINS"})
"""Settings that say where things are; what is made there does not depend on them."""


def today() -> date:
    """Give the build's date: SOURCE_DATE_EPOCH (reproducible-builds.org) or the clock's, in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date()


def shown(path: Path) -> str:
    """Give a path as diagnostics show it: relative to the current folder when it lies below."""
    relative = os.path.relpath(path)
    return path.as_posix() if relative.startswith("..") else Path(relative).as_posix()


def store_path(settings: Mapping[str, Any], purpose: str) -> Path:
    """Name the file that remembers the work on a content folder for one purpose."""
    place = digests.of(os.path.realpath(settings["PATH"]), purpose).hex()[:16]
    return Path(settings["WELLSOURCED_CACHE"]) / "builds" / f"{place}.sqlite"


def identity(settings: Mapping[str, Any]) -> bytes:
    """Digest what every page depends on: the engine, the settings, how paths are shown."""
    told = {name: settings[name] for name in sorted(settings) if name.isupper()}
    return digests.of(
        digests.engine(),
        {name: value for name, value in told.items() if name not in _PLACES},
        shown(Path(settings["PATH"])),
    )
