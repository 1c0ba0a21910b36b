"""The printed article holds every section, every reference and the address of every link."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from .conftest import Open


def folded(text: str) -> str:
    """Drop the white space and the hyphens that a line break may add or take."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)


def printed(page: Page) -> str:
    """Print the page on A4 and give the folded text of all its leaves."""
    leaves = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    return folded("".join(leaf.extract_text() for leaf in leaves))


def missing(page: Page, text: str) -> list[str]:
    """List the texts of headings, references and tables and the addresses that `text` lacks."""
    expected: list[str] = page.evaluate(
        """() => {
            const extras = '.copy-link, [role=doc-backlink]';
            const texts = element => {
                const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), found = [];
                while (walker.nextNode())
                    if (!walker.currentNode.parentElement.closest(extras))
                        found.push(walker.currentNode.data);
                return found;
            };
            const main = document.querySelector('main');
            const parts = 'h1, h2, h3, th, td, figcaption, [role=doc-bibliography] li';
            return [
                ...[...main.querySelectorAll(parts)].flatMap(texts),
                ...[...main.querySelectorAll('a[href^="http"]')]
                    .map(link => link.getAttribute('href')),
            ];
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


@pytest.mark.parametrize(
    "plant",
    [
        "main section[id] > h2 { display: none }",
        "[role=doc-bibliography] { display: none }",
        "a::after, .address, [class*=url] { content: none !important; display: none !important }",
        "main table { display: none }",
    ],
    ids=["headings", "references", "addresses", "tables"],
)
def test_a_lost_part_is_seen(open_page: Open, plant: str) -> None:
    page = open_page().page
    page.add_style_tag(content=f"@media print {{ {plant} }}")
    assert missing(page, printed(page))
