"""Readers search by keyboard alone, under the site's policy, and lose nothing when it fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page, expect

from . import axe
from .visit import SCHEMES, WIDTHS, Scheme, Visit, visit

# Runs before any of the page: a refusal fires this event on the document (CSP 3 § 5.3).
WATCH = """document.addEventListener('securitypolicyviolation', event => {
    (window.refused ??= []).push(`${event.effectiveDirective} ${event.blockedURI}`)
})"""


class Search(Protocol):
    """Opens the search page, with some files blocked; the visit ends with the test."""

    def __call__(
        self,
        query: str = ...,
        *,
        width: int = ...,
        scheme: Scheme = ...,
        scripts: bool = ...,
        block: str = ...,
    ) -> Visit: ...


@pytest.fixture
def open_search(browser: Browser, served: str) -> Iterator[Search]:
    """Give the function that opens `/search/` with the part of its address after it."""
    visits: list[Visit] = []

    def run(
        query: str = "",
        *,
        width: int = WIDTHS[-1],
        scheme: Scheme = "light",
        scripts: bool = True,
        block: str = "",
    ) -> Visit:
        opened = visit(browser, "about:blank", width=width, scheme=scheme, scripts=scripts)
        visits.append(opened)
        opened.page.add_init_script(WATCH)
        if block:
            opened.page.route(re.compile(block), lambda route: route.abort())
        opened.page.goto(f"{served}/search/{query}", wait_until="load")
        return opened

    yield run
    for opened in visits:
        opened.context.close()


def told(page: Page, text: str | re.Pattern[str]) -> None:
    """Wait until the page's status says a text."""
    expect(page.get_by_role("main").get_by_role("status")).to_have_text(text)


def focused(page: Page) -> str:
    """Give the text of what has the focus, or its id when it has no text."""
    text: str = page.evaluate(
        "() => document.activeElement.textContent.trim() || document.activeElement.id"
    )
    return text


def test_a_reader_types_finds_and_opens_by_keyboard(open_search: Search) -> None:
    opened = open_search()
    page = opened.page
    for _ in range(30):
        page.keyboard.press("Tab")
        if focused(page) == "query":
            break
    assert focused(page) == "query"
    page.keyboard.type("trigger point")
    told(page, re.compile(r"^\d+ results for “trigger point”$"))
    assert "q=trigger+point" in page.url
    page.keyboard.press("ArrowDown")
    assert focused(page) == "trigger point"
    page.keyboard.press("ArrowDown")
    assert focused(page) not in ("trigger point", "query")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert focused(page) == "query"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert focused(page) == "query"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/#trigger-point")
    page.go_back()
    told(page, re.compile(r"results for “trigger point”$"))
    assert opened.complaints == []


def test_a_result_leads_into_the_section_that_it_names(open_search: Search) -> None:
    page = open_search("?q=needling&kind=article").page
    told(page, "1 result for “needling”")
    section = page.locator(".search-results__sections a").first
    id = str(section.get_attribute("href")).partition("#")[2]
    section.click()
    page.wait_for_url(f"**#{id}")
    assert page.locator(f"section#{id}").count() == 1


def test_a_kind_narrows_and_counts_what_is_found(open_search: Search) -> None:
    page = open_search("?q=menthol").page
    told(page, re.compile("results for"))
    kinds = page.locator(".search-results__kind").all_inner_texts()
    counted = page.get_by_role("radio", name="Glossary").evaluate("e => e.parentElement.innerText")
    assert re.search(rf"\({kinds.count('Glossary term')}\)", counted)
    page.get_by_role("radio", name="Glossary").check()
    told(page, "1 result for “menthol”")
    assert set(page.locator(".search-results__kind").all_inner_texts()) == {"Glossary term"}
    assert page.url.endswith("?q=menthol&kind=term")


def test_nothing_is_loaded_before_the_form_is_used(open_search: Search) -> None:
    opened = open_search()
    opened.page.wait_for_load_state("networkidle")
    assert not [url for url in opened.requests if "/pagefind/" in url]
    with opened.page.expect_request("**/pagefind/pagefind.js"):
        opened.page.get_by_role("searchbox").focus()


@pytest.mark.parametrize("part", ["/pagefind/", r"/pagefind/pagefind\.js$", r"/wasm\."])
def test_a_failure_is_told_and_leaves_the_lists(open_search: Search, part: str) -> None:
    opened = open_search(block=part)
    page = opened.page
    page.get_by_role("searchbox").fill("needling")
    told(page, re.compile("could not be loaded"))
    expect(page.locator(".search-index a").first).to_be_visible()
    page.unroute_all()
    page.reload()
    told(page, re.compile("results for"))


def test_a_connection_that_breaks_is_not_taken_for_no_results(open_search: Search) -> None:
    page = open_search("?q=zzzqqq").page
    told(page, re.compile("^Nothing found"))
    page.route(re.compile("/pagefind/"), lambda route: route.abort())
    page.get_by_role("searchbox").fill("needling")
    told(page, re.compile("could not be loaded"))
    page.unroute_all()
    page.get_by_role("searchbox").fill("needles")
    told(page, re.compile("results for"))


def test_a_script_that_does_not_come_is_told(open_search: Search) -> None:
    page = open_search(block=r"/assets/search\.").page
    told(page, "Search has not loaded yet.")
    expect(page.locator(".search-index a").first).to_be_visible()


def test_without_scripts_the_lists_lead_everywhere(open_search: Search, served: str) -> None:
    page = open_search(scripts=False).page
    assert not page.get_by_role("searchbox").is_visible()
    assert page.get_by_text("Searching needs JavaScript").is_visible()
    targets = {str(a.get_attribute("href")) for a in page.locator(".search-index a").all()}
    for start in ("/articles/", "/glossary/#", "/products/", "/references/"):
        assert any(target.startswith(start) for target in targets), start


def test_what_nobody_wrote_of_is_said_to_be_missing(open_search: Search) -> None:
    page = open_search("?q=zzzqqq").page
    told(page, re.compile("^Nothing found for “zzzqqq”"))
    expect(page.locator(".search-index a").first).to_be_visible()
    page.get_by_role("searchbox").fill("")
    told(page, "")


def test_a_query_is_never_taken_for_markup(open_search: Search) -> None:
    page = open_search("?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E$%26").page
    told(page, re.compile(re.escape("<img src=x onerror=alert(1)>$&")))
    assert page.locator("main img").count() == 0


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_results_are_accessible(open_search: Search, width: int, scheme: Scheme) -> None:
    opened = open_search("?q=needling", width=width, scheme=scheme)
    told(opened.page, re.compile("results for"))
    assert opened.page.evaluate("() => window.refused ?? []") == []
    assert opened.complaints == []
    assert axe.violations(opened.page) == []
    wide = "() => document.documentElement.scrollWidth > innerWidth"
    assert not opened.page.evaluate(wide)
