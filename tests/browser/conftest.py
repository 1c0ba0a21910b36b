"""Fixtures of the browser tests: the pages of the built site by kind, and visits to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser

from .visit import WIDTHS, Scheme, Visit, visit

# Kind → address within the site; a `*` stands for the first folder of that place by name.
ADDRESSES = {
    "article": "/articles/*/",
    "home": "/",
    "articles": "/articles/",
    "references": "/references/",
    "glossary": "/glossary/",
    "products": "/products/",
    "product": "/products/*/",
    "search": "/search/",
    "topics": "/topics/",
    "topic": "/topics/*/",
    "page": "/about/",
    "404": "/404.html",
}


class Open(Protocol):
    """Opens the page of a kind; the visit ends with the test."""

    def __call__(
        self,
        kind: str = ...,
        *,
        width: int = ...,
        scheme: Scheme = ...,
        scripts: bool = ...,
        alter: Callable[[str], str] | None = ...,
    ) -> Visit: ...


def page_file(site: Path, kind: str) -> Path:
    """Find the built file of the page of a kind; fails the test when the site has none."""
    pattern = ADDRESSES[kind].lstrip("/")
    found = sorted(site.glob(pattern if pattern.endswith(".html") else f"{pattern}index.html"))
    assert found, f"the site has no page at {ADDRESSES[kind]}"
    return found[0]


def page_address(site: Path, kind: str) -> str:
    """Give the address of the page of a kind, from the root of the site: `/articles/x/`."""
    path = page_file(site, kind).relative_to(site).as_posix()
    return "/" + path.removesuffix("index.html")


@pytest.fixture
def open_page(browser: Browser, served: str, site: Path) -> Iterator[Open]:
    """Give the function that opens a page of the served site, the article by default."""
    visits: list[Visit] = []

    def run(
        kind: str = "article",
        *,
        width: int = WIDTHS[-1],
        scheme: Scheme = "light",
        scripts: bool = True,
        alter: Callable[[str], str] | None = None,
    ) -> Visit:
        opened = visit(
            browser,
            served + page_address(site, kind),
            width=width,
            scheme=scheme,
            scripts=scripts,
            alter=alter,
        )
        visits.append(opened)
        return opened

    yield run
    for opened in visits:
        opened.context.close()
