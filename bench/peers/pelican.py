"""Stock Pelican with its own plain theme."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from bench import corpus
from bench.peers.peer import Peer

_SETTINGS = """
AUTHOR = SITENAME = "Bench"
SITEURL = ""
PATH = "content"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
THEME = "simple"
PLUGINS = []
DEFAULT_PAGINATION = 20
FEED_ALL_ATOM = "feeds/atom.xml"
FEED_DOMAIN = "http://localhost"
LOAD_CONTENT_CACHE = CACHE_CONTENT = {cache}
MARKDOWN = {{
    "extension_configs": {{
        "markdown.extensions.extra": {{}},
        "markdown.extensions.toc": {{}},
        "markdown.extensions.admonition": {{}},
        "markdown.extensions.smarty": {{}},
    }},
    "output_format": "html5",
}}
"""


def lay(folder: Path, count: int) -> None:
    """Write the content and the settings."""
    (folder / "content").mkdir(parents=True)
    (folder / "pelicanconf.py").write_text(_SETTINGS.format(cache=False), "utf-8")
    for one in corpus.articles(count):
        head = f"Title: {one.title}\nSlug: {one.name}\nDate: {one.day}\nCategory: {one.topic}\n\n"
        text = head + corpus.plain_body(one, "{{filename}}/{}.md")
        article(folder, one.number).write_text(text, "utf-8")


def command(tools: Path, folder: Path) -> Sequence[str]:
    """Build."""
    del tools, folder
    return [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", "output"]


def article(folder: Path, number: int) -> Path:
    """Name an article's file."""
    return folder / "content" / f"article-{number}.md"


PEER = Peer("pelican", lay, command, article)
