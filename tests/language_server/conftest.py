"""A copy of the shipped content, and a language server for it in a process of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pelican.settings import read_settings

from wellsourced.diagnostics import Diagnostic
from wellsourced.plugin.check import check_files

from .client import Editor

ROOT = Path(__file__).resolve().parent.parent.parent

_SETTINGS = """
import sys
sys.path.insert(0, {root!r})
from pelicanconf import *
PATH = {content!r}
WELLSOURCED_CACHE = {cache!r}
"""
SERVE = """
import sys
from pathlib import Path
from wellsourced.language_server import server
server.run(Path(sys.argv[1]))
"""


@dataclass(frozen=True)
class Project:
    """A project folder: its settings and its content."""

    folder: Path

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def article(self) -> Path:
        return self.content / "articles" / "what-is-dry-needling.md"

    @property
    def ledger(self) -> Path:
        return self.article.with_name("what-is-dry-needling.facts.yaml")

    def library(self, name: str) -> Path:
        return self.content / "library" / name

    def text(self, path: Path) -> str:
        return path.read_bytes().decode("utf-8")

    def check(self, *paths: Path, text: str | None = None) -> tuple[Diagnostic, ...]:
        """Give what `invoke check --path` finds in files, while the first holds a text."""
        kept = paths[0].read_bytes()
        settings: Mapping[str, Any] = read_settings(str(self.folder / "settings.py"))
        try:
            if text is not None:
                paths[0].write_bytes(text.encode("utf-8"))
            return check_files(settings, paths)[0]
        finally:
            paths[0].write_bytes(kept)


def write_settings(folder: Path) -> None:
    """Write the settings of a project folder: the shipped ones, for its own content."""
    content, cache = str(folder / "content"), str(folder / "cache")
    settings = _SETTINGS.format(root=str(ROOT), content=content, cache=cache)
    (folder / "settings.py").write_text(settings, "utf-8")


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("project")
    content = folder / "content"
    shutil.copytree(ROOT / "content", content)
    write_settings(folder)
    return Project(folder)


@pytest.fixture(scope="session")
def editor(project: Project) -> Iterator[Editor]:
    """Start one server for all tests; each closes what it opened."""
    settings = project.folder / "settings.py"
    running = Editor(["-c", SERVE, str(settings)], ROOT, project.folder / "log.txt")
    try:
        running.start()
        yield running
    finally:
        assert running.stop() == 0, running.log.read_text()
    said = running.log.read_text()
    assert "Traceback" not in said, said
