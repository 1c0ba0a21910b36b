"""Check drawings, style sheets and scripts that stand in files of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from wellsourced.audit import places
from wellsourced.audit.addresses import is_elsewhere
from wellsourced.audit.page import line_of, text_of
from wellsourced.audit.requests import refused, sheet_urls, third_party
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose

_ASKS = re.compile(
    r"""(?:\bimport\s*\(?|\bfrom|\bfetch\s*\(|\bimportScripts\s*\(|\bsendBeacon\s*\("""
    r"""|\bnew\s+(?:Worker|SharedWorker|WebSocket|EventSource|Request)\s*\(|\.src\s*=)"""
    r"""\s*["'`]((?:https?:|wss?:)?//[^"'`]+)"""
)
_HREF = ("href", "{http://www.w3.org/1999/xlink}href", "src")


def check(key: str, data: bytes, origin: str) -> Iterator[Diagnostic]:
    """Check one file by its suffix; others hold nothing that a browser runs or fetches."""
    suffix = key.rpartition(".")[2].lower()
    if suffix == "svg":
        yield from _drawing(key, data, origin)
    elif suffix == "css":
        text = data.decode("utf-8", "replace")
        for url in sheet_urls(text):
            if is_elsewhere(url, origin):
                yield third_party(_at(key, text, url), url)
    elif suffix in ("js", "mjs"):
        text = data.decode("utf-8", "replace")
        for match in _ASKS.finditer(text):
            if is_elsewhere(match[1], origin):
                yield third_party(_at(key, text, match[1]), match[1])


def _drawing(key: str, data: bytes, origin: str) -> Iterator[Diagnostic]:
    text = data.decode("utf-8", "replace")
    try:
        root = etree.fromstring(data, etree.XMLParser(no_network=True, resolve_entities=False))
    except etree.XMLSyntaxError as error:
        yield broken_drawing(Location(key, *error.position), str(error.msg))
        return
    for element in (one for one in root.iter() if isinstance(one.tag, str)):
        tag = etree.QName(element).localname
        line = line_of(element)
        if tag in ("script", "foreignObject", "iframe"):
            yield refused(places.find(key, text.split("\n"), line, f"<{tag}"), f"<{tag}>")
        for name, value in element.attrib.items():
            plain = str(name).rpartition("}")[2]
            if plain.startswith("on"):
                at = places.find(key, text.split("\n"), line, f"{plain}=")
                yield refused(at, f'the attribute "{plain}"')
            fetched = (str(value),) if name in _HREF and tag != "a" else sheet_urls(str(value))
            for url in fetched:
                if is_elsewhere(url, origin):
                    yield third_party(places.find(key, text.split("\n"), line, url), url)
        if tag == "style":
            for url in sheet_urls(text_of(element)):
                if is_elsewhere(url, origin):
                    yield third_party(places.find(key, text.split("\n"), line, url), url)


def _at(key: str, text: str, words: str) -> Location:
    start = text.find(words)
    return places.find(key, text.split("\n"), text.count("\n", 0, max(start, 0)) + 1, words)


@code("AUD034")
def broken_drawing(at: Location, why: str) -> Diagnostic:
    """A drawing is not well-formed.

    Browsers show none of it.

    Wrong: an SVG file that ends within a tag.
    Right: one that any XML parser takes.
    """
    return diagnose(at, "AUD034", f"This drawing cannot be read: {why}.", "export it anew")
