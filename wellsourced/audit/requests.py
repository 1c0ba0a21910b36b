"""Find what a page would fetch: nothing from elsewhere, and nothing that its policy refuses."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256

from wellsourced import policy
from wellsourced.audit.addresses import is_elsewhere
from wellsourced.audit.page import Element, Page
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose

_SOURCES = {
    "src": frozenset("img source script video audio track input iframe embed".split()),
    "srcset": frozenset({"img", "source"}),
    "poster": frozenset({"video"}),
    "data": frozenset({"object"}),
    "href": frozenset({"image", "use"}),
    "xlink:href": frozenset({"image", "use"}),
    "action": frozenset({"form"}),
    "formaction": frozenset({"button", "input"}),
    "ping": frozenset({"a", "area"}),
    "background": frozenset({"body", "table", "td"}),
}
"""Attribute → elements on which a browser asks a server for what it names."""

_FETCHING = frozenset(
    "stylesheet icon preload prefetch modulepreload manifest preconnect dns-prefetch prerender "
    "apple-touch-icon mask-icon".split()
)
"""Kinds of `<link>` for which a browser asks a server by itself."""

_FRAMES = ("iframe", "frame", "object", "embed", "applet", "base")
_DATA = frozenset({"application/ld+json", "application/json"})
"""Types of `<script>` that hold data and never run (HTML § 4.12.1)."""

_CSS_URL = re.compile(r"""(?:url\(\s*|@import\s+(?:url\(\s*)?)["']?([^"'()\s;]+)""", re.IGNORECASE)


def check(page: Page) -> Iterator[Diagnostic]:
    """Check what a page fetches and what it asks its browser to do."""
    for element, attribute, url in sources(page):
        if is_elsewhere(url, page.context.origin):
            yield third_party(page.at(element, url), url)
        elif url.strip().lower().startswith("data:") and attribute != "action":
            yield refused(page.at(element, url), "an image or file in a data: address")
    for sheet in page.all("style"):
        yield from _style(page, sheet)
    for script in page.all("script"):
        if script.get("src") is None and (script.get("type") or "").lower() not in _DATA:
            yield refused(page.at(script), "an inline script")
    for tag in _FRAMES:
        for element in page.all(tag):
            yield refused(page.at(element), f"<{tag}>")
    yield from _attributes(page)


def sources(page: Page) -> Iterator[tuple[Element, str, str]]:
    """Yield each address that a browser fetches by itself: element, attribute, address."""
    for attribute, tags in _SOURCES.items():
        for element in page.having(attribute):
            if element.tag in tags:
                value = element.get(attribute) or ""
                for url in candidates(value) if attribute == "srcset" else (value,):
                    yield element, attribute, url
    for link in page.all("link"):
        kinds = frozenset((link.get("rel") or "").lower().split())
        if kinds & _FETCHING:
            yield link, "href", link.get("href") or ""
            for url in candidates(link.get("imagesrcset") or ""):
                yield link, "imagesrcset", url
    for meta in page.all("meta"):
        if (meta.get("http-equiv") or "").lower() == "refresh":
            _, _, url = (meta.get("content") or "").partition("url=")
            yield meta, "content", url


def candidates(srcset: str) -> tuple[str, ...]:
    """Give the addresses of an image's candidates (HTML § 4.8.4.2.1)."""
    return tuple(one.split()[0] for one in srcset.split(",") if one.strip())


@lru_cache(maxsize=64)
def sheet_urls(css: str) -> tuple[str, ...]:
    """Give the addresses that a style sheet fetches."""
    return tuple(match[1] for match in _CSS_URL.finditer(css))


@lru_cache(maxsize=64)
def _hash(css: str) -> str:
    return f"'sha256-{b64encode(sha256(css.encode()).digest()).decode()}'"


def _style(page: Page, sheet: Element) -> Iterator[Diagnostic]:
    css = sheet.text or ""
    for url in sheet_urls(css):
        if is_elsewhere(url, page.context.origin):
            yield third_party(page.at(sheet, url), url)
        elif not url.startswith("#"):
            yield refused(page.at(sheet, url), f'the address "{url}" in a style sheet')
    if not _is_plain(page, css) and _hash(css) not in policy.style_hashes([page.data]):
        yield refused(page.at(sheet), "a style sheet whose digest the policy does not name")


def _is_plain(page: Page, css: str) -> bool:
    """Tell whether a style sheet is the only one and stands there to the byte, as on most pages.

    Then the policy, which names what stands between the tags, cannot but name it.
    """
    if len(page.tags["style"]) != 1 or page.data.lower().count(b"<style") != 1:
        return False
    at = page.data.find(b">", page.data.find(b"<style")) + 1
    return at > 0 and page.data.startswith(css.encode() + b"</style>", at)


def _attributes(page: Page) -> Iterator[Diagnostic]:
    """Find inline styles, handlers and script addresses (CSP 3 § 6.7)."""
    for name in page.attributes:
        if name == "style" or name.startswith("on"):
            for element in page.having(name):
                yield refused(page.at(element, f"{name}="), f'the attribute "{name}"')
    if not any("javascript:" in url.lower() for url in page.valued("href")):
        return
    for element in page.having("href"):
        if (element.get("href") or "").strip().lower().startswith("javascript:"):
            yield refused(page.at(element, element.get("href")), "a javascript: address")


@code("AUD030")
def third_party(at: Location, url: str) -> Diagnostic:
    """A page fetches something from another site.

    That site then learns who reads about which illness, and the page fails with it.

    Wrong: `<img src="https://cdn.example/needle.png">`
    Right: `<img src="/images/needle.png">`, the picture kept in content/images/.
    """
    return diagnose(
        at, "AUD030", f'The page would fetch "{url}" from another site.', "serve it from this site"
    )


@code("AUD031")
def refused(at: Location, what: str) -> Diagnostic:
    """A page asks for what its Content-Security-Policy refuses.

    Browsers leave it out: a style, a script or a picture that readers never get.

    Wrong: `<p style="color: red">` or `<button onclick="…">`
    Right: a class and a rule in the theme's style sheets; a listener in theme/static/js/.
    """
    return diagnose(
        at, "AUD031", f"The Content-Security-Policy refuses {what}.",
        "put it into the theme's own style sheets, scripts or images",
    )  # fmt: skip
