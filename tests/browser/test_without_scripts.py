"""With JavaScript off a reader loses nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from .conftest import ADDRESSES, Open
from .visit import WIDTHS

# What the script adds or moves: a table's filter, buttons, the state of the contents list.
ADDED = "button, input, label, [role=status], .contents__here, .contents__step"


def shown(page: Page) -> list[str]:
    """List the lines that a reader sees without what the script adds."""
    lines: list[str] = page.evaluate(
        """added => {
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            const lines = [];
            while (walker.nextNode()) {
                const parent = walker.currentNode.parentElement;
                if (walker.currentNode.data.trim() && parent.checkVisibility()
                        && !parent.closest(`script, style, ${added}`))
                    lines.push(walker.currentNode.data.trim());
            }
            return lines;
        }""",
        ADDED,
    )
    return lines


@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])
@pytest.mark.parametrize("kind", [kind for kind in ADDRESSES if kind != "search"])
def test_nothing_is_lost(open_page: Open, kind: str, width: int) -> None:
    scripted = open_page(kind, width=width).page
    plain = open_page(kind, width=width, scripts=False).page
    assert plain.locator("main").inner_text().strip()
    assert shown(plain) == shown(scripted)


@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])
def test_the_contents_list_opens_without_scripts(open_page: Open, width: int) -> None:
    page = open_page(width=width, scripts=False).page
    link = page.locator("[role=doc-toc] li a").last
    if width == WIDTHS[0]:
        assert not link.is_visible()
        page.locator("[role=doc-toc] summary").click()
    assert link.is_visible()


def test_no_part_of_the_article_is_folded_away(open_page: Open) -> None:
    folded = open_page().page.evaluate(
        """() => [...document.querySelectorAll('main section[id], main li, main p, main td')]
            .filter(part => !part.checkVisibility() && !part.closest('[popover], .evidence'))
            .map(part => part.outerHTML.slice(0, 80))"""
    )
    assert folded == []


def test_what_only_a_script_shows_is_seen(open_page: Open) -> None:
    def plant(html: str) -> str:
        return html.replace(
            "</main>", "<script>document.write('<p>Only with scripts</p>')</script></main>"
        )

    scripted = open_page(alter=plant).page
    plain = open_page(alter=plant, scripts=False).page
    assert shown(plain) != shown(scripted)
