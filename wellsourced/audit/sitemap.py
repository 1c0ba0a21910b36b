"""Hold sitemap.xml and robots.txt against the pages that were built."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from wellsourced.audit.addresses import resolve
from wellsourced.audit.page import line_of
from wellsourced.audit.whole import Whole
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose

SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"
_SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def check(whole: Whole) -> Iterator[Diagnostic]:
    """Check that the sitemap lists every page that may be found, and no other."""
    if SITEMAP not in whole.files:
        yield unreadable(Location(SITEMAP), "it is missing")
        return
    data = whole.data(SITEMAP)
    try:
        root = etree.fromstring(data, etree.XMLParser(no_network=True, resolve_entities=False))
    except etree.XMLSyntaxError as error:
        yield unreadable(Location(SITEMAP, *error.position), str(error.msg))
        return
    if root.tag != f"{_SPACE}urlset":
        yield unreadable(Location(SITEMAP), "it is no urlset of sitemaps.org 0.9")
    listed: set[str] = set()
    pages = dict(whole.pages.items())
    for url in root.iter(f"{_SPACE}url"):
        loc, changed = (url.findtext(_SPACE + name) or "" for name in ("loc", "lastmod"))
        key = whole.key(resolve(loc, "/", whole.origin) or "")
        facts = pages.get(key)
        odd, words = "", loc
        if facts is None or not loc.startswith(f"{whole.origin}/"):
            odd = "there is no such page"
        elif "noindex" in facts.robots:
            odd = "it asks not to be found"
        elif key in listed:
            odd = "it is listed before"
        elif facts.modified and changed and changed[:10] != facts.modified[:10]:
            odd, words = f"it was changed on {facts.modified[:10]}", changed
        if odd:
            yield listed_wrongly(whole.at(SITEMAP, line_of(url), words), loc, odd)
        listed.add(key)
    for key, facts in pages.items():
        may_be_found = "noindex" not in facts.robots and whole.promise(key).is_listed
        if key not in listed and may_be_found:
            yield not_listed(Location(SITEMAP), whole.url(key))
    yield from _robots(whole)


def _robots(whole: Whole) -> Iterator[Diagnostic]:
    """Check robots.txt (RFC 9309): it lets crawlers in and names the sitemap."""
    text = whole.text(ROBOTS)
    rules = [
        (name.strip().lower(), value.strip())
        for name, mark, value in (line.partition(":") for line in text.splitlines())
        if mark
    ]
    if ("disallow", "/") in rules:
        yield odd_robots(whole.find(ROBOTS, "Disallow: /"), "shuts every crawler out")
    maps = [value for name, value in rules if name == "sitemap"]
    if whole.url(SITEMAP) not in maps:
        words = maps[0] if maps else ""
        yield odd_robots(whole.find(ROBOTS, words), f"does not name {whole.url(SITEMAP)}")


@code("AUD084")
def unreadable(at: Location, why: str) -> Diagnostic:
    """The sitemap is missing or cannot be read.

    Search engines find new and corrected pages late.

    Wrong: a sitemap.xml without its last line.
    Right: a `<urlset>` of sitemaps.org 0.9.
    """
    return diagnose(at, "AUD084", f"The sitemap cannot be used: {why}.", "build the site anew")


@code("AUD085")
def listed_wrongly(at: Location, loc: str, why: str) -> Diagnostic:
    """The sitemap says of a page what is not so.

    Search engines trust the rest of it less.

    Wrong: a draft's address in sitemap.xml.
    Right: every page that may be found, once, with the day of its last change.
    """
    return diagnose(at, "AUD085", f'The sitemap lists "{loc}", but {why}.', "build the site anew")


@code("AUD086")
def not_listed(at: Location, url: str) -> Diagnostic:
    """The sitemap leaves a page out.

    Search engines find it late, or not at all.

    Wrong: an article that sitemap.xml does not list.
    Right: every page that may be found.
    """
    return diagnose(at, "AUD086", f'The sitemap does not list "{url}".', "list it, or noindex it")


@code("AUD087")
def odd_robots(at: Location, why: str) -> Diagnostic:
    """robots.txt shuts crawlers out, or does not name the sitemap.

    Readers cannot find what no search engine may read.

    Wrong: `Disallow: /`
    Right: `Allow: /` and the sitemap's absolute address.
    """
    return diagnose(at, "AUD087", f"robots.txt {why}.", "build the site anew")
