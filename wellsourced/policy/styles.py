"""Find the inlined style sheets of built pages and drawings, and name them by their digest."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from xml.etree import ElementTree

# HTML § 13.2.6.4.4: a style element's text ends at its end tag and holds no markup.
_STYLE = re.compile(rb"<style\b[^>]*>(.*?)</style\s*>", re.DOTALL | re.IGNORECASE)


def style_hashes(pages: Iterable[bytes]) -> tuple[str, ...]:
    """Give the sorted hash sources ("'sha256-…'", CSP 3 § 2.3.1) of all `<style>` of pages.

    Takes the bytes of built HTML files; drawings have a policy of their own.
    """
    return _sources(sheet for page in pages for sheet in _STYLE.findall(page))


def drawing_hashes(drawings: Iterable[bytes]) -> tuple[str, ...]:
    """Give the sorted hash sources of all `<style>` of SVG files; what is no XML has none.

    A digest is of the text as it is read: references resolved, marked sections unwrapped.
    """
    return _sources(sheet for drawing in drawings for sheet in _sheets(drawing))


def _sheets(drawing: bytes) -> Iterator[bytes]:
    try:
        root = ElementTree.fromstring(drawing)
    except ElementTree.ParseError:
        return
    for element in root.iter("{http://www.w3.org/2000/svg}style"):
        yield "".join(element.itertext()).encode()


def _sources(sheets: Iterable[bytes]) -> tuple[str, ...]:
    named = (b64encode(sha256(sheet).digest()).decode() for sheet in set(sheets))
    return tuple(sorted(f"'sha256-{digest}'" for digest in named))
