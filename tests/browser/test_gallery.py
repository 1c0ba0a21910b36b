"""Each of the theme's components looks and reads right in each of its examples."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from wellsourced.preview import gallery

from ..conformity import checkers
from ..conftest import ROOT, require
from . import axe, layout
from .visit import HEIGHT, WIDTHS

THEME = ROOT / "theme"
EXAMPLES = list(gallery.examples(THEME))
COMPONENTS = sorted({example.component for example in EXAMPLES})
# Kind of sight → what the browser is told of the reader's wish.
SIGHTS = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
OPEN_ALL = """() => {
    document.querySelectorAll('details').forEach(part => { part.open = true; });
    document.querySelectorAll('[popover]').forEach(part => part.showPopover());
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the gallery once."""
    return gallery.write(THEME, tmp_path_factory.mktemp("gallery")).parent


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """Give one page for all examples."""
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


def colours(page: Page) -> int:
    """Count the colours in the picture of the page, anti-aliased edges among them."""
    found = page.screenshot()
    return len(Image.open(io.BytesIO(found)).convert("RGB").getcolors(1 << 24))


def test_every_component_has_distinct_examples() -> None:
    folders = {path.parent.name for path in (THEME / "templates" / "components").glob("*/*.html")}
    assert set(COMPONENTS) == folders
    names = [(example.component, example.name) for example in EXAMPLES]
    assert len(names) == len(set(names))


def test_the_markup_conforms(folder: Path) -> None:
    require(checkers.HTML_VALIDATE.exists(), "html-validate")
    require(checkers.NU.exists() and shutil.which("java"), "vnu-jar or Java")
    files = sorted(folder.rglob("*.html"))
    assert len(files) == len(EXAMPLES) + 1
    found = [*checkers.html_validate(files), *checkers.nu(files)]
    assert checkers.lines(found, folder) == []


@pytest.mark.parametrize("component", COMPONENTS)
def test_each_example_is_seen_whole_and_reads_right(
    page: Page, folder: Path, component: str
) -> None:
    require(axe.SCRIPT.exists(), "axe-core")
    for example in [each for each in EXAMPLES if each.component == component]:
        page.goto((folder / example.path).as_uri())
        page.evaluate(OPEN_ALL)
        for width in WIDTHS[::-1]:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            assert layout.overflow(page) == [], (example.name, width)
        for sight, wish in SIGHTS.items():
            page.emulate_media(**wish)
            assert colours(page) > 2, (example.name, sight)
            tags = {"light": axe.STANDARD, "dark": ("cat.color",)}.get(sight)
            if tags:  # axe judges the colours of the sheet, not those that are forced
                assert axe.violations(page, tags) == [], (example.name, sight)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "write a list of examples"),
        ("- {name: One}", "example 1 needs a name and a context"),
        ("- {name: One, context: {}, look: dark}", "example 1 needs a name and a context"),
        ("- {name: What?, context: {}}\n- {name: [", "while parsing"),
    ],
)
def test_a_wrong_example_is_told(tmp_path: Path, text: str, words: str) -> None:
    folder = tmp_path / "templates" / "components" / "sample"
    folder.mkdir(parents=True)
    (folder / "sample.html").write_text("<p>{{ word }}</p>", "utf-8")
    with pytest.raises(gallery.ExampleError, match="no examples"):
        list(gallery.examples(tmp_path))
    (folder / "examples.yaml").write_text(text, "utf-8")
    with pytest.raises(gallery.ExampleError, match=words):
        list(gallery.examples(tmp_path))


def test_a_value_that_an_example_lacks_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "components" / "sample"
    shutil.copytree(THEME / "templates", tmp_path / "templates", dirs_exist_ok=True)
    folder.mkdir()
    (folder / "sample.html").write_text("<p>{{ word }}</p>", "utf-8")
    (folder / "examples.yaml").write_text("- {name: One, context: {}}", "utf-8")
    with pytest.raises(gallery.ExampleError, match="example \"One\", 'word' is undefined"):
        gallery.pages(tmp_path)
