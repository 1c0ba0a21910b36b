"""Questions to take along, a table to filter, meanings beside terms, what has changed."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from .conftest import Open
from .visit import WIDTHS


def leaves(page: Page) -> list[str]:
    """Print the page on A4; give the text of each leaf."""
    return [leaf.extract_text() for leaf in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]


@pytest.mark.parametrize("scripts", [True, False])
def test_the_questions_print_alone_on_one_leaf(open_page: Open, scripts: bool) -> None:
    page = open_page(scripts=scripts).page
    if scripts:
        page.evaluate("() => { window.print = () => { window.asked = true } }")
    questions = page.locator(".questions li").all_inner_texts()
    assert len(questions) > 5
    page.get_by_role("link", name="Print only these questions").click()
    if scripts:
        page.wait_for_function("() => window.asked")
    (leaf,) = leaves(page)
    words = " ".join(leaf.split())
    for question in questions:
        assert question in words
    canonical = page.locator("link[rel=canonical]").get_attribute("href")
    assert canonical
    assert canonical in words
    assert "How does dry needling work?" not in words


def test_without_their_link_the_whole_article_is_printed(open_page: Open) -> None:
    assert len(leaves(open_page().page)) > 5


def test_every_question_leads_to_a_part_of_the_article(open_page: Open) -> None:
    page = open_page().page
    bare = page.locator(".questions li:not(:has(a[href^='#']))").all_inner_texts()
    assert bare == []
    lost = page.evaluate(
        "() => [...document.querySelectorAll('.questions a')].map(a => a.hash.slice(1))"
        ".filter(id => !document.getElementById(id))"
    )
    assert lost == []


def test_the_table_of_states_is_filtered(open_page: Open) -> None:
    page = open_page().page
    rows = page.locator(".filter + .table tbody tr")
    assert rows.count() == 51
    field = page.get_by_role("searchbox", name="Show only rows with")
    field.press_sequentially("NEW yo")
    assert [row.inner_text() for row in rows.all() if row.is_visible()] == ["New York\tProhibits"]
    assert "1 / 51" in page.locator(".filter [role=status]").inner_text()
    field.fill("silent")
    assert sum(row.is_visible() for row in rows.all()) == 7
    field.fill("")
    assert all(row.is_visible() for row in rows.all())


def test_without_scripts_the_table_is_whole(open_page: Open) -> None:
    page = open_page(scripts=False).page
    assert page.locator(".filter").count() == 0
    cells = page.locator("tr", has=page.get_by_role("rowheader", name="Wyoming"))
    assert cells.inner_text() == "Wyoming\tPermits"


@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])
def test_a_term_tells_its_meaning(open_page: Open, width: int) -> None:
    page = open_page(width=width).page
    term = page.locator(".prose .term").nth(1)
    id = term.evaluate("link => link.hash.slice(1)")
    card = page.locator(".term-card")
    assert not card.is_visible()
    term.focus()
    card.wait_for(state="visible")
    assert term.get_attribute("aria-describedby") == card.get_attribute("id")
    glossary = open_page("glossary").page.locator(f"[id='{id}'] dd p").first.inner_text()
    assert glossary in card.inner_text()
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")
    assert term.evaluate("link => link === document.activeElement")
    term.press("Enter")
    page.wait_for_url(f"**/glossary/#{id}")


def test_a_pointer_can_rest_on_the_meaning(open_page: Open) -> None:
    """WCAG 2.2, 1.4.13: what shows on hover can be pointed at, and goes when it is left."""
    page = open_page().page
    card = page.locator(".term-card")
    page.locator(".prose .term").nth(1).hover()
    card.wait_for(state="visible")
    card.hover()
    page.wait_for_timeout(600)
    assert card.is_visible()
    page.mouse.move(2, 2)
    card.wait_for(state="hidden")


def test_a_first_tap_shows_the_meaning(open_page: Open) -> None:
    page = open_page(width=WIDTHS[0]).page
    page.context.new_cdp_session(page).send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    term = page.locator(".prose .term").nth(1)
    term.scroll_into_view_if_needed()
    box = term.bounding_box()
    assert box
    touch = page.context.new_cdp_session(page)
    point = {"x": box["x"] + 5, "y": box["y"] + 5}
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.locator(".term-card").wait_for(state="visible")
    assert "/glossary/" not in page.url


def test_what_has_changed_is_told(open_page: Open) -> None:
    page = open_page().page
    page.get_by_role("link", name="What has changed").click()
    entries = page.get_by_role("list", name="What has changed").get_by_role("listitem")
    assert entries.count() >= 1
    assert "First published." in entries.last.inner_text()
    assert entries.last.locator("time").get_attribute("datetime") == "2026-11-24"


def test_a_phone_shows_the_comparison_as_cards(open_page: Open) -> None:
    page = open_page(width=WIDTHS[0]).page
    cells = page.locator(".compare tbody td")
    boxes = [cell.bounding_box() for cell in cells.all()]
    assert len({box["x"] for box in boxes if box}) == 1
    label = "cell => getComputedStyle(cell, '::before').content"
    assert '"Acupuncture"' in cells.nth(1).evaluate(label)
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    names: dict[str, set[str]] = {}
    for node in tree:
        role = node.get("role", {}).get("value", "")
        names.setdefault(role, set()).add(node.get("name", {}).get("value", ""))
    assert {"Dry needling", "Acupuncture"} <= names["columnheader"]
    assert {"Based on", "Success is measured"} <= names["rowheader"]
