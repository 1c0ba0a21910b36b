"""Check the files beside an article: its references in three formats, and its claims."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from tests.site.checks.registry import article_check
from tests.site.expectations import Article
from tests.site.page import Page, Site, fold, visible

SENTENCE = re.compile(r"[A-Z0-9“\"].*[.?!:]”?", re.DOTALL)
FILES = ("references.json", "references.bib", "references.ris", "claims.json")


def keys(article: Article) -> list[str]:
    """List the references of an article: the cited ones by number, then further reading."""
    return [*article.numbers, *article.further]


def export(site: Site, article: Article, name: str) -> str:
    """Read one export as text; "" when it is missing."""
    return site.files.get(f"articles/{article.slug}/{name}", b"").decode("utf-8")


@article_check
def exports_exist_and_are_linked(site: Site, article: Article, page: Page) -> Iterator[str]:
    linked = {site.target(page, str(tag["href"])) for tag in page.all("a[href]")}
    for name in FILES:
        path = f"articles/{article.slug}/{name}"
        if path not in site.files:
            yield f"{path} is missing"
        if (path, "") not in linked:
            yield f"{name} is not linked from its page"


@article_check
def csl_export_holds_the_references(site: Site, article: Article, page: Page) -> Iterator[str]:
    try:
        items = json.loads(export(site, article, "references.json"))
    except ValueError as error:
        yield f"references.json does not parse: {error}"
        return
    if [item["id"] for item in items] != keys(article):
        yield f"references.json holds {[item['id'] for item in items]}"
    for item in items:
        source = site.expected.references.get(item["id"], {})
        for key in ("title", "author", "issued", "URL", "DOI", "type", "publisher"):
            if item.get(key) != source.get(key):
                yield f"references.json {item['id']} has {key} {item.get(key)!r}"


@article_check
def bib_export_holds_the_references(site: Site, article: Article, page: Page) -> Iterator[str]:
    text = export(site, article, "references.bib")
    shown = re.findall(r"(?m)^@\w+\s*\{\s*([^,\s]+)\s*,", text)
    if shown != keys(article):
        yield f"references.bib holds {shown}"
    if text.count("{") != text.count("}"):
        yield "references.bib has braces that do not close"
    entries = re.split(r"(?m)^(?=@\w+\s*\{)", text)[1:]
    for key, entry in zip(shown, entries, strict=True):
        title = str(site.expected.references.get(key, {}).get("title"))
        if _letters(title) not in _letters(re.sub(r"[{}\\]", "", entry)):
            yield f"references.bib {key} has not the title {title!r}"


@article_check
def ris_export_holds_the_references(site: Site, article: Article, page: Page) -> Iterator[str]:
    records = re.split(r"(?m)^ER  -.*$", export(site, article, "references.ris"))
    titles = [
        fold(found[1]) if (found := re.search(r"(?m)^(?:TI|T1)  - (.*)$", record)) else ""
        for record in records[:-1]
    ]
    wanted = [fold(str(site.expected.references[key]["title"])) for key in keys(article)]
    if titles != wanted or any(not re.match(r"\s*TY  - \w+", record) for record in records[:-1]):
        yield f"references.ris holds {titles}"


@article_check
def claims_export_holds_the_claims(site: Site, article: Article, page: Page) -> Iterator[str]:
    """Ask for every cite of the article, in order, each in a sentence that its section shows."""
    try:
        claims = json.loads(export(site, article, "claims.json"))["claims"]
    except (ValueError, KeyError) as error:
        yield f"claims.json does not parse: {error!r}"
        return
    borne = [reference["key"] for claim in claims for reference in claim["references"]]
    if borne != list(article.cites):
        yield f"claims.json bears {borne}"
    for claim in claims:
        section = page.by_id(claim["section"]) if claim["section"] else page.soup.find("main")
        if section is None or fold(claim["text"]) not in visible(section, cites=False):
            yield f"claims.json: {claim['text']!r} does not stand in {claim['section']}"
        if not SENTENCE.fullmatch(claim["text"]):
            yield f"claims.json: {claim['text']!r} is no whole sentence"
        for reference in claim["references"]:
            tier = site.expected.references[reference["key"]]["custom"]["tier"]
            if reference["tier"] != tier:
                yield f"claims.json gives {reference['key']} the tier {reference['tier']}"


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(text)).strip()
