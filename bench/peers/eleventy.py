"""Eleventy, with a plain layout."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench import corpus
from bench.peers.peer import Peer

_CONFIG = """
export default function (config) {
  return { dir: { input: "content", output: "output", includes: "_includes" } };
}
"""
_LAYOUT = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>
</head><body><main><h1>{{ title }}</h1>{{ content }}</main></body></html>
"""
_INDEX = """---
pagination:
  data: collections.article
  size: 20
  alias: shown
permalink: "/{% if pagination.pageNumber > 0 %}page/{{ pagination.pageNumber }}/{% endif %}"
---
<ul>{% for one in shown %}<li><a href="{{ one.url }}">{{ one.data.title }}</a></li>{% endfor %}</ul>
"""


def lay(folder: Path, count: int) -> None:
    """Write the content, the templates and the settings."""
    (folder / "content" / "_includes").mkdir(parents=True)
    (folder / "content" / "articles").mkdir()
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    (folder / "eleventy.config.js").write_text(_CONFIG, "utf-8")
    (folder / "content" / "_includes" / "page.liquid").write_text(_LAYOUT, "utf-8")
    (folder / "content" / "index.liquid").write_text(_INDEX, "utf-8")
    for one in corpus.articles(count):
        fields = f'title: "{one.title}"\ndate: {one.day}\ntags: article\nlayout: page.liquid'
        head = f"---\n{fields}\n---\n\n"
        text = head + corpus.plain_body(one, "/articles/{}/")
        article(folder, one.number).write_text(text, "utf-8")


def command(tools: Path, folder: Path) -> Sequence[str]:
    """Build."""
    del folder
    return ["node", str(tools / "eleventy" / "node_modules/@11ty/eleventy/cmd.cjs"), "--quiet"]


def article(folder: Path, number: int) -> Path:
    """Name an article's file."""
    return folder / "content" / "articles" / f"article-{number}.md"


PEER = Peer("eleventy", lay, command, article, node=("@11ty/eleventy@3",))
