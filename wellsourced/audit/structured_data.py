"""Hold JSON-LD against schema.org's vocabulary, and against what readers see on the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from wellsourced.audit import citations, vocabulary
from wellsourced.audit.facts import fold
from wellsourced.audit.page import Element, Letters, Page, heading_words, line_of, text_seen
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose
from wellsourced.library.shape_check import nearest

_SCHEMA = re.compile(r"https?://schema\.org/?")
_DATED = ("datePublished", "dateModified", "lastReviewed")
_UNKNOWABLE = ("offers", "aggregateRating", "review", "price", "reviewRating")
Node = Mapping[str, Any]


def check(page: Page) -> Iterator[Diagnostic]:
    """Check every JSON-LD block of a page."""
    described = False
    for script in page.all("script"):
        if script.get("type") != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "")
            graph = data.get("@graph", [data])
            known = _SCHEMA.fullmatch(str(data.get("@context")))
        except (ValueError, AttributeError) as error:
            line = line_of(script) + int(getattr(error, "lineno", 1)) - 1
            yield unreadable(Location(page.key, line), str(error))
            continue
        if not known:
            yield unreadable(page.at(script), 'its "@context" is not https://schema.org')
        for node in _nodes(graph):
            yield from _vocabulary(page, script, node)
        for node in graph:
            yield from _crumbs(page, script, node)
            if isinstance(node, dict) and str(node.get("@type", "")).endswith("WebPage"):
                described = True
                yield from _agreement(page, script, node)
    if page.promise.kind == "article" and not described:
        yield unreadable(page.at(page.root), "there is none that describes the page")


def _nodes(value: Any) -> Iterator[Node]:
    if isinstance(value, list):
        for one in value:
            yield from _nodes(one)
    elif isinstance(value, dict):
        yield value
        for one in value.values():
            yield from _nodes(one)


def _at(page: Page, script: Element, value: str) -> Location:
    """Find the line of a value in a block: lxml knows the line of its start."""
    start = line_of(script) - 1
    quoted = json.dumps(value, ensure_ascii=False)
    for name in (quoted, quoted.replace("&", "\\u0026"), json.dumps(value)):
        for number, line in enumerate(page.lines[start:], start + 1):
            if name in line:
                column = line.index(name) + 1
                return Location(page.key, number, column, number, column + len(name))
    return page.at(script)


def _vocabulary(page: Page, script: Element, node: Node) -> Iterator[Diagnostic]:
    kinds = node.get("@type", [])
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if not kinds and "@id" in node and len(node) == 1:
        return
    if not kinds or not all(isinstance(one, str) and vocabulary.is_type(one) for one in kinds):
        odd = next((str(one) for one in kinds if not vocabulary.is_type(str(one))), "")
        yield unknown(_at(page, script, odd), f'type "{odd}"', nearest(odd, vocabulary.names()))
        return
    allowed = frozenset[str]().union(*(vocabulary.properties(one) for one in kinds))
    for name in node:
        if name in _UNKNOWABLE:
            yield invented(_at(page, script, name), name)
        elif not name.startswith("@") and name not in allowed:
            hint = nearest(name, allowed)
            yield unknown(_at(page, script, name), f'property "{name}" of {kinds[0]}', hint)


def _agreement(page: Page, script: Element, node: Node) -> Iterator[Diagnostic]:
    """Compare what a block says of its page with the page."""

    def differs(property: str, value: str, shown: str) -> Diagnostic:
        return disagrees(_at(page, script, value), property, value, shown)

    title = heading_words(page.first("h1")) if "h1" in page.tags else ""
    if (headline := node.get("headline") or node.get("name")) and fold(headline) != fold(title):
        yield differs("headline", headline, f'the page\'s heading is "{title}"')
    if (url := node.get("url")) and url != page.context.origin + page.address:
        yield differs("url", url, "the page is elsewhere")
    if (language := node.get("inLanguage")) and language != page.root.get("lang"):
        yield differs("inLanguage", language, f'the page says lang="{page.root.get("lang")}"')
    if (summary := node.get("description")) and summary != page.meta("description"):
        yield differs("description", summary, "the page's description is another")
    shown = {time.get("datetime") for time in page.main.iter("time")}
    for property in _DATED:
        if (date := node.get(property)) and date not in shown:
            yield differs(property, date, "the page shows no such date")
    for property in ("author", "reviewedBy"):
        for person in _several(node.get(property)):
            if not _shows(page, str(person.get("name"))):
                yield differs(property, str(person.get("name")), "the page does not name them")
    products = [one for one in _several(node.get("mentions")) if one.get("@type") == "Product"]
    for product in products:
        if not _shows(page, str(product.get("name"))):
            yield differs("mentions", str(product.get("name")), "the page does not show it")
    yield from _works(page, script, node)


def _crumbs(page: Page, script: Element, node: Any) -> Iterator[Diagnostic]:
    """Hold each step of a BreadcrumbList against the words of the page."""
    if not isinstance(node, dict) or node.get("@type") != "BreadcrumbList":
        return
    for item in _several(node.get("itemListElement")):
        step = str(item.get("name"))
        if not _shows(page, step):
            at = _at(page, script, step)
            yield disagrees(at, "itemListElement", step, "the page shows no such step")


def _shows(page: Page, words: str) -> bool:
    """Tell whether a page's main part says some words; most stand there as they are."""
    return words.strip() in page.main_text or fold(words) in page.main_words


