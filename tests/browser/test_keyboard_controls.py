"""Whatever opens, closes or scrolls on a page does so from the keyboard too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page

from .conftest import ADDRESSES, Open
from .visit import WIDTHS

FOCUSED = "element => element === document.activeElement"
OPEN = "box => box.matches(':popover-open')"


def visible(found: Locator, count: int) -> list[Locator]:
    """List the first few elements in sight."""
    return [one for one in found.all() if one.is_visible()][:count]


def unfolded(page: Page, key: str) -> list[str]:
    """Press `key` on each fold; list those that do not open and close again."""
    lost = []
    for summary in visible(page.locator("summary"), 6):
        states = [summary.evaluate("one => one.parentElement.open")]
        for _ in range(2):
            summary.focus()
            page.keyboard.press(key)
            states.append(summary.evaluate("one => one.parentElement.open"))
        if states != [states[0], not states[0], states[0]]:
            lost.append(summary.inner_text())
    return lost


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize("kind", ADDRESSES)
def test_every_fold_opens_and_closes(open_page: Open, kind: str, key: str) -> None:
    assert unfolded(open_page(kind, width=WIDTHS[0]).page, key) == []


def test_a_fold_that_takes_no_key_is_seen(open_page: Open) -> None:
    page = open_page(width=WIDTHS[0]).page
    page.evaluate(
        "() => document.querySelector('summary')"
        ".addEventListener('keydown', event => event.preventDefault())"
    )
    assert unfolded(page, "Enter")


@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])
def test_a_source_opens_is_entered_and_closes(open_page: Open, width: int) -> None:
    page = open_page(width=width).page
    buttons = visible(page.locator("main button[popovertarget]"), 3)
    assert buttons
    for button in buttons:
        name = button.get_attribute("popovertarget")
        preview = page.locator(f"#{name}")
        button.focus()
        page.keyboard.press("Enter")
        assert preview.evaluate(OPEN), name
        page.keyboard.press("Tab")
        assert preview.evaluate("box => box.contains(document.activeElement)"), name
        page.keyboard.press("Escape")
        assert not preview.evaluate(OPEN), name
        assert button.evaluate(FOCUSED), "focus is lost when the preview closes"


def test_what_scrolls_sideways_scrolls_by_arrow(open_page: Open) -> None:
    page = open_page(width=WIDTHS[0]).page
    wide = [
        region
        for region in page.locator("main [tabindex='0']").all()
        if region.evaluate("one => one.scrollWidth > one.clientWidth + 5")
    ]
    for region in wide:
        region.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("one => one.scrollLeft > 0", arg=region.element_handle())
