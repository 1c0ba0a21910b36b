"""The printed article holds every section, every reference and the address of every link."""

from __future__ import annotations

import io
import re
import unicodedata

from playwright.sync_api import Page
from pypdf import PdfReader

from .conftest import Open


def folded(text: str) -> str:
    """Drop what a line break may add or take; undo ligatures and small differences of case."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", unicodedata.normalize("NFKC", text)).casefold()


def printed(page: Page) -> str:
    """Print the page on A4 and give the folded text of all its leaves."""
    leaves = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    return folded("".join(leaf.extract_text() for leaf in leaves))


def missing(page: Page, text: str) -> list[str]:
    """List what `text` lacks of the sections' texts on a screen and of the outside addresses."""
    expected: list[str] = page.evaluate(
        """() => {
            const links = '.copy-link, [role=doc-backlink], .filter, .questions__print';
            const found = [document.querySelector('main h1').textContent];
            for (const section of document.querySelectorAll('main section[id]')) {
                const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) {
                    const parent = walker.currentNode.parentElement;
                    const seen = parent.getBoundingClientRect().width > 1;
                    if (seen && parent.closest('section[id]') === section && !parent.closest(links)
                            && !parent.querySelector(':scope > [role=doc-backlink]'))
                        found.push(walker.currentNode.data);
                }
            }
            const outside = document.querySelectorAll('main a[href^="http"]');
            return [...found, ...[...outside].map(link => link.getAttribute('href'))];
        }"""
    )
    return [part for part in expected if folded(part) not in text]


def test_the_printed_article_is_whole(open_page: Open) -> None:
    page = open_page().page
    assert missing(page, printed(page)) == []


def test_dark_screens_print_on_white(open_page: Open) -> None:
    page = open_page(scheme="dark").page
    page.emulate_media(media="print")
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") in {
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    }


def test_the_printed_article_has_no_chrome(open_page: Open) -> None:
    page = open_page().page
    page.emulate_media(media="print")
    seen = page.evaluate(
        """() => [...document.querySelectorAll('body > header nav, .copy-link, [role=doc-toc]')]
            .filter(part => part.checkVisibility()).map(part => part.outerHTML.slice(0, 80))"""
    )
    assert seen == []


def test_a_lost_part_is_seen(open_page: Open) -> None:
    page = open_page(alter=lambda html: html).page
    page.add_style_tag(
        content="""@media print {
            main section[id] h2, [role=doc-bibliography], main table { display: none }
            a::after { content: none !important }
        }"""
    )
    heading = page.locator("main section[id] h2").first.evaluate("h => h.firstChild.data")
    cell = page.locator("main td").first.evaluate("cell => cell.innerText")
    entry = page.locator("[role=doc-bibliography] li").first.inner_text().split(".")[0]
    link = page.locator("main a[href^=http]").first
    link.evaluate("link => { link.textContent = 'A page'; link.closest('li').id = 'no-source'; }")
    address = link.get_attribute("href")
    assert address
    lost = [folded(part) for part in missing(page, printed(page))]
    for part in (heading, cell, entry, address):
        assert any(folded(part) in line or line in folded(part) for line in lost if line), part
