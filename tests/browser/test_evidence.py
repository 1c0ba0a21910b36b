"""The line under the byline opens what the article's claims rest on, by keyboard and by touch."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from ..conftest import require
from . import axe, layout
from .conftest import Open
from .visit import WIDTHS

LEAST = 44  # CSS pixels; WCAG 2.2, 2.5.5 Target Size (Enhanced)


def is_open(page: Page) -> bool:
    found: bool = page.locator("details.evidence").evaluate("details => details.open")
    return found


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_enter_opens_and_closes_it(open_page: Open, scripts: bool) -> None:
    page = open_page(scripts=scripts).page
    page.locator("details.evidence > summary").focus()
    assert not is_open(page)
    page.keyboard.press("Enter")
    assert is_open(page)
    page.keyboard.press("Enter")
    assert not is_open(page)


@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])
def test_open_it_fits_and_axe_finds_nothing(open_page: Open, width: int) -> None:
    page = open_page(width=width).page
    summary = page.locator("details.evidence > summary")
    box = summary.bounding_box()
    assert box
    assert box["height"] >= LEAST
    summary.click()
    assert is_open(page)
    assert layout.overflow(page) == []
    require(axe.SCRIPT.exists(), "axe-core")
    assert axe.violations(page) == []


def test_a_sentence_leads_to_its_section_and_a_number_to_its_entry(open_page: Open) -> None:
    page = open_page().page
    page.locator("details.evidence > summary").click()
    sentence = page.locator("details.evidence li li a").first
    target = sentence.get_attribute("href")
    sentence.click()
    assert page.locator(f"section{target}:target").count() == 1
    page.locator("details.evidence a[href^='#ref-']").first.click()
    assert page.locator("[role=doc-bibliography] li:target").count() == 1
