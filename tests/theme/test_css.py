"""The theme's styles turn with the direction of the text and grow with the reader's font size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..conftest import ROOT

SHEETS = sorted((ROOT / "theme").rglob("*.css"))
ON_SCREENS = [sheet for sheet in SHEETS if not sheet.name.endswith(".print.css")]
DECLARATION = re.compile(r"(?<![\w-])(?P<name>[a-z-]+)\s*:\s*(?P<value>[^;{}]+)[;}]")
PHYSICAL = re.compile(
    r"(?:left|right|top|bottom|width|height|(?:min|max)-(?:width|height))"
    r"|(?:margin|padding|scroll-margin|scroll-padding)-(?:left|right|top|bottom)"
    r"|border-(?:left|right|top|bottom)(?:-.*)?"
    r"|border-(?:top|bottom)-(?:left|right)-radius|overflow-[xy]"
)
# Scrolling is told by axis in every engine; the logical names are not there yet in all.
SPARED = {"overflow-x", "overflow-y"}
SIDED = {"text-align", "float", "clear", "caption-side", "position-area", "background-position"}
FOUR = {"margin", "padding", "inset", "border-width", "scroll-margin", "scroll-padding"}


def declarations(css: str) -> Iterator[tuple[str, str]]:
    """Yield property and value of each declaration; conditions of @media are none."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    bare = re.sub(r"@(?:media|supports|container)[^{]*", "@rule", bare)
    for found in DECLARATION.finditer(bare):
        yield found["name"], found["value"].strip()


def physical(css: str) -> list[str]:
    """List the declarations that would stand on the wrong side of right-to-left text."""
    found = []
    for name, value in declarations(css):
        parts = re.findall(r"[\w.%-]+(?:\([^)]*\))?", value)
        sides = name in FOUR and len(parts) == 4 and parts[1] != parts[3]
        worded = name in SIDED and re.search(r"\b(?:left|right)\b", value)
        if sides or worded or (PHYSICAL.fullmatch(name) and name not in SPARED):
            found.append(f"{name}: {value}")
    return found


def fixed(css: str) -> list[str]:
    """List the font sizes that do not follow the reader's own; paper has sizes of its own."""
    screen = re.sub(r"@media print \{.*?\n\}", "", css, flags=re.DOTALL)
    found = []
    for name, value in declarations(screen):
        size = value.split("/")[0] if name == "font" else value
        if name in ("font", "font-size") and re.search(r"(?<![\w.])[1-9][\d.]*(?:px|pt|vw)", size):
            found.append(f"{name}: {value}")
    return found


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_sides_follow_the_text(sheet: Path) -> None:
    assert physical(sheet.read_text("utf-8")) == []


@pytest.mark.parametrize("sheet", ON_SCREENS, ids=lambda path: path.name)
def test_text_follows_the_readers_size(sheet: Path) -> None:
    found = [line for line in fixed(sheet.read_text("utf-8")) if "clamp(" not in line]
    assert found == []


@pytest.mark.parametrize(
    "css",
    [
        "p { margin-left: 1em }",
        "p { text-align: right }",
        "p { padding: 0 1px 0 2px }",
        "p { position: absolute; left: 0 }",
        "@media print { p { border-right-color: red } }",
        "p { width: 3em }",
    ],
)
def test_a_side_is_seen(css: str) -> None:
    assert len(physical(css)) == 1


@pytest.mark.parametrize(
    "css",
    [
        "@media (min-width: 40em) { p { margin-inline-start: 1em } }",
        "p { padding: 0 1px 0 1px; text-align: start }",
        "/* left: 0; */ a:hover { color: red }",
    ],
)
def test_what_turns_is_let_through(css: str) -> None:
    assert physical(css) == []


def test_a_fixed_size_is_seen() -> None:
    assert fixed("p { font-size: 14px }") == ["font-size: 14px"]
    assert fixed("p { font: 600 12px/1.5 serif }") == ["font: 600 12px/1.5 serif"]
    assert fixed("p { font: 600 0.9rem / 1.5 serif; border: 1px solid }") == []
