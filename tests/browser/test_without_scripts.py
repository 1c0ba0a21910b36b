"""With JavaScript off a reader loses nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from .conftest import ADDRESSES, Open
from .visit import show_all_images

# Data blocks such as JSON-LD are scripts by element name alone; they are never run.
RUN = "script:not([type]), script[type='module'], script[type$='javascript'], [onclick], [onload]"


def shown(page: Page) -> dict[str, object]:
    """Tell what a reader sees: the text, the sections and their heights in CSS pixels."""
    seen: dict[str, object] = page.evaluate(
        """() => ({
            text: document.body.innerText,
            sections: [...document.querySelectorAll('section[id], nav, aside, footer, figure')]
                .map(part => [part.id, Math.round(part.getBoundingClientRect().height)]),
        })"""
    )
    return seen


@pytest.mark.parametrize("kind", ADDRESSES)
def test_nothing_is_lost(open_page: Open, kind: str) -> None:
    scripted, plain = open_page(kind).page, open_page(kind, scripts=False).page
    show_all_images(scripted)  # without scripts no image is lazy (HTML, 2.5.7)
    assert plain.locator("main").inner_text().strip()
    assert shown(plain) == shown(scripted)


@pytest.mark.parametrize("kind", ADDRESSES)
def test_no_page_carries_a_script(open_page: Open, kind: str) -> None:
    assert open_page(kind).page.locator(RUN).count() == 0


def test_no_part_of_the_article_is_folded_away(open_page: Open) -> None:
    folded = open_page().page.evaluate(
        """() => [...document.querySelectorAll('main section[id], main li, main p, main td')]
            .filter(part => !part.checkVisibility()).map(part => part.outerHTML.slice(0, 80))"""
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
    assert scripted.locator(RUN).count() == 1
