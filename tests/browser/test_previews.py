"""The preview of a source opens beside its number by keyboard, mouse and touch, and closes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page

from ..conftest import require
from . import axe, layout
from .conftest import Open
from .visit import SCHEMES, WIDTHS, Scheme

LEAST = 24  # CSS pixels; WCAG 2.2, 2.5.8 Target Size (Minimum)
CLOSE_BY = 60  # CSS pixels between a button and the preview beside it


def button(page: Page, place: str = "last") -> Locator:
    """Find the preview button of the first or last cite of the reference cited most often."""
    cites: list[str] = page.locator("a[role=doc-biblioref]").evaluate_all(
        "cites => cites.map(cite => cite.getAttribute('href'))"
    )
    most = max(cites, key=cites.count)
    found = page.locator(f'a[role=doc-biblioref][href="{most}"] + button')
    return found.last if place == "last" else found.first


def opened(page: Page) -> list[str]:
    """List the ids of the previews that are open."""
    found: list[str] = page.locator(":popover-open").evaluate_all(
        "boxes => boxes.map(box => box.id)"
    )
    return found


def is_focused(one: Locator) -> bool:
    focused: bool = one.evaluate("element => element === document.activeElement")
    return focused


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_keys_open_and_escape_closes(open_page: Open, scripts: bool, key: str) -> None:
    page = open_page(scripts=scripts).page
    control = button(page)
    control.focus()
    page.keyboard.press(key)
    assert opened(page) == [control.get_attribute("popovertarget")]
    page.keyboard.press("Tab")
    inside = page.locator(":popover-open :focus")
    assert inside.count() == 1, "Tab does not lead from the button into its preview"
    page.keyboard.press("Escape")
    assert opened(page) == []
    assert is_focused(control), "focus does not return to the button"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_tab_leads_through_a_preview_back_into_the_text(open_page: Open, scripts: bool) -> None:
    page = open_page(scripts=scripts).page
    control = button(page, "first")
    control.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    for _ in range(30):
        if page.locator(":popover-open :focus").count() == 0:
            break
        page.keyboard.press("Tab")
    assert page.evaluate(
        """control => Boolean(control.compareDocumentPosition(document.activeElement)
            & Node.DOCUMENT_POSITION_FOLLOWING)
            && document.activeElement.closest(':popover-open') === null""",
        control.element_handle(),
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_tap_opens_and_a_tap_elsewhere_closes(open_page: Open, scripts: bool) -> None:
    """Without scripts there is no button that closes; a tap elsewhere and Escape do."""
    page = open_page(width=WIDTHS[0], scripts=scripts).page
    control = button(page)
    control.click()
    assert len(opened(page)) == 1
    assert layout.overflow(page) == []
    box = page.locator(":popover-open").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= WIDTHS[0]
    if scripts:
        close = page.locator(":popover-open button")
        size = close.bounding_box()
        assert size
        assert min(size["width"], size["height"]) >= 44
        close.click()
        assert opened(page) == []
        control.click()
    page.mouse.click(2, 40)  # in the margin, where no preview reaches
    assert opened(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_preview_stands_beside_its_own_button(open_page: Open, width: int) -> None:
    """One popover serves every cite of a reference, so the place must be that of the cite used."""
    page = open_page(width=width).page
    for place in ("first", "last"):
        control = button(page, place)
        control.evaluate("button => button.scrollIntoView({block: 'center'})")
        control.click()
        at, box = control.bounding_box(), page.locator(":popover-open").bounding_box()
        assert at
        assert box
        above, below = at["y"] - (box["y"] + box["height"]), box["y"] - (at["y"] + at["height"])
        assert -1 <= max(above, below) <= CLOSE_BY, (above, below)
        page.keyboard.press("Escape")


def test_a_browser_without_anchors_shows_a_sheet(open_page: Open) -> None:
    """The style that anchors comes with the script; Firefox shows the sheet with it too."""
    page = open_page(width=WIDTHS[0], scripts=False).page
    button(page).click()
    box = page.locator(":popover-open").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= WIDTHS[0]
    assert 0 <= 800 - (box["y"] + box["height"]) <= CLOSE_BY


def test_every_cite_and_button_is_a_target_of_its_own(open_page: Open) -> None:
    page = open_page(width=WIDTHS[0]).page
    small = page.locator("sup.cites > *").evaluate_all(
        f"""targets => targets.filter(target => {{
            const box = target.getBoundingClientRect();
            return box.width < {LEAST} || box.height < {LEAST};
        }}).map(target => target.outerHTML)"""
    )
    assert small == []
    covered = page.locator("sup.cites > *").evaluate_all(
        """targets => targets.filter(target => {
            target.scrollIntoView({block: 'center'});
            const box = target.getClientRects()[0];
            return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
                !== target;
        }).map(target => target.outerHTML)"""
    )
    assert covered == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])
def test_axe_finds_nothing_in_an_open_preview(open_page: Open, width: int, scheme: Scheme) -> None:
    require(axe.SCRIPT.exists(), "axe-core")
    page = open_page(width=width, scheme=scheme).page
    button(page).click()
    assert len(opened(page)) == 1
    assert axe.violations(page) == []


def test_a_preview_steps_to_the_cite_before_and_after(open_page: Open) -> None:
    page = open_page().page
    control = button(page)
    cite = control.evaluate("button => button.previousElementSibling.id")
    key, number = cite.rsplit("-", 1)
    control.click()
    box = page.locator(":popover-open")
    assert box.locator("[aria-current]").get_attribute("href") == f"#{cite}"
    steps = box.locator(".step")
    assert [steps.nth(n).get_attribute("href") for n in range(steps.count())] == [
        f"#{key}-{int(number) - 1}"
    ]
    steps.first.click()
    assert opened(page) == []
    assert page.evaluate("() => location.hash") == f"#{key}-{int(number) - 1}"
    page.locator(f'[id="{key}-1"] + button').click()
    box = page.locator(":popover-open")
    assert box.locator("[aria-current]").get_attribute("href") == f"#{key}-1"
    assert box.locator(".step").count() == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_preview_is_the_entry_of_the_list(open_page: Open, scripts: bool) -> None:
    """It stands in the list again once it is closed, as wide as before."""
    page = open_page(scripts=scripts).page
    control = button(page)
    entry = page.locator(f"[id='{control.get_attribute('popovertarget')}']")
    look = """entry => {
        const {width, height} = entry.getBoundingClientRect(), style = getComputedStyle(entry);
        return [width, height, style.position, entry.parentElement.matches('.references > ol')];
    }"""
    before = entry.evaluate(look)
    assert before[2:] == ["relative", True]
    control.click()
    assert entry.evaluate(look)[2] == "fixed"
    page.keyboard.press("Escape")
    assert entry.evaluate(look)[2:] == before[2:]
    assert entry.evaluate(look)[0] == before[0]
    assert entry.is_visible()


def test_a_browser_without_popovers_shows_the_list(open_page: Open) -> None:
    page = open_page(alter=lambda html: html.replace(" popover>", ">")).page
    entries = page.locator(".references > ol > li")
    assert all(entry.is_visible() for entry in entries.all())


def test_print_shows_no_buttons(open_page: Open) -> None:
    page = open_page().page
    page.emulate_media(media="print")
    assert page.locator("sup.cites button:visible").count() == 0


# What a reader would miss → styles to plant, and the check above that must see it.
FAULTS = {
    "opens nothing": (
        "sup.cites button",
        {"pointerEvents": "none"},
        lambda page: opened(page) == [],
    ),
    "sticks out": (
        ".references li",
        {"inlineSize": "900px"},
        lambda page: layout.overflow(page) != [] or sides(page)[1] > WIDTHS[0],
    ),
    "stands elsewhere": (
        ".references li",
        {"inset": "0 auto auto 0", "positionArea": "none"},
        lambda page: not beside(page),
    ),
    "is faint": (
        ".references li > p",
        {"color": "rgb(150, 150, 150)"},
        lambda page: "color-contrast" in {line.split(":")[0] for line in axe.violations(page)},
    ),
}


def sides(page: Page) -> tuple[float, float]:
    """Give where the open preview begins and ends across the window, in CSS pixels."""
    box = page.locator(":popover-open").bounding_box()
    assert box
    return box["x"], box["x"] + box["width"]


def beside(page: Page) -> bool:
    """Tell whether the open preview is right above or below the button that has the focus."""
    box = page.locator(":popover-open").bounding_box()
    at = page.locator(":focus").bounding_box()
    assert box
    assert at
    gap = max(at["y"] - (box["y"] + box["height"]), box["y"] - (at["y"] + at["height"]))
    return -1 <= gap <= CLOSE_BY


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_seen(open_page: Open, fault: str) -> None:
    selector, styles, is_seen = FAULTS[fault]
    page = open_page(width=WIDTHS[0]).page
    page.locator(selector).evaluate_all(
        "(found, styles) => found.forEach(one => Object.assign(one.style, styles))", styles
    )
    control = button(page)
    control.evaluate("button => button.scrollIntoView({block: 'end'})")
    control.click(force=True)
    assert is_seen(page)
