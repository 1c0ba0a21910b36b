"""The contents list follows the reader, and sections and the page itself can be passed on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from .conftest import Open
from .visit import WIDTHS

TOC = "[role=doc-toc]"


def current(page: Page) -> list[str]:
    """List the ids of the sections that the contents list marks as read now."""
    found: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('[role=doc-toc] [aria-current=location]')]"
        ".map(link => link.hash.slice(1))"
    )
    return found


def go(page: Page, id: str) -> None:
    """Scroll a section to the top and wait until its mark has moved."""
    page.evaluate("id => document.getElementById(id).scrollIntoView()", id)
    page.wait_for_function(
        "id => document.querySelector('[role=doc-toc] [aria-current]')?.hash === '#' + id", arg=id
    )


def section_ids(page: Page) -> list[str]:
    """List the sections of the contents list, in order."""
    found: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('[role=doc-toc] li a')].map(a => a.hash.slice(1))"
    )
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_the_section_being_read_is_marked(open_page: Open, width: int) -> None:
    page = open_page(width=width).page
    ids = section_ids(page)
    assert len(ids) > 8
    for id in (ids[3], ids[-1], ids[1]):
        go(page, id)
        assert current(page) == [id]


@pytest.mark.parametrize("width", WIDTHS)
def test_steps_lead_to_the_sections_beside(open_page: Open, width: int) -> None:
    page = open_page(width=width).page
    ids = section_ids(page)
    assert page.get_by_role("link", name="Previous section").count() == 0
    go(page, ids[4])
    page.get_by_role("link", name="Next section: ").click()
    page.wait_for_function("id => location.hash === '#' + id", arg=ids[5])
    go(page, ids[5])
    page.get_by_role("link", name="Previous section: ").press("Enter")
    page.wait_for_function("id => location.hash === '#' + id", arg=ids[4])


def test_a_heading_jumped_to_is_not_covered(open_page: Open) -> None:
    page = open_page(width=WIDTHS[0]).page
    for id in section_ids(page)[2::6]:
        go(page, id)
        covered = page.evaluate(
            """id => {
                const box = document.querySelector(`#${id} > .heading`).getBoundingClientRect();
                const top = document.elementFromPoint(box.left + 20, box.top + 8);
                return !top?.closest('.heading');
            }""",
            id,
        )
        assert not covered, id


def test_a_phone_begins_with_the_text(open_page: Open) -> None:
    page = open_page(width=WIDTHS[0]).page
    contents = page.locator(TOC).bounding_box()
    assert contents
    assert contents["height"] < 80
    page.locator(f"{TOC} summary").press("Enter")
    last = page.locator(f"{TOC} li a").last
    assert last.is_visible()
    last.click()
    assert not last.is_visible()
    assert page.evaluate("() => location.hash")


def test_a_desk_shows_the_whole_list(open_page: Open) -> None:
    page = open_page().page
    assert page.locator(f"{TOC} li a").last.is_visible()
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    page.locator(f"{TOC} li a").last.wait_for(state="hidden")
    page.set_viewport_size({"width": WIDTHS[-1], "height": 800})
    page.locator(f"{TOC} li a").last.wait_for(state="visible")


def test_a_section_link_is_copied_and_told(open_page: Open) -> None:
    visit = open_page()
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    link = visit.page.locator("main .copy-link").nth(2)
    link.press("Enter")
    visit.page.locator("[role=status]", has_text="Copied").wait_for()
    address = link.evaluate("link => link.href")
    assert visit.page.evaluate("() => navigator.clipboard.readText()") == address
    assert visit.page.url == address


def test_the_page_can_be_cited(open_page: Open) -> None:
    visit = open_page()
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.page
    page.get_by_role("button", name="Copy").click()
    page.locator("[role=status]", has_text="Copied").wait_for()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    canonical = page.locator("link[rel=canonical]").get_attribute("href")
    title = page.locator("h1").inner_text().replace("\n", " ")
    assert canonical
    assert copied.endswith(canonical)
    assert title in copied
    for label in ("BibTeX", "RIS"):
        href = page.get_by_role("list", name="Cite this page").get_by_text(label)
        address = href.evaluate("link => link.href")
        assert title in page.request.get(address).text()


def test_progress_follows_scrolling_unless_motion_is_unwanted(open_page: Open) -> None:
    page = open_page().page
    width = """() => {
        const style = getComputedStyle(document.querySelector('.article'), '::before');
        return style.content === 'none' ? null : parseFloat(style.inlineSize) / innerWidth;
    }"""
    assert page.evaluate(width) is None
    page.emulate_media(reduced_motion="no-preference")
    page.evaluate(
        "() => scrollTo({top: document.documentElement.scrollHeight, behavior: 'instant'})"
    )
    page.wait_for_function(f"() => ({width})() > 0.95")
    page.evaluate("() => scrollTo(0, 0)")
    page.wait_for_function(f"() => ({width})() < 0.05")
