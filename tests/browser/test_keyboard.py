"""A reader with a keyboard alone reaches everything, in order, and always sees where."""

from __future__ import annotations

import pytest

from . import keyboard
from .conftest import ADDRESSES, Open
from .visit import WIDTHS

OTHER_KINDS = [kind for kind in ADDRESSES if kind != "article"]
FAULTS = {
    "Tab never reaches": "document.querySelectorAll('main a')[3].tabIndex = -1",
    "out of order": "document.querySelectorAll('main a')[5].tabIndex = 3",
    "focus does not show": "document.querySelectorAll('main a').forEach(a => a.style.cssText ="
    "'outline: none !important; box-shadow: none !important; transition: none; color: red;"
    "background: none !important; text-decoration: none !important; border: 0 !important')",
    "focus is out of sight or covered": "document.body.insertAdjacentHTML('beforeend',"
    "'<div style=\"position: fixed; inset: 0; background: #fff; z-index: 999\"></div>')",
}


@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])
def test_tab_walks_the_article(open_page: Open, width: int) -> None:
    assert keyboard.faults(open_page(width=width).page) == []


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_tab_walks_the_other_pages(open_page: Open, kind: str) -> None:
    assert keyboard.faults(open_page(kind).page) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_lost_keyboard_is_seen(open_page: Open, fault: str) -> None:
    page = open_page("page", alter=lambda html: html).page  # a fault may need a style
    page.evaluate(f"() => {{ {FAULTS[fault]} }}")
    assert fault in {line.split(":")[0] for line in keyboard.faults(page)}


@pytest.mark.parametrize("kind", ADDRESSES)
def test_the_first_tab_meets_the_skip_link(open_page: Open, kind: str) -> None:
    page = open_page(kind, width=WIDTHS[0]).page
    page.keyboard.press("Tab")
    target = page.evaluate(
        """() => {
            const link = document.activeElement, box = link.getBoundingClientRect();
            if (link.localName !== 'a' || !link.hash) return null;
            const seen = box.width > 1 && box.height > 1 && box.top >= 0 && box.left >= 0;
            return seen ? link.hash.slice(1) : null;
        }"""
    )
    assert target, "the first Tab does not show a skip link"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(
        """() => {
            const main = document.querySelector('main'), at = document.activeElement;
            return main.contains(at) || Boolean(
                main.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING);
        }"""
    ), "the skip link does not lead past the header"
