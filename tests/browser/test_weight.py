"""The article is light on the wire, and its first view comes in the first bytes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import brotli
import pytest

from ..conftest import ROOT, Build
from ..servers.nginx import BROTLI_QUALITY
from .conftest import Open, page_file
from .visit import WIDTHS

# Bytes, compressed with Brotli.
PAGE = 20_000  # the page and every stylesheet that it asks for
SCRIPT = 5_000  # every script that it asks for
FIRST = 14_000  # what a server sends before it waits for an answer (RFC 6928: ten segments)
REQUESTS = 2  # the page itself and what it asks for before images
STYLESHEET = re.compile(r"<link\b[^>]*\brel=[\"']?stylesheet[^>]*>")
SCRIPTS = re.compile(r"<script\b[^>]*\bsrc=[^>]*>")
ADDRESS = re.compile(r"\b(?:href|src)=[\"']?([^\"'\s>]+)")


def packed(data: bytes) -> int:
    return len(brotli.compress(data, quality=BROTLI_QUALITY))


def asked(site: Path, page: Path, tag: re.Pattern[str]) -> list[Path]:
    """List the files that a page's tags of a kind ask for."""
    files = []
    for found in tag.findall(page.read_text("utf-8")):
        address = ADDRESS.search(found)
        assert address, found
        files.append(site / address[1].split("?")[0].lstrip("/"))
    return files


def weight(site: Path, page: Path) -> int:
    """Add up the bytes, compressed, of a page and the stylesheets that it links."""
    return sum(packed(file.read_bytes()) for file in [page, *asked(site, page, STYLESHEET)])


def first_bytes(html: str, limit: int) -> str:
    """Cut a page where its compressed bytes reach a limit."""
    data = html.encode("utf-8")
    fits, too_long = 0, len(data) + 1
    while too_long - fits > 64:
        middle = (fits + too_long) // 2
        fits, too_long = (middle, too_long) if packed(data[:middle]) <= limit else (fits, middle)
    return data[:fits].decode("utf-8", errors="ignore")


def test_every_article_is_light(site: Path) -> None:
    articles = sorted(site.glob("articles/*/index.html"))
    assert articles
    heavy = {str(page): weight(site, page) for page in articles}
    assert {page: size for page, size in heavy.items() if size > PAGE} == {}


def test_the_published_article_is_light(build: Build, tmp_path: Path) -> None:
    """A release gives its links their whole addresses."""
    content, settings = tmp_path / "content", tmp_path / "settings.py"
    shutil.copytree(ROOT / "content", content)
    cache = f'WELLSOURCED_CACHE = "{tmp_path / "cache"}"\n'
    settings.write_text(f"from publishconf import *\n{cache}", "utf-8")
    places = {"PYTHONPATH": str(ROOT)}
    result = build(content, tmp_path / "output", settings=settings, environment=places)
    assert result.returncode == 0, result.stdout + result.stderr
    for page in (tmp_path / "output").glob("articles/*/index.html"):
        assert weight(tmp_path / "output", page) <= PAGE


def test_its_script_is_light(site: Path) -> None:
    scripts = asked(site, page_file(site, "article"), SCRIPTS)
    assert sum(packed(script.read_bytes()) for script in scripts) <= SCRIPT


def test_it_asks_for_little_before_its_images(open_page: Open) -> None:
    asked_for = open_page().requests
    before = [one for one in asked_for if "/images/" not in one and not one.endswith(".svg")]
    assert len(before) <= REQUESTS, before


@pytest.mark.parametrize("width", WIDTHS)
def test_the_first_view_comes_in_the_first_bytes(open_page: Open, site: Path, width: int) -> None:
    first = first_bytes(page_file(site, "article").read_text("utf-8"), FIRST)
    whole = open_page(width=width, scripts=False).page.screenshot()
    cut = open_page(width=width, scripts=False, alter=lambda html: first).page
    assert cut.screenshot() == whole


def test_a_late_first_view_is_seen(open_page: Open, site: Path) -> None:
    first = first_bytes(page_file(site, "article").read_text("utf-8"), 5_000)
    whole = open_page(scripts=False).page.screenshot()
    cut = open_page(scripts=False, alter=lambda html: first).page
    assert cut.screenshot() != whole


def test_a_linked_stylesheet_is_weighed(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("<!doctype html><title>x</title>", "utf-8")
    bare = weight(tmp_path, page)
    page.write_text('<!doctype html><link rel="stylesheet" href="/a.css"><title>x</title>', "utf-8")
    (tmp_path / "a.css").write_bytes(bytes(range(256)) * 2)
    assert weight(tmp_path, page) > bare + 200


def test_the_shipped_article_has_its_styles_in_it(site: Path) -> None:
    assert "<style" in page_file(site, "article").read_text("utf-8")
