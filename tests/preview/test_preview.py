"""The preview, driven in a real browser: findings appear, pages stay, scroll is kept."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import Preview

ADDRESS = "/articles/what-is-dry-needling/"
CITE = "[@boyce2020]"
BROKEN = "[@boyse2020]"
PATIENCE = 30_000  # milliseconds; CI's machine is shared


@pytest.fixture
def page(browser: Browser, preview: Preview) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    opened.goto(preview.origin + ADDRESS)
    yield opened
    context.close()


@pytest.fixture
def broken(page: Page, preview: Preview) -> Iterator[Page]:
    """The page while a cite in the article names no reference."""
    preview.edit(CITE, BROKEN)
    try:
        expect(page.get_by_role("alert")).to_be_visible(timeout=PATIENCE)
        yield page
    finally:
        preview.edit(BROKEN, CITE)
        expect(page.get_by_role("alert")).to_be_hidden(timeout=PATIENCE)


def test_a_saved_change_is_shown_with_the_scroll_kept(page: Page, preview: Preview) -> None:
    page.evaluate("scrollTo(0, 1500)")
    preview.edit("If you are in pain", "When you are in pain")
    expect(page.get_by_text("When you are in pain")).to_be_attached(timeout=PATIENCE)
    assert abs(page.evaluate("scrollY") - 1500) < 5
    preview.edit("When you are in pain", "If you are in pain")
    expect(page.get_by_text("If you are in pain")).to_be_attached(timeout=PATIENCE)


def test_a_mistake_is_shown_and_the_last_good_page_stays(broken: Page) -> None:
    panel = broken.get_by_role("alert")
    expect(panel).to_contain_text("CIT001")
    expect(panel).to_contain_text('Citation "boyse2020" is not in the references.')
    expect(panel).to_contain_text('did you mean "boyce2020"?')
    expect(broken.get_by_role("heading", level=1)).to_be_visible()
    broken.reload()
    expect(broken.get_by_role("heading", level=1)).to_be_visible()
    expect(broken.get_by_role("alert")).to_contain_text("CIT001")


def test_escape_closes_the_panel(broken: Page) -> None:
    broken.keyboard.press("Escape")
    expect(broken.get_by_role("alert")).to_be_hidden()


def test_a_click_opens_the_file_at_the_line(broken: Page, preview: Preview) -> None:
    preview.opened.unlink(missing_ok=True)
    broken.get_by_role("alert").get_by_role("button", name="what-is-dry-needling.md").first.click()
    deadline = time.monotonic() + PATIENCE / 1000
    while not preview.opened.exists() or not preview.opened.read_text().endswith("\n"):
        assert time.monotonic() < deadline, "no editor was started"
        time.sleep(0.05)
    path, line, column = preview.opened.read_text("utf-8").split()[:3]
    text = preview.article.read_text("utf-8").splitlines()[int(line) - 1]
    assert Path(path) == preview.article
    assert text[int(column) - 1 :].startswith("boyse2020")


def test_the_panel_clears_itself_when_mended(page: Page, preview: Preview) -> None:
    preview.edit(CITE, BROKEN)
    expect(page.get_by_role("alert")).to_be_visible(timeout=PATIENCE)
    preview.edit(BROKEN, CITE)
    expect(page.get_by_role("alert")).to_be_hidden(timeout=PATIENCE)


def test_no_other_site_can_open_files_or_listen(preview: Preview) -> None:
    for path, headers in (
        ("/-/preview/open", {"Origin": "http://example.org"}),
        ("/-/preview/events", {"Host": "example.org"}),
    ):
        data = (
            json.dumps({"path": "x", "line": 1, "column": 1}).encode() if "open" in path else None
        )
        request = urllib.request.Request(preview.origin + path, data, headers)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=10)
        assert refused.value.code == 403


def test_only_places_of_findings_can_be_opened(preview: Preview) -> None:
    data = json.dumps({"path": "/etc/hostname", "line": 1, "column": 1}).encode()
    request = urllib.request.Request(f"{preview.origin}/-/preview/open", data)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    assert refused.value.code == 404


def test_nothing_outside_the_output_is_served(preview: Preview) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{preview.origin}/..%2f..%2fsettings.py", timeout=10)
    assert refused.value.code == 404


def test_published_pages_hold_nothing_of_the_preview(site: Path) -> None:
    for built in site.rglob("*.html"):
        assert "/-/preview" not in built.read_text("utf-8"), built
