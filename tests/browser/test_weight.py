"""The article with its styles stays light on the wire."""

from __future__ import annotations

import re
from pathlib import Path

import brotli

from ..servers.nginx import BROTLI_QUALITY
from .conftest import page_file

LIMIT = 30_000  # bytes, compressed with Brotli: the page and every stylesheet that it asks for
STYLESHEET = re.compile(r"<link\b[^>]*\brel=[\"']?stylesheet[^>]*>")
HREF = re.compile(r"\bhref=[\"']?([^\"'\s>]+)")


def weight(site: Path, page: Path) -> int:
    """Add up the bytes, compressed, of a page and the stylesheets that it links."""
    html = page.read_text("utf-8")
    files = [page]
    for link in STYLESHEET.findall(html):
        address = HREF.search(link)
        assert address, link
        files.append(site / address[1].split("?")[0].lstrip("/"))
    return sum(len(brotli.compress(file.read_bytes(), quality=BROTLI_QUALITY)) for file in files)


def test_every_article_is_light(site: Path) -> None:
    articles = sorted(site.glob("articles/*/index.html"))
    assert articles
    heavy = {str(page): weight(site, page) for page in articles}
    assert {page: size for page, size in heavy.items() if size > LIMIT} == {}


def test_a_linked_stylesheet_is_weighed(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("<!doctype html><title>x</title>", "utf-8")
    bare = weight(tmp_path, page)
    page.write_text('<!doctype html><link rel="stylesheet" href="/a.css"><title>x</title>', "utf-8")
    (tmp_path / "a.css").write_bytes(bytes(range(256)) * 2)
    assert weight(tmp_path, page) > bare + 200


def test_the_shipped_article_has_its_styles_in_it(site: Path) -> None:
    assert "<style" in page_file(site, "article").read_text("utf-8")
