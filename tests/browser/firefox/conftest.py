"""Fixtures: one Firefox for all tests, and tabs that end with their test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from ...conftest import require
from ..conftest import page_address
from ..visit import HEIGHT, WIDTHS
from . import process
from .session import Session
from .tab import Tab

NAMES = ("firefox-esr", "firefox")


class OpenTab(Protocol):
    """Opens the page of a kind in Firefox."""

    def __call__(self, kind: str = ..., *, width: int = ...) -> Tab: ...


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Start one headless Firefox with an empty profile."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    require(found, "Firefox")
    with process.firefox(Path(str(found)), tmp_path_factory.mktemp("firefox")) as session:
        yield session


@pytest.fixture
def open_tab(firefox: Session, served: str, site: Path) -> Iterator[OpenTab]:
    """Give the function that opens a page of the served site, the article by default."""
    tabs: list[Tab] = []

    def run(kind: str = "article", *, width: int = WIDTHS[-1]) -> Tab:
        tab = Tab(firefox, width, HEIGHT)
        tabs.append(tab)
        tab.go(served + page_address(site, kind))
        return tab

    yield run
    for tab in tabs:
        tab.close()
