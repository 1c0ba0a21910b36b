"""A fault stops the real build: told in full, exit status 1, the last good output untouched."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Build

from .overlay import Overlay, lay, overlay

FAULTS = {
    "unknown cite key": "CIT001",
    "duplicate key": "CIT026",
    "unknown product": "PRD001",
    "missing disclaimer": "DIS001",
    "missing alternative text": "IMG001-figure",
    "dead internal link": "LNK001",
    "dead anchor": "LNK002",
    "lost fact": "CLM010",
    "invalid CSL": "CIT029",
    "invalid YAML": "GLO021",
    "impossible date": "META002",
    "article that Pelican would have dropped": "META001",
    "published anchor gone": "ANC001",
}
TOGETHER = ("BLK002", "CIT001", "DIS001", "IMG001", "LNK001", "LNK002", "META002", "PRD001")
_FINDING = re.compile(r"(?P<place>\S+:\d+:\d+): (?:error|warning)\[(?P<code>[A-Z]+\d{3})\] \S.*")

Tree = dict[str, tuple[bytes, int]]
"""Each file of a folder: its bytes and the time of its last change, in nanoseconds."""


@dataclass(frozen=True)
class Desk:
    """A folder with content/ and an output/ that was built from the valid site."""

    folder: Path
    build: Build

    @property
    def content(self) -> Path:
        """Give the content folder."""
        return self.folder / "content"

    @property
    def output(self) -> Path:
        """Give the output folder."""
        return self.folder / "output"

    def run(self) -> subprocess.CompletedProcess[str]:
        """Run `pelican CONTENT -s pelicanconf.py -o OUT` where paths show as `content/…`."""
        return self.build(self.content, self.output, cwd=self.folder)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Desk:
    """Build the valid site once; every fault is then put into it."""
    desk = Desk(tmp_path_factory.mktemp("stops"), build)
    lay(desk.content)
    result = desk.run()
    assert result.returncode == 0, result.stderr
    assert "error[" not in result.stderr
    assert "warning[" not in result.stderr
    assert (desk.output / "articles/what-is-dry-needling/index.html").is_file()
    return desk


@pytest.mark.parametrize("name", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_stops_the_build(desk: Desk, name: str) -> None:
    over = overlay(name)
    lay(desk.content, over)
    expect_stop(desk, over.expected)


def test_all_faults_are_told_in_one_run(desk: Desk) -> None:
    lay(desk.content)
    expected: list[str] = []
    for number, name in enumerate(TOGETHER):
        expected += lay_beside(desk.content, overlay(name), number)
    expect_stop(desk, expected)


@pytest.mark.xfail(reason="Pelican gives a draft no default category, and raises", strict=True)
def test_a_draft_needs_no_category(desk: Desk) -> None:
    lay(desk.content)
    draft = desk.content / "articles/draft.md"
    shutil.copyfile(overlay("LNK003-draft").folder / "articles/draft.md", draft)
    result = desk.run()
    assert "Traceback" not in result.stdout + result.stderr
    assert result.returncode == 0


def lay_beside(content: Path, over: Overlay, number: int) -> list[str]:
    """Put an overlay's one article beside the others under its own name; give its findings."""
    source, target = over.folder / "articles/fault.md", content / f"articles/{over.name}.md"
    assert {path.name for path in over.folder.rglob("*.*")} == {"fault.md", "expected.txt"}
    shutil.copyfile(source, target)
    text = target.read_text("utf-8")
    target.write_text(text.replace("Title: Fault\n", f"Title: Fault {number}\n"), "utf-8")
    return [line.replace("/fault.md:", f"/{over.name}.md:") for line in over.expected]


def expect_stop(desk: Desk, expected: Sequence[str]) -> None:
    """Run the build, and hold what it says and leaves against what a stopped build must."""
    before, beside = tree(desk.output), sorted(desk.folder.iterdir())
    result = desk.run()
    assert result.returncode == 1
    assert told(result.stderr) == list(expected)
    assert "Traceback" not in result.stdout + result.stderr
    for line in expected:
        expect_frame(result.stderr.splitlines(), line, desk.folder)
    assert tree(desk.output) == before
    assert sorted(desk.folder.iterdir()) == beside, "a stage was left behind"


def told(stderr: str) -> list[str]:
    """List the findings printed, as expected.txt has them."""
    found = map(_FINDING.fullmatch, stderr.splitlines())
    return [f"{match['code']} {match['place']}" for match in found if match]


def expect_frame(printed: Sequence[str], finding: str, folder: Path) -> None:
    """Check that a finding shows its line with carets under the fault, and how to mend it."""
    code, place = finding.split()
    path, line, column = place.rsplit(":", 2)
    at = next(n for n, row in enumerate(printed) if row.startswith(f"{place}: error[{code}] "))
    below = list(printed[at + 1 : at + 4])
    assert any(re.match(r" += help: \S", row) for row in below)
    if path.endswith(".md"):
        text = (folder / path).read_text("utf-8").splitlines()[int(line) - 1]
        gutter, _, shown = below[0].partition("| ")
        assert gutter.strip() == line
        assert shown == text
        assert below[1].partition("| ")[2].index("^") == int(column) - 1


def tree(folder: Path) -> Tree:
    """Read a folder's files, with their times: an untouched output is not even rewritten."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in files
    }
