"""Point links and pictures at their published addresses."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from wellsourced.rendering import pictures
from wellsourced.rendering.sources import Sources
from wellsourced.source import Document
from wellsourced.source.paths import FILENAME, file_named
from wellsourced.source.pictures import IMAGES, STATIC

STATIC_IMAGES = f"{STATIC}{IMAGES}"


def address(root: Element, sources: Sources, document: Document) -> None:
    """Point links to files at their pages, set the site's base and `rel`, and show pictures."""
    for link in root.iter("a"):
        target = link.get("href", "").removeprefix(STATIC)
        if target.startswith(FILENAME):
            here = document.path.removeprefix(f"{sources.folder}/")
            page = sources.pages.get(file_named(target, here), "")
            link.set("href", sources.url(page + "".join(target.partition("#")[1:])))
        elif target.startswith(IMAGES) and (picture := sources.pictures.get(target[len(IMAGES) :])):
            link.set("href", sources.url(f"/{picture.file_key}"))
        elif target.startswith("/") and not link.get("class"):
            link.set("href", sources.url(target))
        elif target.startswith(("http://", "https://")):
            link.set("rel", "noopener")
    for image in list(root.iter("img")):
        target = image.get("src", "")
        if target.startswith(STATIC_IMAGES):
            pictures.show(image, target.removeprefix(STATIC_IMAGES), sources)
