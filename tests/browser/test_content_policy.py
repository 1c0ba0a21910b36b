"""Every page keeps to the policy that its host sends: nothing is refused, the console is clean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from .conftest import ADDRESSES, Open, page_address
from .visit import Visit, show_all_images, visit

# Runs before any of the page: a refusal fires this event on the document (CSP 3 § 5.3).
WATCH = """document.addEventListener('securitypolicyviolation', event => {
    (window.refused ??= []).push(`${event.effectiveDirective} ${event.blockedURI}`)
})"""


def refusals(opened: Visit) -> list[str]:
    """List what the page's policy refused since it began to load."""
    refused: list[str] = opened.page.evaluate("() => window.refused ?? []")
    return refused


def watched(browser: Browser, address: str) -> Visit:
    """Open an address with an ear for refusals."""
    opened = visit(browser, "about:blank")
    opened.page.add_init_script(WATCH)
    opened.page.goto(address, wait_until="load")
    return opened


@pytest.mark.parametrize("kind", ADDRESSES)
def test_a_page_asks_for_nothing_that_is_refused(
    browser: Browser, served: str, site: Path, kind: str
) -> None:
    opened = watched(browser, served + page_address(site, kind))
    try:
        show_all_images(opened.page)
        assert refusals(opened) == []
        assert [line for line in opened.complaints if "status of 404" not in line] == []
        styled = opened.page.evaluate("() => getComputedStyle(document.body).margin")
        assert styled == "0px"
    finally:
        opened.context.close()


@pytest.mark.parametrize(
    ("plant", "directive"),
    [
        ("const e = document.createElement('style'); e.textContent = 'p{color:red}'", "style-src"),
        ("const e = document.createElement('script'); e.textContent = '1'", "script-src"),
        ("const e = new Image(); e.src = 'http://127.0.0.2:9/x.gif'", "img-src"),
        ("const e = document.createElement('p'); e.setAttribute('style', 'top:0')", "style-src"),
        ("const e = document.createElement('base'); e.href = '/other/'", "base-uri"),
        ("const e = document.createElement('iframe'); e.src = '/about/'", "frame-src"),
    ],
)
def test_what_is_planted_is_refused(
    browser: Browser, served: str, plant: str, directive: str
) -> None:
    opened = watched(browser, f"{served}/about/")
    try:
        opened.page.evaluate(f"() => {{ {plant}; document.body.append(e) }}")
        opened.page.wait_for_function("() => window.refused?.length")
        assert refusals(opened)[0].startswith(directive)
    finally:
        opened.context.close()


def test_webassembly_runs_on_the_search_page_alone(
    browser: Browser, served: str, site: Path
) -> None:
    compile_it = """() => WebAssembly.compile(
        new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])).then(() => true, () => false)"""
    opened = watched(browser, f"{served}/about/")
    try:
        assert opened.page.evaluate(compile_it) is False
        opened.page.goto(served + page_address(site, "search"), wait_until="load")
        assert opened.page.evaluate(compile_it) is True
    finally:
        opened.context.close()


def test_a_drawing_opened_alone_keeps_its_own_style(
    browser: Browser, served: str, site: Path
) -> None:
    drawings = [path for path in sorted(site.rglob("*.svg")) if b"<style" in path.read_bytes()]
    assert drawings
    opened = watched(browser, f"{served}/{drawings[0].relative_to(site).as_posix()}")
    try:
        assert [line for line in opened.complaints if "favicon" not in line] == []
    finally:
        opened.context.close()


def test_no_other_site_can_frame_a_page(browser: Browser, served: str, open_page: Open) -> None:
    page = open_page(alter=frame(f"{served}/about/")).page
    page.wait_for_load_state("networkidle")
    inner = [frame for frame in page.frames if frame != page.main_frame]
    assert all("About" not in one.content() for one in inner)


def frame(address: str) -> Callable[[str], str]:
    """Make an alteration that frames an address in a page."""
    return lambda html: html.replace("</main>", f'<iframe src="{address}"></iframe></main>', 1)
