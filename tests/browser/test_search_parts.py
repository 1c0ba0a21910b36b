"""A large site's search index is made of parts, which the reader's browser puts together."""

from __future__ import annotations

import http.server
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from wellsourced.plugin import WellSourced, search
from wellsourced.plugin import settings as pelican_settings

from ..conftest import ROOT
from ..listings.conftest import article
from .visit import visit

ARTICLES = 12


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Build the shipped content with some more articles, five documents to a part."""
    monkeypatch.setattr(search, "PAGES", 5)
    content, output = tmp_path / "content", tmp_path / "output"
    shutil.copytree(ROOT / "content", content)
    for number in range(ARTICLES):
        text = article(number).replace(" and [more](/articles/page/2/)", "")
        text = text.replace("See [one topic](/topics/conditions/).", "")
        (content / "articles" / f"article-{number:02}.md").write_text(text, "utf-8")
    told = {"PATH": content, "OUTPUT_PATH": output, "WELLSOURCED_CACHE": tmp_path / "cache"}
    places = {name: str(path) for name, path in told.items()}
    build = WellSourced(pelican_settings.read(ROOT / "pelicanconf.py", places))
    found = build.build(lambda what, done, total: None).found
    assert [one for one in found if one.severity == "error"] == []
    return output


@pytest.fixture
def origin(site: Path) -> Iterator[str]:
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_every_part_is_searched(browser: Browser, site: Path, origin: str) -> None:
    assert len(list(site.glob("search/*/pagefind/pagefind-entry.json"))) == 3
    opened = visit(browser, f"{origin}/search/")
    page = opened.page
    for number in range(ARTICLES):
        page.get_by_role("searchbox").fill(f'"Article {number:02}"')
        link = page.get_by_role("main").get_by_role("link", name=f"Article {number:02}").first
        expect(link).to_have_attribute("href", f"/articles/article-{number:02}/")
    page.get_by_role("searchbox").fill("acupuncture")
    expect(page.locator(".search-results a[href^='/glossary/#acupuncture']")).to_have_count(1)
    opened.context.close()


def test_a_word_costs_four_small_requests_for_each_part(browser: Browser, origin: str) -> None:
    """What leads to a part, its pages, its kinds, and the chunk with the word; then results."""
    opened = visit(browser, f"{origin}/search/")
    before = len(opened.requests)
    opened.page.get_by_role("searchbox").fill("acupuncture")
    expect(opened.page.locator(".search-results a").first).to_be_visible()
    asked = [url.split("?")[0].removeprefix(origin) for url in opened.requests[before:]]
    parts = Counter(
        path.rsplit("pagefind/", 1)[0]
        for path in asked
        if path.endswith((".json", ".pf_meta", ".pf_filter", ".pf_index"))
    )
    assert set(parts) == {"/", *(f"/search/{number}/" for number in range(1, 4))}
    assert max(parts.values()) <= 4
    assert sum(path.endswith(".pf_fragment") for path in asked) <= 10
    opened.context.close()
