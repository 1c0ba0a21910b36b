"""Give the checks the built site, parsed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.built import built_site
from tests.site.page import Site


@pytest.fixture(scope="session")
def built(site: Path) -> Site:
    """Read the one build of the session."""
    return built_site(site)
