"""In Firefox too the preview of a source opens, shows itself whole and gives the focus back."""

from __future__ import annotations

import pytest

from ..visit import HEIGHT, WIDTHS
from .conftest import OpenTab
from .tab import Tab

BUTTON = "sup.cites button"
STATE = """() => {
    const box = document.querySelector(':popover-open');
    if (!box) return null;
    const {left, right, top, bottom} = box.getBoundingClientRect();
    return {id: box.id, box: [left, top, right, bottom]};
}"""
TARGET = "selector => document.querySelector(selector).popoverTargetElement.id"
FOCUSED = "() => document.activeElement === document.querySelector('sup.cites button')"


def opened(tab: Tab) -> list[float]:
    """Give the sides of the preview that the first button opens: left, top, right, bottom."""
    state = tab.evaluate(STATE)
    assert state, "no preview is open"
    assert state["id"] == tab.evaluate(TARGET, BUTTON)
    box: list[float] = state["box"]
    return box


@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])
def test_a_preview_opens_within_the_window(open_tab: OpenTab, width: int) -> None:
    tab = open_tab(width=width)
    tab.click(BUTTON)
    left, top, right, bottom = opened(tab)
    assert min(left, top) >= 0
    assert right <= width
    assert bottom <= HEIGHT
    assert tab.complaints == []


def test_enter_opens_and_escape_gives_the_focus_back(open_tab: OpenTab) -> None:
    tab = open_tab()
    tab.evaluate("s => document.querySelector(s).focus()", BUTTON)
    tab.press("Enter")
    opened(tab)
    tab.press("Tab")
    assert tab.evaluate("() => document.activeElement.closest(':popover-open') !== null")
    tab.press("Escape")
    assert tab.evaluate(STATE) is None
    assert tab.evaluate(FOCUSED)
