"""Read the built site once for all the tests that look at it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.site.expectations import read
from tests.site.page import Site, read_site

CONTENT = Path(__file__).parents[2] / "content"


@cache
def built_site(output: Path) -> Site:
    """Read a built site against the shipped content; parsed once a session."""
    return read_site(output, read(CONTENT))