def _works(page: Page, script: Element, node: Node) -> Iterator[Diagnostic]:
    text = Letters(text_seen(page.bibliography) if page.bibliography is not None else "")
    works = _several(node.get("citation"))
    for work in works:
        if not text.hold(str(work.get("name"))):
            at = _at(page, script, str(work.get("name")))
            yield disagrees(at, "citation", str(work.get("name")), "no entry of the page names it")
    if page.promise.kind == "article" and len(works) != len(citations.entries(page)):
        count = len(citations.entries(page))
        at = _at(page, script, "citation")
        yield disagrees(at, "citation", f"{len(works)} works", f"the page lists {count}")


def _several(value: Any) -> list[Node]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, dict)]


@code("AUD074")
def unreadable(at: Location, why: str) -> Diagnostic:
    """A page's JSON-LD cannot be read, or an article has none.

    Search engines and reading tools learn nothing of who wrote it and when it was checked.

    Wrong: a block that lacks its last brace, or one without `"@context": "https://schema.org"`.
    Right: one that any JSON parser takes.
    """
    return diagnose(at, "AUD074", f"The JSON-LD cannot be used: {why}.", "build the site anew")


@code("AUD075")
def unknown(at: Location, what: str, hint: str) -> Diagnostic:
    """JSON-LD uses a type or property that schema.org does not have there.

    It is ignored without a word; `lastReviewed` on an Article was, for years.

    Wrong: `"@type": "Article", "lastReviewed": "2026-11-24"`
    Right: `"@type": "MedicalWebPage", "lastReviewed": "2026-11-24"`
    """
    return diagnose(
        at, "AUD075", f"The {what} is not in schema.org {vocabulary.VERSION} as we know it.",
        hint or "use a term of schema.org, or add it to audit/vocabulary.py from its release",
    )  # fmt: skip


@code("AUD076")
def disagrees(at: Location, property: str, value: str, shown: str) -> Diagnostic:
    """JSON-LD says what the page does not.

    A machine tells people something that no reader of the page can check.

    Wrong: `"dateModified": "2026-12-01"` on a page that shows 24 November 2026.
    Right: one date in both.
    """
    return diagnose(
        at, "AUD076", f'"{property}" says "{value}", and {shown}.', "say the same in both places"
    )


@code("AUD077")
def invented(at: Location, property: str) -> Diagnostic:
    """JSON-LD gives an offer, a price or a rating.

    None is known to us, so one that stands there was made up.

    Wrong: `"aggregateRating": {…}` on a product.
    Right: the product's name and address alone.
    """
    return diagnose(
        at, "AUD077", f'"{property}" says what nobody here knows.', f'take "{property}" out'
    )
