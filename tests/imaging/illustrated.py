"""Lay a site of which one article shows pictures of every kind."""

from __future__ import annotations

import shutil
from pathlib import Path

from PIL import Image

from tests.conftest import ROOT

from .samples import photograph, saved, telling

ADDRESS = "articles/pictures/index.html"
_FIELDS = "Date: 2026-11-24\nAuthor: editors\nSummary: Every kind of picture.\n"
_END = "\n/// disclaimer | medical\n///\n"
_ARTICLE = f"""Title: Which pictures help?
Slug: pictures
{_FIELDS}
A small one: ![A red mark.]({{static}}/images/mark.png "A title") and a drawing:
![A thin needle.]({{static}}/images/swab-and-needle.svg).

[Keep the diagram](/images/deep/diagram.png).

/// figure
    src: Photo no 1.JPG
    alt: A red field on grey.
    credit: Ours.

A photograph of a field.
///

/// figure
    src: deep/diagram.png
    alt: A red bar.
    credit: Ours.

A diagram of a bar.
///
{_END}"""
_DRAFT = f"""Title: A draft
Slug: draft
Status: draft
{_FIELDS}
![A secret.]({{static}}/images/secret.png)
{_END}"""


def lay_illustrated(content: Path) -> None:
    """Copy the shipped content, and add an article of pictures, a draft and an unused picture."""
    shutil.copytree(ROOT / "content", content)
    images = content / "images"
    (images / "deep").mkdir()
    (images / "Photo no 1.JPG").write_bytes(
        telling(photograph(1500, 2000).rotate(90, expand=True), "JPEG", 6)
    )
    diagram = Image.new("RGBA", (900, 300), (0, 0, 0, 0))
    diagram.paste((200, 0, 0, 255), (100, 100, 800, 200))
    (images / "deep" / "diagram.png").write_bytes(telling(diagram, "PNG"))
    (images / "mark.png").write_bytes(saved(photograph(40, 30), "PNG"))
    (images / "secret.png").write_bytes(saved(photograph(41, 30), "PNG"))
    (images / "unused.png").write_bytes(saved(photograph(42, 30), "PNG"))
    (content / "articles" / "pictures.md").write_text(_ARTICLE, "utf-8")
    (content / "articles" / "draft.md").write_text(_DRAFT, "utf-8")


def write_settings(path: Path, cache: Path) -> Path:
    """Write settings like the site's own but for the cache; give their path."""
    path.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
        f"WELLSOURCED_CACHE = {str(cache)!r}\n"
    )
    return path
