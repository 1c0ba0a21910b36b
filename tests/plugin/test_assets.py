"""The theme's scripts are one file whose name follows its content, within its budget."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import brotli
import pytest

from wellsourced.plugin import assets

from ..conftest import ROOT

THEME = ROOT / "theme"
LIMIT = 5_000  # bytes, compressed with Brotli


def theme(folder: Path, **scripts: str) -> Path:
    """Make a theme of these scripts, file name → text."""
    js = folder / "static" / "js"
    js.mkdir(parents=True, exist_ok=True)
    for name, text in scripts.items():
        (js / f"{name}.js").write_text(text, "utf-8")
    return folder


def test_a_theme_without_scripts_has_none(tmp_path: Path) -> None:
    assert assets.script(tmp_path) is None


def test_the_name_follows_the_content(tmp_path: Path) -> None:
    first = assets.script(theme(tmp_path, a="x()", b="y()"))
    again = assets.script(theme(tmp_path, a="x()"))
    changed = assets.script(theme(tmp_path, b="z()"))
    assert first
    assert changed
    assert first == again
    assert first.key != changed.key
    assert first.key.startswith("assets/site.")
    assert first.key.endswith(".js")


def test_comments_and_indents_are_left_out(tmp_path: Path) -> None:
    made = assets.script(theme(tmp_path, a='// Why.\nif (x) {\n  // How.\n  go("//x");\n}\n'))
    assert made
    assert "Why" not in made.text
    assert "How" not in made.text
    assert "\n  " not in made.text
    assert 'go("//x")' in made.text


def test_one_faulty_script_stops_no_other(tmp_path: Path) -> None:
    node = shutil.which("node", path=ROOT / ".tools" / "bin") or shutil.which("node")
    if not node:
        pytest.skip("node is not installed")
    made = assets.script(
        theme(tmp_path, a="const x = 1; none.at = 2", b="const x = 2; console.log(`b${x}`)")
    )
    assert made
    ran = subprocess.run(
        [node, "-e", f"globalThis.reportError = e => console.log(e.name);{made.text}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == ["ReferenceError", "b2"]


def test_the_script_is_light() -> None:
    made = assets.script(THEME)
    assert made
    assert len(brotli.compress(made.text.encode("utf-8"))) <= LIMIT


@pytest.mark.parametrize(
    "path", sorted((THEME / "static" / "js").glob("*.js")), ids=lambda p: p.name
)
def test_text_in_backticks_keeps_to_its_line(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert [line for line in lines if line.count("`") % 2] == []
