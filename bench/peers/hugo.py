"""Hugo, with a plain theme of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench import corpus
from bench.peers.peer import Peer, program

_CONFIG = """
baseURL = "http://localhost/"
title = "Bench"
disableKinds = ["taxonomy"]
[pagination]
pagerSize = 20
[taxonomies]
topic = "topics"
"""
_PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
</head><body><main><h1>{{ .Title }}</h1><nav>{{ .TableOfContents }}</nav>{{ .Content }}</main>
</body></html>
"""
_LIST = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
</head><body><main><h1>{{ .Title }}</h1><ul>{{ range .Paginator.Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Description }}</li>{{ end }}</ul>
</main></body></html>
"""


def lay(folder: Path, count: int) -> None:
    """Write the content, the templates and the settings."""
    for path, text in (
        ("hugo.toml", _CONFIG),
        ("layouts/_default/single.html", _PAGE),
        ("layouts/_default/list.html", _LIST),
        ("layouts/index.html", _LIST),
    ):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    (folder / "content" / "articles").mkdir(parents=True)
    for one in corpus.articles(count):
        head = (
            f'---\ntitle: "{one.title}"\ndate: {one.day}\ntopics: ["{one.topic}"]\n'
            f'description: "{one.summary}"\n---\n\n'
        )
        text = head + corpus.plain_body(one, "/articles/{}/")
        article(folder, one.number).write_text(text, "utf-8")


def command(tools: Path, folder: Path) -> Sequence[str]:
    """Build."""
    del folder
    return [program(tools, "hugo", "hugo"), "--quiet", "--destination", "output"]


def article(folder: Path, number: int) -> Path:
    """Name an article's file."""
    return folder / "content" / "articles" / f"article-{number}.md"


PEER = Peer("hugo", lay, command, article, python=("hugo",))
