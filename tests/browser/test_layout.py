"""No page scrolls sideways, dark is dark, every image shows and nothing jumps when it does."""

from __future__ import annotations

import re

import pytest

from . import layout
from .conftest import ADDRESSES, Open
from .visit import WIDTHS, show_all_images

NARROWEST = 320  # CSS pixels; WCAG 2.2, 1.4.10 Reflow


def unchanged(html: str) -> str:
    """Alter nothing; in an altered page a test may add styles."""
    return html


@pytest.mark.parametrize("kind", ADDRESSES)
def test_no_page_scrolls_sideways(open_page: Open, kind: str) -> None:
    page = open_page(kind).page
    for width in (NARROWEST, *WIDTHS):
        page.set_viewport_size({"width": width, "height": 800})
        assert layout.overflow(page) == [], width


def test_text_spacing_hides_nothing(open_page: Open) -> None:
    """WCAG 2.2, 1.4.12: a reader's own spacing of letters, words and lines fits."""
    page = open_page(width=WIDTHS[0], alter=unchanged).page
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
        " word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"
    )
    assert layout.overflow(page) == []


def test_what_sticks_out_is_seen(open_page: Open) -> None:
    page = open_page(width=WIDTHS[0]).page
    page.evaluate("() => { document.querySelector('main p').style.width = '900px' }")
    assert layout.overflow(page)


def test_what_sticks_out_of_a_clipped_page_is_seen(open_page: Open) -> None:
    page = open_page(width=WIDTHS[0], alter=unchanged).page
    page.add_style_tag(content="html, body { overflow-x: clip }")
    page.evaluate("() => { document.querySelector('main p').style.width = '900px' }")
    assert layout.overflow(page)


@pytest.mark.parametrize("kind", ADDRESSES)
def test_dark_is_dark_and_light_is_light(open_page: Open, kind: str) -> None:
    light, dark = open_page(kind, scheme="light").page, open_page(kind, scheme="dark").page
    assert layout.luminance(layout.backdrop(light)) > 0.8
    assert layout.luminance(layout.backdrop(dark)) < 0.1
    assert layout.luminance(layout.ink(light, "main h1")) < 0.2
    assert layout.luminance(layout.ink(dark, "main h1")) > 0.5


def test_a_page_without_a_dark_scheme_is_seen(open_page: Open) -> None:
    page = open_page(
        scheme="dark",
        alter=lambda html: html.replace("prefers-color-scheme", "prefers-no-scheme").replace(
            "light-dark(", "none("
        ),
    ).page
    page.add_style_tag(content=":root { color-scheme: light only !important }")
    assert layout.luminance(layout.backdrop(page)) > 0.8


@pytest.mark.parametrize("kind", ADDRESSES)
def test_every_image_shows(open_page: Open, kind: str) -> None:
    page = open_page(kind).page
    show_all_images(page)
    assert layout.broken_images(page) == []


@pytest.mark.parametrize(
    "plant",
    [
        lambda html: re.sub(r'(<img\b[^>]*\bsrc=")', r"\1/no-such-folder", html, count=1),
        lambda html: html.replace("<img ", '<img height="7777" ', 1),
    ],
    ids=["missing", "another-shape"],
)
def test_a_broken_image_is_seen(open_page: Open, plant: object) -> None:
    page = open_page(alter=plant).page  # type: ignore[arg-type]
    show_all_images(page)
    assert layout.broken_images(page)
