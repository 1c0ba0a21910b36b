"""Show a picture of ours: as itself when it is a drawing, else in every size and format."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from wellsourced.imaging.variants import Variant
from wellsourced.rendering.sources import Sources

SIZES = "(min-width: 40rem) 38rem, calc(100vw - 2rem)"
"""How wide a picture is shown (HTML § 4.8.4.2.1): as the column, 38rem at most (--measure in
tokens.css), with a margin of 1rem on a phone."""

_TYPES = {"avif": "image/avif", "webp": "image/webp"}


def show(image: Element, name: str, sources: Sources) -> None:
    """Make an `img` element show the picture that is called `name` under images/.

    Width and height are always set, so that nothing moves when it arrives. A picture of pixels
    becomes a `picture` element around the `img`; a picture that is not there stays as it is named.
    """
    picture = sources.pictures.get(name)
    plan = picture.plan if picture else None
    width, height = (picture.width, picture.height) if picture else (0, 0)
    if plan:
        width, height = plan.largest.width, plan.largest.height
    key = picture.key if picture and not picture.fault else f"images/{name}"
    attributes = {"src": sources.url(f"/{key}"), "alt": image.get("alt", "")}
    if width and height:
        attributes |= {"width": str(width), "height": str(height)}
    attributes |= {"loading": "lazy"}
    if title := image.get("title"):
        attributes["title"] = title
    image.attrib.clear()
    if not plan:
        image.attrib.update(attributes)
        return
    image.tag = "picture"
    for suffix, variants in plan.sources:
        SubElement(image, "source", {"type": _TYPES[suffix], **_candidates(variants, sources)})
    SubElement(image, "img", attributes)


def _candidates(variants: Sequence[Variant], sources: Sources) -> dict[str, str]:
    """Give the attributes that offer files to choose from; a single one needs no choice."""
    offers = [(sources.url(f"/{variant.key}"), variant.width) for variant in variants]
    if len(offers) == 1:
        return {"srcset": offers[0][0]}
    return {"srcset": ", ".join(f"{url} {width}w" for url, width in offers), "sizes": SIZES}
