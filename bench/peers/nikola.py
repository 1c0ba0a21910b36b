"""Nikola, with its own base theme."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench import corpus
from bench.peers.peer import Peer, program

_CONFIG = """
BLOG_AUTHOR = BLOG_TITLE = BLOG_DESCRIPTION = "Bench"
SITE_URL = "http://localhost/"
BLOG_EMAIL = "bench@example.org"
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
THEME = "base"
POSTS = (("posts/*.md", "posts", "post.tmpl"),)
PAGES = ()
COMPILERS = {"markdown": (".md",)}
MARKDOWN_EXTENSIONS = ["markdown.extensions.extra", "markdown.extensions.toc"]
INDEX_DISPLAY_POST_COUNT = 20
OUTPUT_FOLDER = "output"
"""


def lay(folder: Path, count: int) -> None:
    """Write the content and the settings."""
    (folder / "posts").mkdir(parents=True)
    (folder / "conf.py").write_text(_CONFIG, "utf-8")
    for one in corpus.articles(count):
        head = (
            f"<!--\n.. title: {one.title}\n.. slug: {one.name}\n.. date: {one.day} 00:00:00 UTC\n"
            f".. category: {one.topic}\n-->\n\n"
        )
        text = head + corpus.plain_body(one, "/posts/{}/")
        article(folder, one.number).write_text(text, "utf-8")


def command(tools: Path, folder: Path) -> Sequence[str]:
    """Build."""
    del folder
    return [program(tools, "nikola", "nikola"), "build", "--quiet"]


def article(folder: Path, number: int) -> Path:
    """Name an article's file."""
    return folder / "posts" / f"article-{number}.md"


PEER = Peer("nikola", lay, command, article, python=("nikola", "markdown"))
