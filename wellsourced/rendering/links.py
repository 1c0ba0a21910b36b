"""Point links and pictures at their published addresses."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from wellsourced.rendering import pictures
from wellsourced.rendering.sources import Sources
from wellsourced.source import Document
from wellsourced.source.paths import FILENAME, file_named

STATIC = "{static}"
STATIC_IMAGES = f"{STATIC}/images/"


def address(root: Element, sources: Sources, document: Document) -> None:
    """Point links to files at their pages, set the site's base and `rel`, and show pictures."""
    for link in root.iter("a"):
        target = link.get("href", "").removeprefix(STATIC)
        if target.startswith(FILENAME):
            here = document.path.removeprefix(f"{sources.folder}/")
            page = sources.pages.get(file_named(target, here), "")
            link.set("href", sources.url(page + "".join(target.partition("#")[1:])))
        elif target.startswith("/") and not link.get("class"):
            link.set("href", sources.url(target))
        elif target.startswith(("http://", "https://")):
            link.set("rel", "noopener")
    for image in list(root.iter("img")):
        target = image.get("src", "")
        if target.startswith(STATIC_IMAGES):
            pictures.show(image, target.removeprefix(STATIC_IMAGES), sources)
