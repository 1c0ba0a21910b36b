"""Check dates, review state, the page head and JSON-LD against what the page shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.site.checks.citations import entries
from tests.site.checks.registry import article_check, site_check
from tests.site.expectations import Article
from tests.site.page import Page, Site, fold, visible

UNREVIEWED = "not yet clinically reviewed"


def graph(page: Page) -> list[dict[str, Any]]:
    """List the JSON-LD nodes of a page, `@graph` opened; raises ValueError on bad JSON."""
    nodes: list[dict[str, Any]] = []
    for script in page.all('script[type="application/ld+json"]'):
        data = json.loads(script.string or "")
        for item in data if isinstance(data, list) else [data]:
            nodes += item.get("@graph", [item])
    return nodes


def node(page: Page, kind: str) -> dict[str, Any]:
    """Find the one node of a schema.org type, at the top or under another node; {} if none."""
    try:
        nodes = graph(page)
    except ValueError:
        return {}
    for item in [*nodes, *(v for n in nodes for v in n.values() if isinstance(v, dict))]:
        if item.get("@type") == kind or kind in _many(item.get("@type")):
            return item
    return {}


@site_check
def json_ld_parses(site: Site) -> Iterator[str]:
    for path, page in site.pages.items():
        try:
            nodes = graph(page)
        except ValueError as error:
            yield f"{path}: JSON-LD does not parse: {error}"
            continue
        for key in ("offers", "aggregateRating", "review"):
            if _anywhere(nodes, key):
                yield f"{path}: JSON-LD invents {key}"


@article_check
def json_ld_names_the_page(site: Site, article: Article, page: Page) -> Iterator[str]:
    found = node(page, "MedicalWebPage")
    if not found:
        yield "no MedicalWebPage"
        return
    names = {fold(str(found[key])) for key in ("name", "headline") if key in found}
    if names != {visible(tag) for tag in page.all("h1")}:
        yield f"JSON-LD is named {names}"
    if fold(str(found.get("description", ""))) != fold(article.front["summary"]):
        yield "JSON-LD description is not the summary"
    authors = [item.get("name") for item in _many(found.get("author"))]
    keys = [key.strip() for key in article.front["author"].split(",")]
    if authors != [site.expected.people[key]["name"] for key in keys]:
        yield f"JSON-LD authors are {authors}"
    url = f"{site.origin}/articles/{article.slug}/"
    if url not in (found.get("url"), found.get("@id"), found.get("mainEntityOfPage")):
        yield f"JSON-LD does not give the address {url}"


@article_check
def json_ld_dates_are_those_of_the_source(
    site: Site, article: Article, page: Page
) -> Iterator[str]:
    found = node(page, "MedicalWebPage")
    wanted = {
        "datePublished": article.front["date"],
        "dateModified": article.front.get("modified", article.front["date"]),
        "lastReviewed": article.front.get("reviewed") or article.front.get("checked"),
    }
    for key, value in wanted.items():
        if str(found.get(key))[:10] != str(value):
            yield f"JSON-LD {key} is {found.get(key)}, not {value}"


@article_check
def json_ld_cites_the_bibliography(site: Site, article: Article, page: Page) -> Iterator[str]:
    names = [item.get("name") for item in _many(node(page, "MedicalWebPage").get("citation"))]
    wanted = [site.expected.references[key]["title"] for key in entries(page)]
    if names != wanted:
        yield f"JSON-LD citations {names} are not {wanted}"


@article_check
def json_ld_mentions_the_products(site: Site, article: Article, page: Page) -> Iterator[str]:
    mentions = _many(node(page, "MedicalWebPage").get("mentions"))
    names = [item.get("name") for item in mentions if item.get("@type") == "Product"]
    wanted = [site.expected.products[id_]["name"] for id_ in article.products]
    if names != wanted:
        yield f"JSON-LD mentions {names}, not {wanted}"


@article_check
def json_ld_breadcrumb_is_the_visible_one(
    site: Site, article: Article, page: Page
) -> Iterator[str]:
    items = node(page, "BreadcrumbList").get("itemListElement", [])
    visible_items = page.all('nav[aria-label*="readcrumb"] li')
    names = [fold(str(item.get("name") or item.get("item", {}).get("name"))) for item in items]
    if not names or names != [visible(tag).strip(" /›»") for tag in visible_items]:
        yield f"breadcrumb {names} is not {[visible(tag) for tag in visible_items]}"
    if [item.get("position") for item in items] != list(range(1, len(items) + 1)):
        yield "breadcrumb positions do not count from 1"


@article_check
def reviewer_is_told_or_missing(site: Site, article: Article, page: Page) -> Iterator[str]:
    reviewed = _anywhere([node(page, "MedicalWebPage")], "reviewedBy")
    body = page.soup.find("body")
    text = visible(body) if body else ""
    if article.reviewer:
        name = site.expected.people[article.reviewer]["name"]
        if not reviewed or fold(name) not in text or UNREVIEWED in text:
            yield f"the page does not tell of its reviewer {name}"
    else:
        if reviewed:
            yield "JSON-LD has reviewedBy without a reviewer"
        if UNREVIEWED not in text:
            yield "the page does not say that it is not yet clinically reviewed"


@article_check
def dates_region_and_authors_are_shown(site: Site, article: Article, page: Page) -> Iterator[str]:
    shown = [(str(tag["datetime"])[:10], visible(tag)) for tag in page.all("main time[datetime]")]
    for key in ("date", "modified", "checked", "review_due", "reviewed"):
        value = article.front.get(key)
        if value and value not in dict(shown):
            yield f"the {key} {value} is not shown"
    for value, text in shown:
        day = date.fromisoformat(value)
        if text not in (value, fold(f"{day.day} {day:%B %Y}")):
            yield f"time {value} reads {text!r}"
    main = page.soup.find("main")
    for words in (article.front["summary"], article.front.get("region", "")):
        if main is None or fold(words) not in visible(main):
            yield f"{words!r} is not shown"
    for key in article.front["author"].split(","):
        name = site.expected.people[key.strip()]["name"]
        if main is None or fold(name) not in visible(main):
            yield f"the author {name} is not shown"


@site_check
def heads_are_complete(site: Site) -> Iterator[str]:
    titles: dict[str, str] = {}
    for path, page in site.pages.items():
        title = page.soup.title.get_text(strip=True) if page.soup.title else ""
        if not title or title in titles:
            yield f"{path}: title {title!r} is empty, or also that of {titles.get(title)}"
        titles[title] = path
        html = page.soup.find("html")
        if html is None or not html.get("lang"):
            yield f"{path}: no lang"
        canonical = [str(tag["href"]) for tag in page.all("link[rel=canonical]")]
        if path != "404.html":
            own = [f"{site.origin}/{path.removesuffix('index.html')}"]
            if canonical != ([] if page.is_unlisted else own):
                yield f"{path}: canonical address {canonical}"
            if not page.all('meta[name=description][content]:not([content=""])'):
                yield f"{path}: no description"


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _anywhere(value: Any, key: str) -> bool:
    if isinstance(value, dict):
        return key in value or any(_anywhere(item, key) for item in value.values())
    return isinstance(value, list) and any(_anywhere(item, key) for item in value)
