"""Readers' own settings hold: larger text, less motion, forced colours, right-to-left, touch."""

from __future__ import annotations

import pytest

from . import contrast, layout
from .conftest import ADDRESSES, Open
from .visit import WIDTHS

TARGET = 44  # CSS pixels; WCAG 2.2, 2.5.5 Target Size (Enhanced); links in a sentence are exempt
KINDS = ["article", "articles", "glossary", "page", "product"]


def unchanged(html: str) -> str:
    """Alter nothing; in an altered page a test may add styles."""
    return html


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_text_can_be_doubled(open_page: Open, kind: str, width: int) -> None:
    """WCAG 2.2, 1.4.4: at 200% nothing is cut off and nothing sticks out."""
    page = open_page(kind, width=width, alter=unchanged).page
    size = "() => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    before = page.evaluate(size)
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate(size) > 1.8 * before
    assert layout.overflow(page) == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_motion_where_it_is_unwanted(open_page: Open, kind: str) -> None:
    page = open_page(kind).page
    page.evaluate("() => scrollTo(0, 400)")
    assert page.evaluate("() => document.getAnimations().length") == 0
    assert page.evaluate("() => getComputedStyle(document.documentElement).scrollBehavior") in (
        "auto",
        "",
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_forced_colours_hide_nothing(open_page: Open, kind: str, scheme: str) -> None:
    page = open_page(kind).page
    page.emulate_media(forced_colors="active", color_scheme=scheme)  # type: ignore[arg-type]
    assert contrast.faint(page) == []


def test_forced_colours_still_mark_the_section_being_read(open_page: Open) -> None:
    page = open_page().page
    page.emulate_media(forced_colors="active")
    page.evaluate("() => document.getElementById('risks').scrollIntoView()")
    link = page.locator("[role=doc-toc] [aria-current=location]")
    link.wait_for()
    other = page.locator("[role=doc-toc] li a:not([aria-current])").last
    border = "a => getComputedStyle(a).borderInlineEndWidth"
    assert link.evaluate(border) != other.evaluate(border)


@pytest.mark.parametrize("width", [320, *WIDTHS])
@pytest.mark.parametrize("kind", KINDS)
def test_right_to_left_text_fits(open_page: Open, kind: str, width: int) -> None:
    page = open_page(kind, width=width).page
    page.evaluate("() => { document.documentElement.dir = 'rtl' }")
    stuck: list[str] = page.evaluate(
        """() => [...document.body.querySelectorAll('main *')].filter(element => {
            const box = element.getBoundingClientRect();
            if (box.width <= 1 || box.left >= -1) return false;
            for (let outer = element.parentElement; outer; outer = outer.parentElement)
                if (['auto', 'scroll', 'hidden', 'clip'].includes(
                        getComputedStyle(outer).overflowX)) return false;
            return true;
        }).map(element => element.outerHTML.slice(0, 80))"""
    )
    assert stuck == []


def test_the_rail_changes_sides(open_page: Open) -> None:
    page = open_page().page
    left = "() => document.querySelector('[role=doc-toc]').getBoundingClientRect().left"
    before = page.evaluate(left)
    page.evaluate("() => { document.documentElement.dir = 'rtl' }")
    assert page.evaluate(left) > before + 400


@pytest.mark.parametrize("kind", ADDRESSES)
def test_controls_can_be_hit_with_a_thumb(open_page: Open, kind: str) -> None:
    page = open_page(kind, width=WIDTHS[0]).page
    for summary in page.locator("main summary").all():
        summary.click()
    small: list[str] = page.evaluate(
        """target => [...document.querySelectorAll(
                'button, summary, input, select, nav a, .article-tools li a')]
            .filter(control => control.checkVisibility() && !control.closest('sup'))
            .filter(control => {
                const label = control.closest('label') ?? control;
                const box = label.getBoundingClientRect();
                return box.width > 1 && Math.min(box.width, box.height) < target - 0.6;
            }).map(control => control.outerHTML.slice(0, 90))""",
        TARGET,
    )
    assert small == []
