"""Point links and pictures at their published addresses."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from wellsourced.rendering.sources import Sources

STATIC_IMAGES = "{static}/images/"


def address(root: Element, sources: Sources) -> None:
    """Set the site's base on root-relative links, `rel` on links that leave, sizes on pictures.

    `{filename}` targets are left to Pelican, which knows where each file is published.
    """
    for link in root.iter("a"):
        target = link.get("href", "")
        if target.startswith("/") and not link.get("class"):
            link.set("href", sources.url(target))
        elif target.startswith(("http://", "https://")):
            link.set("rel", "noopener")
    for image in root.iter("img"):
        target = image.get("src", "")
        if target.startswith(STATIC_IMAGES):
            name = target.removeprefix(STATIC_IMAGES)
            image.set("src", sources.url(f"/images/{name}"))
            if picture := sources.pictures.get(name):
                image.set("width", str(picture.width))
                image.set("height", str(picture.height))
            image.set("loading", "lazy")
            image.set("decoding", "async")
