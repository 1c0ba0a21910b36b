"""MkDocs with the Material theme."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench import corpus
from bench.peers.peer import Peer, program

CONFIG = """
site_name: Bench
site_url: http://localhost/
site_dir: output
use_directory_urls: true
theme:
  name: material
  font: false
markdown_extensions: [tables, admonition, toc]
"""


def lay(folder: Path, count: int) -> None:
    """Write the content and the settings."""
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(CONFIG, "utf-8")
    (folder / "docs" / "index.md").write_text("# Bench\n", "utf-8")
    for one in corpus.articles(count):
        text = f"# {one.title}\n\n" + corpus.plain_body(one, "{}.md")
        article(folder, one.number).write_text(text, "utf-8")


def command(tools: Path, folder: Path) -> Sequence[str]:
    """Build."""
    del folder
    return [program(tools, "mkdocs", "mkdocs"), "build", "--quiet"]


def article(folder: Path, number: int) -> Path:
    """Name an article's file."""
    return folder / "docs" / f"article-{number}.md"


PEER = Peer("mkdocs", lay, command, article, python=("mkdocs-material",))
