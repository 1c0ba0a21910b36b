"""Make small audited sites, of which two releases differ in every way that a plan knows."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from wellsourced.audit import manifest as manifests
from wellsourced.publisher.audited import Audited
from wellsourced.publisher.publishing import Options

_Answer = TypeVar("_Answer")
EVERYTHING = Options(max_delete=1)


def run(coroutine: Coroutine[Any, Any, _Answer]) -> _Answer:
    """Run a coroutine to its end."""
    return asyncio.run(coroutine)


def pages(words: str, articles: int = 6) -> dict[str, bytes]:
    """Give a site whose every page names one style sheet by its digest: key → bytes."""
    sheet = f"p {{ color: {words} }}".encode()
    name = f"assets/site.{sha256(sheet).hexdigest()[:10]}.css"
    head = f'<link rel="stylesheet" href="/{name}">'
    made = {
        name: sheet,
        "index.html": f"{head}<p>Home, {words}</p>".encode(),
        "404.html": f"{head}<p>Missing</p>".encode(),
        "feeds/atom.xml": f"<feed>{words}</feed>".encode(),
        "images/needle.svg": b"<svg/>",
        "robots.txt": b"User-agent: *\n",
    }
    for number in range(articles):
        made[f"articles/a{number}/index.html"] = f"{head}<p>{number}</p>".encode()
        made[f"articles/a{number}/references.json"] = f"[{number}]".encode()
    return made


def site(folder: Path, files: Mapping[str, bytes]) -> Audited:
    """Write a site into a folder and sign it off."""
    for key, data in files.items():
        path = folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return Audited(folder, manifests.make(folder))


def two(folder: Path, articles: int = 6) -> tuple[Audited, Audited]:
    """Give two releases: pages changed, an article gone and one new, images as they were."""
    old, new = pages("navy", articles), pages("black", articles)
    del new["articles/a0/index.html"]
    new["articles/z/index.html"] = b"<p>new</p>"
    return site(folder / "old", old), site(folder / "new", new)


def releases(folder: Path, *words: str) -> list[Audited]:
    """Give one site for each word."""
    return [site(folder / word, pages(word)) for word in words]
