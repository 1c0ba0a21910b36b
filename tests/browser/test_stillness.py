"""Nothing moves by itself while a page loads and is read (Layout Instability, CLS 0)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from .conftest import ADDRESSES, page_address
from .visit import HEIGHT, WIDTHS

WATCH = """() => {
    window.moved = [];
    new PerformanceObserver(list => window.moved.push(...list.getEntries()
        .filter(entry => !entry.hadRecentInput)
        .map(entry => `${entry.value}: ${entry.sources.map(source =>
            (source.node?.parentElement ?? source.node)?.className)}`)
    )).observe({type: 'layout-shift', buffered: true});
}"""
READ = """async () => {
    for (let y = 0; y < document.body.scrollHeight; y += innerHeight / 2) {
        scrollTo(0, y);
        await new Promise(done => setTimeout(done, 30));
    }
    await new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)));
    return window.moved;
}"""
# What a careless script would do: put something in above what is being read.
CARELESS = """() => setTimeout(() => document.querySelector('h1').insertAdjacentHTML(
    'beforebegin', '<p>Something new</p>'), 700)"""


@pytest.fixture
def moved(browser: Browser, served: str, site: Path) -> Callable[..., list[str]]:
    """Give the function that reads a page from end to end and lists what has moved by itself."""

    def run(path: str, width: int, plant: str = "") -> list[str]:
        context = browser.new_context(viewport={"width": width, "height": HEIGHT}, bypass_csp=True)
        try:
            page = context.new_page()
            page.add_init_script(f"({WATCH})();({plant or '() => null'})()")
            page.goto(served + path, wait_until="load")
            if plant:
                page.wait_for_timeout(1000)
            found: list[str] = page.evaluate(READ)
            return found
        finally:
            context.close()

    return run


@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])
@pytest.mark.parametrize("kind", ADDRESSES)
def test_nothing_moves(moved: Callable[..., list[str]], site: Path, kind: str, width: int) -> None:
    assert moved(page_address(site, kind), width) == []


@pytest.mark.parametrize("anchor", ["references", "state-laws", "cite-title"])
def test_nothing_moves_for_who_follows_a_link_into_the_article(
    moved: Callable[..., list[str]], site: Path, anchor: str
) -> None:
    assert moved(f"{page_address(site, 'article')}#{anchor}", WIDTHS[0]) == []


def test_what_moves_is_seen(moved: Callable[..., list[str]], site: Path) -> None:
    assert moved(page_address(site, "article"), WIDTHS[0], CARELESS)
