"""Lay the fixture sites: valid/ with the files of one invalid/<CODE>[-<variant>]/ over it.

An overlay holds only the files that differ. `DELETED` lists, one a line, what is taken out of
valid/ before (a path or a glob; `*` leaves nothing of it), and `expected.txt` the exact and
complete findings of the site, one a line: `CODE path:line:column`.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

SITES = Path(__file__).resolve().parent.parent / "sites"
VALID = SITES / "valid"
NOT_CONTENT = ("DELETED", "expected.txt")


@dataclass(frozen=True)
class Overlay:
    """One folder under invalid/: its name, the code it is about, and what must be found."""

    name: str
    code: str
    expected: tuple[str, ...]

    @property
    def folder(self) -> Path:
        """Give the folder of the files that differ."""
        return SITES / "invalid" / self.name


def overlays() -> list[Overlay]:
    """Read every overlay, in the order of their names."""
    return [overlay(folder.name) for folder in sorted((SITES / "invalid").iterdir())]


def overlay(name: str) -> Overlay:
    """Read one overlay by the name of its folder."""
    expected = (SITES / "invalid" / name / "expected.txt").read_text("utf-8").splitlines()
    return Overlay(name, name.partition("-")[0], tuple(expected))


def lay(content: Path, *over: Overlay) -> None:
    """Put valid/ at `content` and each overlay over it; what was there is replaced."""
    shutil.rmtree(content, ignore_errors=True)
    shutil.copytree(VALID, content)
    for one in over:
        _take_out(content, one)
    for one in over:
        ignore = shutil.ignore_patterns(*NOT_CONTENT)
        shutil.copytree(one.folder, content, ignore=ignore, dirs_exist_ok=True)


def _take_out(content: Path, over: Overlay) -> None:
    listed = over.folder / "DELETED"
    for pattern in listed.read_text("utf-8").splitlines() if listed.is_file() else ():
        found = list(content.glob(pattern))
        assert found, f"{over.name}/DELETED: valid/ holds no {pattern}"
        for path in found:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
