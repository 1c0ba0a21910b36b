"""A build audits what it made before readers get it: a fault of the theme changes nothing."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT, Build, settings_file

VALID = ROOT / "tests" / "sites" / "valid"


@dataclass(frozen=True)
class Place:
    """A site that was built once: its settings, the copy of the theme, and its output."""

    settings: Path
    base: Path
    output: Path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Place:
    """Build the small site with a copy of the theme and a cache of its own."""
    folder = tmp_path_factory.mktemp("site")
    theme = shutil.copytree(ROOT / "theme", folder / "theme")
    settings = settings_file(folder, THEME=theme, WELLSOURCED_CACHE=folder / "cache")
    done = build(VALID, folder / "output", settings=settings, cwd=folder)
    assert done.returncode == 0, done.stderr
    return Place(settings, theme / "templates" / "base.html", folder / "output")


def files(output: Path) -> dict[str, bytes]:
    """Read every file of an output."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("put", "code"),
    [
        ('<a href="{{ SITEURL }}/nowhere/">Nowhere</a>', "AUD022"),
        ('<img src="https://cdn.example/x.png" alt="x" width="1" height="1">', "AUD030"),
        ('<p style="color: red">Red</p>', "AUD031"),
        ("<h1>Another title</h1>", "AUD061"),
    ],
)
def test_a_fault_of_the_theme_leaves_the_output_as_it_was(
    put: str, code: str, build: Build, place: Place
) -> None:
    before = files(place.output)
    text = place.base.read_text("utf-8")
    assert "</main>" in text
    try:
        place.base.write_text(text.replace("</main>", f"{put}</main>"), "utf-8")
        done = build(VALID, place.output, settings=place.settings, cwd=place.settings.parent)
    finally:
        place.base.write_text(text, "utf-8")
    assert done.returncode == 1
    assert f"error[{code}]" in done.stderr
    assert "about/index.html:" in done.stderr
    assert files(place.output) == before


@pytest.mark.parametrize("status", ["draft", "hidden"])
def test_an_article_that_is_held_back_has_no_file(
    status: str, build: Build, place: Place, tmp_path: Path
) -> None:
    content = shutil.copytree(VALID, tmp_path / "content")
    written = (content / "articles" / "saved-on-windows.md").read_text("utf-8-sig")
    held = f"Status: {status}\n{written}".replace("saved-on-windows", "held-back")
    held = held.replace("Title: ", "Title: Not yet: ", 1)
    (content / "articles" / "held-back.md").write_text(held, "utf-8")
    output = tmp_path / "output"
    done = build(content, output, settings=place.settings, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "articles/saved-on-windows/index.html" in files(output)
    assert not [name for name, data in files(output).items() if "held-back" in f"{name} {data!r}"]
