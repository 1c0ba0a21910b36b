"""Build copies of the project in other folders, zones and orders and compare every byte."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from ..conftest import ROOT, Build

SOURCES = ("content", "theme", "wellsourced", "pelicanconf.py", "publishconf.py")
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".*")
# What must not matter: the zone, the locale and the order in which sets are walked.
HERE: Mapping[str, str] = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}
THERE: Mapping[str, str] = {"TZ": "Pacific/Auckland", "LC_ALL": "POSIX", "PYTHONHASHSEED": "2"}


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the project's sources in a folder of its own."""

    folder: Path
    environment: Mapping[str, str]

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def run(self, build: Build, settings: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Build with this copy's own engine and settings, from `cwd`."""
        return build(
            self.content,
            self.output,
            settings=self.folder / settings,
            cwd=cwd,
            environment={**self.environment, "PYTHONPATH": str(self.folder)},
        )


def copy_sources(folder: Path, environment: Mapping[str, str]) -> Copy:
    """Copy what a build reads into `folder`."""
    folder.mkdir(parents=True)
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=LEFT_OUT)
        else:
            shutil.copyfile(ROOT / name, folder / name)
    return Copy(folder, environment)


def digests(folder: Path) -> dict[str, str]:
    """Map each file under `folder`, by its path within, to the SHA-256 of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> tuple[Copy, Copy]:
    """Copy the project to a short path and to a long one that holds a space."""
    base = tmp_path_factory.mktemp("copies")
    return (
        copy_sources(base / "a", HERE),
        copy_sources(base / "another folder" / "with" / ("a-long-name" * 6), THERE),
    )


@pytest.fixture(scope="module", params=["pelicanconf.py", "publishconf.py"])
def built(
    request: pytest.FixtureRequest, copies: tuple[Copy, Copy], build: Build
) -> tuple[Copy, Copy]:
    """Build both copies with the same settings file, each from another current folder."""
    for copy, cwd in zip(copies, (copies[0].folder, Path("/")), strict=True):
        shutil.rmtree(copy.output, ignore_errors=True)
        result = copy.run(build, request.param, cwd)
        assert result.returncode == 0, result.stdout + result.stderr
    return copies


def test_a_copy_builds_with_its_own_engine(copies: tuple[Copy, Copy]) -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import wellsourced; print(wellsourced.__file__)"],
        cwd="/",
        env={"PYTHONPATH": str(copies[1].folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.startswith(str(copies[1].folder))


def test_two_builds_are_identical(built: tuple[Copy, Copy]) -> None:
    first, second = (digests(copy.output) for copy in built)
    assert "index.html" in first
    assert {name for name in first | second if first.get(name) != second.get(name)} == set()


def test_no_output_names_the_folder_that_it_was_built_in(built: tuple[Copy, Copy]) -> None:
    for copy in built:
        folder = str(copy.folder).encode()
        named = [path for path in copy.output.rglob("*") if path.is_file()]
        assert [path for path in named if folder in path.read_bytes()] == []


def test_a_failed_build_leaves_the_old_output(built: tuple[Copy, Copy], build: Build) -> None:
    copy = built[1]
    before, beside = digests(copy.output), {path.name for path in copy.folder.iterdir()}
    article = sorted(copy.content.glob("articles/*.md"))[0]
    source = article.read_text("utf-8")
    try:
        article.write_text(f"{source}\nA claim without a source [@nobody1900].\n", "utf-8")
        result = copy.run(build, "publishconf.py", Path("/"))
    finally:
        article.write_text(source, "utf-8")
    assert result.returncode == 1
    said = result.stdout + result.stderr
    line = source.count("\n") + 2
    assert f"{article.name}:{line}:" in said
    assert said.count("error[CIT001]") == 1
    assert digests(copy.output) == before
    assert {path.name for path in copy.folder.iterdir()} == beside


def test_a_changed_byte_is_seen(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(b"one")
    before = digests(tmp_path)
    (tmp_path / "index.html").write_bytes(b"two")
    assert digests(tmp_path) != before
