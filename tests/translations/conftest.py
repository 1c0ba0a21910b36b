"""Fixtures: a site in two languages, built as readers get it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ..conftest import ROOT, Build

SITES = ROOT / "tests" / "sites"


@pytest.fixture(scope="session")
def bilingual(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Path:
    """Build the valid site with an article and a page in Spanish beside their English ones."""
    folder = tmp_path_factory.mktemp("bilingual")
    shutil.copytree(SITES / "valid", folder / "content")
    shutil.copytree(SITES / "translated", folder / "content", dirs_exist_ok=True)
    result = build(folder / "content", folder / "output")
    assert result.returncode == 0, result.stdout + result.stderr
    return folder / "output"
