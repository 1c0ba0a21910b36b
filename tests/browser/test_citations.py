"""Each cite leads to its reference and the way back; each link within a page arrives."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, TimeoutError

from .conftest import ADDRESSES, Open
from .visit import WIDTHS

PATIENCE = 3_000  # milliseconds for a click on what moves or is covered

# Where the page is after a jump: the address's anchor, and whether the start of its element is
# in sight with nothing on it, such as a header that stays in place (WCAG 2.2, 2.4.11).
ARRIVAL = """() => {
    const target = document.querySelector(':target');
    if (!target) return [location.hash, false];
    const box = target.getClientRects()[0];
    const x = box.left + Math.min(box.width / 2, 24), y = box.top + Math.min(box.height / 2, 12);
    const top = document.elementFromPoint(x, y);
    const clear = top !== null && (target.contains(top) || top.contains(target));
    return [location.hash, box.top >= -1 && box.top < innerHeight && clear];
}"""


# A header that stays over the text and takes no click, as a careless theme might have it.
STICKY = (
    "document.body.insertAdjacentHTML('afterbegin', '<div style=\"position: fixed; inset: 0 0 auto;"
    "height: 120px; background: #fff; z-index: 9\"></div>'),"
    "document.documentElement.style.scrollPadding = '0',"
    "document.querySelectorAll('[id]').forEach(part => part.style.scrollMargin = '0')"
)


def follow(link: Locator) -> bool:
    """Click a link as a mouse would; tell whether it could be clicked at all."""
    try:
        link.click(timeout=PATIENCE)
    except TimeoutError:
        return False
    return True


def lost_cites(page: Page) -> list[str]:
    """Click every cite, then its own back-link; list the clicks that do not arrive in sight."""
    lost: list[str] = []
    cites: list[list[str]] = page.locator("main a[role=doc-biblioref]").evaluate_all(
        "cites => cites.map(cite => [cite.id, cite.getAttribute('href')])"
    )
    for cite, reference in cites:
        if not follow(page.locator(f'[id="{cite}"]')) or page.evaluate(ARRIVAL) != [
            reference,
            True,
        ]:
            lost.append(f"{cite} does not arrive at {reference}")
            continue
        back = page.locator(f'[id="{reference[1:]}"] a[role=doc-backlink][href="#{cite}"]')
        if back.count() != 1:
            lost.append(f"{reference} has {back.count()} ways back to {cite}")
            continue
        if not follow(back) or page.evaluate(ARRIVAL) != [f"#{cite}", True]:
            lost.append(f"the way back to {cite} does not arrive")
    return lost


def lost_entries(page: Page) -> list[str]:
    """Click every entry of the contents list; list those that do not arrive in sight."""
    lost: list[str] = []
    entries = page.locator("nav[role=doc-toc] li a")
    for number in range(entries.count()):
        entry = entries.nth(number)
        if not entry.is_visible():  # a phone folds the list
            page.locator("nav[role=doc-toc] summary").click()
        target = entry.get_attribute("href")
        if not follow(entry) or page.evaluate(ARRIVAL) != [target, True]:
            lost.append(f"the entry {target} does not arrive")
    return lost


def dead_anchors(page: Page) -> list[str]:
    """List the links within the page whose element does not exist or is printed twice."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('a[href*="#"]')]
            .filter(link => link.origin + link.pathname === location.origin + location.pathname)
            .filter(link => document.querySelectorAll(
                '#' + CSS.escape(decodeURIComponent(link.hash.slice(1)))).length !== 1)
            .map(link => link.getAttribute('href'))"""
    )
    return found


def wrong_copy_links(page: Page) -> list[str]:
    """List the sections of the article without a copy-link to themselves that a reader sees."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('main h2, main h3')].flatMap(heading => {
            const section = heading.closest('section[id]');
            if (!section) return [`no section holds "${heading.textContent}"`];
            const link = heading.nextElementSibling;
            if (heading.querySelector('a.copy-link'))
                return [`the copy-link of #${section.id} is a part of its heading`];
            if (!link?.matches('a.copy-link')) return [`#${section.id} has no copy-link`];
            if (link.getAttribute('href') !== '#' + section.id)
                return [`the copy-link of #${section.id} leads to ${link.getAttribute('href')}`];
            const seen = link.checkVisibility({opacityProperty: true, visibilityProperty: true});
            return seen && link.getBoundingClientRect().width > 1
                ? [] : [`the copy-link of #${section.id} is not to be seen`];
        })"""
    )
    return found


@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])
def test_every_cite_leads_to_its_reference_and_back(open_page: Open, width: int) -> None:
    page = open_page(width=width).page
    assert page.locator("main a[role=doc-biblioref]").count() > 10
    assert lost_cites(page) == []


@pytest.mark.parametrize(
    "plant",
    [
        "document.querySelector('[role=doc-biblioref]').href = '#ref-nothing'",
        "document.querySelector('[role=doc-backlink]').remove()",
        "document.querySelector('[role=doc-backlink]').href = '#nothing'",
        "document.querySelector('[role=doc-bibliography] li').style.cssText ="
        "'position: absolute; top: -9999px; right: 0; margin: 0'",
        STICKY,
    ],
    ids=["dead-cite", "no-way-back", "wrong-way-back", "unseen-reference", "covered-reference"],
)
def test_a_lost_cite_is_seen(open_page: Open, plant: str) -> None:
    page = open_page(alter=str).page  # altered, so that the content policy lets a style through
    page.evaluate(f"() => {{ {plant} }}")
    keep_first = (
        "() => [...document.querySelectorAll('[role=doc-biblioref]')].slice(1)"
        ".forEach(cite => cite.removeAttribute('role'))"
    )
    page.evaluate(keep_first)
    assert lost_cites(page)


@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])
def test_every_contents_entry_arrives(open_page: Open, width: int) -> None:
    page = open_page(width=width).page
    assert page.locator("nav[role=doc-toc] a").count() > 5
    assert lost_entries(page) == []


def test_a_covered_heading_is_seen(open_page: Open) -> None:
    page = open_page(alter=str).page
    page.evaluate(f"() => {{ {STICKY} }}")
    assert lost_entries(page)


@pytest.mark.parametrize("kind", ADDRESSES)
def test_every_link_within_a_page_arrives(open_page: Open, kind: str) -> None:
    assert dead_anchors(open_page(kind).page) == []


def test_every_section_has_its_copy_link(open_page: Open) -> None:
    page = open_page().page
    assert page.locator("main a.copy-link").count() > 5
    assert wrong_copy_links(page) == []


@pytest.mark.parametrize(
    "plant",
    [
        "document.querySelector('.copy-link').href = '#elsewhere'",
        "document.querySelector('.copy-link').remove()",
        "document.querySelector('.copy-link').style.opacity = 0",
        "document.querySelector('h2').append(document.querySelector('.copy-link'))",
    ],
    ids=["dead", "absent", "unseen", "inside"],
)
def test_a_wrong_copy_link_is_seen(open_page: Open, plant: str) -> None:
    page = open_page().page
    page.evaluate(f"() => {{ {plant} }}")
    assert wrong_copy_links(page)


def test_a_dead_anchor_is_seen(open_page: Open) -> None:
    page = open_page(
        alter=lambda html: html.replace("</main>", '<a href="#gone">x</a></main>')
    ).page
    assert dead_anchors(page) == ["#gone"]
