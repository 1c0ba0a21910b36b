"""Every page of the site conforms to the HTML standard by two checkers of their own minds."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ..browser.conftest import ADDRESSES, page_file
from ..conftest import ROOT, Build, require
from . import checkers
from .checkers import Finding

Checker = Callable[[Sequence[Path]], list[Finding]]
# Checker → what to plant in a page → the rule, or for Nu words of the message, that must see it.
FAULTS: dict[str, dict[tuple[str, str], str]] = {
    "html_validate": {
        ("</main>", "<div></main>"): "close-order",
        ("<h1", "<h3>A jump</h3><h1"): "heading-level",
        ("</main>", '<img src="a.svg"></main>'): "wcag/h37",
        ("</main>", '<p id="main">Twice</p></main>'): "no-dup-id",
        ("</main>", '<p style="color: red">Style</p></main>'): "no-inline-style",
    },
    "nu": {
        ("</main>", "<ul><p>No item</p></ul></main>"): "not allowed as child of element “ul”",
        ("</main>", '<a href="http://[x">Bad</a></main>'): "Bad value",
        ("</main>", '<p aria-labelledby="nowhere">No name</p></main>'): "aria-labelledby",
        ("<style>", "<style>main{colour:red}"): "doesn't exist",
        ("</main>", '<p role="nonsense">No</p></main>'): "role",
    },
}


@pytest.fixture(scope="session")
def html_validate() -> Checker:
    require(checkers.HTML_VALIDATE.exists(), "html-validate")
    return checkers.html_validate


@pytest.fixture(scope="session")
def nu() -> Checker:
    require(checkers.NU.exists(), "vnu-jar")
    require(shutil.which("java"), "Java")
    return checkers.nu


@pytest.fixture(scope="session")
def valid_site(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Path:
    """Build the site that the tests of the rules start from."""
    output = tmp_path_factory.mktemp("valid") / "output"
    result = build(ROOT / "tests" / "sites" / "valid", output)
    assert result.returncode == 0, result.stdout + result.stderr
    return output


@pytest.mark.parametrize("name", FAULTS)
def test_every_page_conforms(name: str, site: Path, request: pytest.FixtureRequest) -> None:
    pages = sorted(site.rglob("*.html"))
    assert {page_file(site, kind) for kind in ADDRESSES} <= set(pages)
    checker: Checker = request.getfixturevalue(name)
    assert checkers.lines(checker(pages), site) == []


@pytest.mark.parametrize("name", FAULTS)
def test_the_valid_site_conforms(
    name: str, valid_site: Path, request: pytest.FixtureRequest
) -> None:
    checker: Checker = request.getfixturevalue(name)
    assert checkers.lines(checker(sorted(valid_site.rglob("*.html"))), valid_site) == []


@pytest.mark.parametrize("name", FAULTS)
def test_planted_faults_are_seen(
    name: str, site: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    html = page_file(site, "page").read_text("utf-8")
    files = {tmp_path / f"{n}.html": expected for n, expected in enumerate(FAULTS[name].values())}
    for file, (old, new) in zip(files, FAULTS[name], strict=True):
        assert old in html
        file.write_text(html.replace(old, new, 1), "utf-8")
    checker: Checker = request.getfixturevalue(name)
    found = checker(list(files))
    for file, expected in files.items():
        said = [f"{f.rule}: {f.message}" for f in found if f.file == file]
        assert any(expected in line for line in said), (expected, said)


def test_a_draft_of_css_is_let_through_by_name_alone() -> None:
    assert checkers.of_a_draft("CSS: “scroll-target-group”: Property “…” doesn't exist.")
    assert not checkers.of_a_draft("CSS: “colour”: Property “colour” doesn't exist.")
    assert not checkers.of_a_draft("Element “scroll-target-group” not allowed here.")
