"""Keep of a page what checks of the whole site need; the rest is forgotten after its own checks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wellsourced.audit import requests
from wellsourced.audit.addresses import resolve
from wellsourced.audit.page import Element, Page, heading_words, line_of
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose

Link = tuple[str, int, str]
"""A root-relative address of this site with its fragment, the line where it stands, and how it is
written there; `""` when it is written so."""

_NAMED = frozenset({"og:url", "og:image", "og:image:secure_url", "twitter:image"})
"""Names of `<meta>` whose content is an address that other sites show."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page as the checks of the whole site see it.

    `alternates` are pairs of language and address; lines count from 1.
    """

    title: str
    summary: str
    language: str
    canonical: str
    canonical_line: int
    robots: str
    published: str
    modified: str
    alternates: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Where links of other pages may lead on a page, and where its own lead.

    `ids` are all its ids with blanks between; `links` lead to other pages and files of the site,
    each address once.
    """

    ids: str
    links: tuple[Link, ...]


def links_of(page: Page) -> tuple[PageLinks, tuple[Diagnostic, ...]]:
    """Give a page's ids and links, and those that lead nowhere within it."""
    found: list[Diagnostic] = []
    links: dict[str, Link] = {}
    here, origin = page.address, page.context.origin
    for element, url in _addresses(page):
        if url[:1] == "#" and url[1:] in page.ids:
            continue
        if not url.strip():
            found.append(empty_address(page.at(element)))
            continue
        target = resolve(url, here, origin)
        if target is None:
            continue
        path, mark, fragment = target.partition("#")
        if path != here:
            links.setdefault(target, (target, line_of(element), "" if url == target else url))
        elif mark and fragment and fragment not in page.ids and fragment != "top":
            found.append(no_anchor(page.at(element, url), here, fragment))
    for url, line in _described(page):
        if target := resolve(url, here, origin):
            links.setdefault(target, (target, line, url))
    return PageLinks(" ".join(page.ids), tuple(links.values())), tuple(found)


def gather(page: Page) -> PageFacts:
    """Give a page's facts."""
    canonical = next((one for one in page.all("link") if one.get("rel") == "canonical"), None)
    return PageFacts(
        title=heading_words(page.first("h1")) if "h1" in page.tags else "",
        summary=page.meta("description"),
        language=page.root.get("lang") or "",
        canonical=(canonical.get("href") or "") if canonical is not None else "",
        canonical_line=line_of(canonical) if canonical is not None else 1,
        robots=page.meta("robots"),
        published=page.meta("article:published_time"),
        modified=page.meta("article:modified_time"),
        alternates=tuple(
            (link.get("hreflang") or "", link.get("href") or "")
            for link in page.all("link")
            if link.get("rel") == "alternate" and link.get("hreflang")
        ),
    )


def _addresses(page: Page) -> Iterator[tuple[Element, str]]:
    """Yield every address of a page: what it links to, and what it fetches."""
    for element in page.all("a", "area"):
        if (href := element.get("href")) is not None:
            yield element, href
    for link in page.all("link"):
        if link.get("rel") != "canonical" and not link.get("hreflang"):
            yield link, link.get("href") or ""
    for element, attribute, url in requests.sources(page):
        is_listed = element.tag == "link" and attribute == "href"
        may_be_empty = attribute in ("action", "formaction")  # the page itself, then
        if not is_listed and (url.strip() or not may_be_empty):
            yield element, url
    for meta in page.all("meta"):
        if meta.get("property") in _NAMED or meta.get("name") in _NAMED:
            yield meta, meta.get("content") or ""
    for element in page.having("cite"):
        yield element, element.get("cite") or ""


def _described(page: Page) -> Iterator[tuple[str, int]]:
    """Yield the addresses of this site in JSON-LD, each with its line."""
    of_site = re.compile(f'"({re.escape(page.context.origin)}/[^"#]*)"')
    for script in page.all("script"):
        if script.get("type") == "application/ld+json":
            text = script.text or ""
            for match in of_site.finditer(text):
                yield match[1], line_of(script) + text.count("\n", 0, match.start())


@code("AUD020")
def empty_address(at: Location) -> Diagnostic:
    """A link or a picture has an empty address.

    Readers who follow it stay where they are; a browser fetches the page again as a picture.

    Wrong: `<a href="">contact page</a>`
    Right: `<a href="/contact/">contact page</a>`
    """
    return diagnose(at, "AUD020", "The address is empty.", "say where it leads")


@code("AUD021")
def no_anchor(at: Location, page: str, fragment: str) -> Diagnostic:
    """A link names a part of a page that is not there.

    Readers land at the top and have to search for what they were sent to.

    Wrong: `/glossary/#triger-point`
    Right: `/glossary/#trigger-point`
    """
    return diagnose(
        at, "AUD021", f'"{page}" has no part "#{fragment}".', "correct the link, or restore the id"
    )
