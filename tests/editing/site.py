"""Load the valid fixture site as editors' chores see it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.rules.overlay import lay
from wellsourced import rules
from wellsourced.rules import Site

TODAY = date(2026, 11, 24)


def valid_site(folder: Path) -> Site:
    """Lay the valid site at `folder`/content and load it; paths show as `content/…`."""
    lay(folder / "content")
    return load(folder)


def load(folder: Path) -> Site:
    """Load `folder`/content."""
    site, _ = rules.load(folder / "content", "content", TODAY)
    return site
