"""No page holds a script, style or handler that a policy without unsafe-inline would refuse."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

DATA = ("application/ld+json",)
"""Types of script elements that hold data and are never run."""


def inline(html: str) -> list[str]:
    """List what a Content-Security-Policy calls inline, and scripts that hold up the page."""
    found: list[str] = []
    for tag in BeautifulSoup(html, "lxml").find_all(True):
        if tag.name == "script" and tag.get("type") not in DATA:
            if not tag.get("src") or tag.get_text(strip=True):
                found.append(f"an inline script: {str(tag)[:80]}")
            elif not (tag.has_attr("defer") or tag.get("type") == "module"):
                found.append(f"a script that holds up the page: {str(tag)[:80]}")
        for name, value in tag.attrs.items():
            if name == "style" or name.startswith("on"):
                found.append(f"an inline {name}: {str(tag)[:80]}")
            if str(value).strip().lower().startswith("javascript:"):
                found.append(f"a script as an address: {str(tag)[:80]}")
    return found


def test_no_page_holds_any(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert pages
    found = {page.relative_to(site).as_posix(): inline(page.read_text("utf-8")) for page in pages}
    assert {page: lines for page, lines in found.items() if lines} == {}


def test_every_page_loads_the_one_script(site: Path) -> None:
    (script,) = site.glob("assets/site.*.js")
    for page in site.rglob("*.html"):
        named = f'src="/{script.relative_to(site).as_posix()}" defer'
        assert page.read_text("utf-8").count(named) == 1, page


@pytest.mark.parametrize(
    "fault",
    [
        "<script>x()</script>",
        '<script src="/a.js"></script>',
        '<p style="color: red">',
        '<p onclick="x()">',
        '<a href=" javascript:x()">',
    ],
)
def test_each_kind_is_seen(fault: str) -> None:
    assert inline(f"<!doctype html><body>{fault}")
