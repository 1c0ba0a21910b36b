"""Every kind of page loads and works in Firefox as it does in Chromium."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from .. import layout
from ..conftest import ADDRESSES
from ..test_citations import ARRIVAL
from ..visit import WIDTHS
from .conftest import OpenTab

# The details and the popovers of a page: the selector of what opens each, and whether it is open.
TOGGLES = {
    "details": ("summary", "opener => opener.parentElement.open"),
    "popover": (
        "button[popovertarget]",
        "opener => document.getElementById(opener.getAttribute('popovertarget'))"
        ".matches(':popover-open')",
    ),
}
LOAD_IMAGES = """async () => {
    for (const image of document.images) image.loading = 'eager';
    await Promise.all([...document.images].map(image => image.decode().catch(() => null)));
}"""


@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])
@pytest.mark.parametrize("kind", ADDRESSES)
def test_every_page_loads(open_tab: OpenTab, served: str, kind: str, width: int) -> None:
    tab = open_tab(kind, width=width)
    tab.evaluate(LOAD_IMAGES)
    assert layout.overflow(tab) == []
    assert layout.broken_images(tab) == []
    assert tab.evaluate("() => document.querySelector('main h1').getClientRects()[0].height") > 10
    assert tab.complaints == []
    origins = {"://".join(urlsplit(address)[:2]) for address in tab.requests}
    assert origins - {"data://"} == {served}


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
@pytest.mark.parametrize("kind", ADDRESSES)
def test_what_opens_also_closes(open_tab: OpenTab, kind: str, way: str) -> None:
    tab = open_tab(kind)
    for selector, is_open in TOGGLES.values():
        seen = "opener => opener.checkVisibility() && !opener.closest('[popover]')"
        openers = tab.evaluate(
            f"selector => [...document.querySelectorAll(selector)].map({seen})", selector
        )
        state = f"([selector, n]) => ({is_open})(document.querySelectorAll(selector)[n])"
        for number in [n for n, visible in enumerate(openers) if visible][:4]:
            before = tab.evaluate(state, [selector, number])
            for expected in (not before, before):
                if way == "mouse":
                    tab.click(selector, number)
                else:
                    tab.evaluate(
                        "([selector, n]) => document.querySelectorAll(selector)[n].focus()",
                        [selector, number],
                    )
                    tab.press("Enter")
                assert tab.evaluate(state, [selector, number]) is expected, (selector, number)
    assert tab.complaints == []


def test_a_cite_leads_to_its_reference_and_back(open_tab: OpenTab) -> None:
    tab = open_tab()
    cite, reference = tab.evaluate(
        """() => {
            const cite = document.querySelector('main a[role=doc-biblioref]');
            return [cite.id, cite.getAttribute('href')];
        }"""
    )
    tab.click(f"[id='{cite}']")
    assert tab.evaluate(ARRIVAL) == [reference, True]
    tab.click(f"[id='{reference[1:]}'] a[role=doc-backlink][href='#{cite}']")
    assert tab.evaluate(ARRIVAL) == [f"#{cite}", True]


def test_the_first_tab_meets_the_skip_link(open_tab: OpenTab) -> None:
    tab = open_tab()
    tab.press("Tab")
    assert tab.evaluate("() => document.activeElement.getAttribute('href')") == "#main"
    tab.press("Enter")
    assert tab.evaluate("() => location.hash") == "#main"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("console.error('planted')", "planted"),
        ("setTimeout(() => { throw new Error('thrown') })", "thrown"),
        ("fetch('/nowhere').catch(() => null)", "404"),
        ("document.body.append(Object.assign(document.createElement('script'),"
         "{textContent: '1'}))", "script-src"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_heard(open_tab: OpenTab, fault: str, words: str) -> None:
    tab = open_tab("page")
    tab.evaluate(f"async () => {{ {fault}; await new Promise(done => setTimeout(done, 500)); }}")
    assert any(words in complaint for complaint in tab.complaints), tab.complaints


def test_a_page_that_is_too_wide_is_seen(open_tab: OpenTab) -> None:
    tab = open_tab("page", width=WIDTHS[0])
    tab.evaluate("() => { document.querySelector('main').style.width = '2000px'; }")
    assert layout.overflow(tab) != []
