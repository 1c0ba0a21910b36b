"""Check the facts ledger: each fact stands in its section, borne by its references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from bs4 import Tag

from tests.site.checks.registry import article_check, site_check
from tests.site.expectations import Article
from tests.site.page import Page, Site, close_up, fold, holds, innermost, visible

INVENTORY = Path(__file__).parents[1] / "inventory-ids.txt"
OUTER = ("ul", "ol", "dl", "table", "figure")


@article_check
def facts_stand_in_their_sections(site: Site, article: Article, page: Page) -> Iterator[str]:
    texts = {
        name: visible(section, cites=False) if section else None
        for name, section in _sections(page, article).items()
    }
    for fact in article.facts:
        text = texts[fact.section]
        if text is None:
            yield f"{fact.id}: section {fact.section} is missing"
        elif not any(holds(text, phrase) for phrase in fact.phrases):
            yield f"{fact.id}: none of {list(fact.phrases)} stands in {fact.section}"


@article_check
def facts_are_borne_by_references(site: Site, article: Article, page: Page) -> Iterator[str]:
    sections = _sections(page, article)
    for fact in article.facts:
        section = sections[fact.section]
        if section is None or not fact.references:
            continue
        wanted = {f"#ref-{key}" for key in fact.references}
        places = [tag for phrase in fact.phrases for tag in innermost(section, phrase)]
        borne = [
            {str(a["href"]) for scope in _scopes(tag) for a in scope.select("[role=doc-biblioref]")}
            for tag in places
        ]
        if not any(wanted <= hrefs for hrefs in borne):
            yield f"{fact.id}: {sorted(fact.references)} not cited where {fact.phrases[0]!r} stands"


@article_check
def words_are_those_of_the_source(site: Site, article: Article, page: Page) -> Iterator[str]:
    """Ask that paragraphs, list items and table cells are shown as written, in their order."""
    yield from _altered(page, article.words)


@site_check
def pages_say_what_was_written(site: Site) -> Iterator[str]:
    """Ask the same of the pages that are no articles."""
    for leaf in site.expected.pages:
        for fault in _altered(site.pages[leaf.path], leaf.words):
            yield f"{leaf.path}: {fault}"


@article_check
def medical_disclaimer_is_whole(site: Site, article: Article, page: Page) -> Iterator[str]:
    shown = page.all("[data-disclaimer=medical]")
    if not shown:
        yield "no medical disclaimer"
    for tag in shown:
        text = visible(tag)
        if text != fold(site.expected.disclaimers["medical"]):
            yield "the medical disclaimer is not in the words of the library"
        for fact in article.facts:
            if re.fullmatch(r"D-\d+", fact.id) and not any(holds(text, p) for p in fact.phrases):
                yield f"{fact.id}: the medical disclaimer lacks {list(fact.phrases)}"


@article_check
def inventory_is_in_the_ledger(site: Site, article: Article, page: Page) -> Iterator[str]:
    """Ask that the ledger holds each item of the inventory that the shipped article came from."""
    if article.slug == "what-is-dry-needling":
        ledger = {fact.id for fact in article.facts}
        for id_ in INVENTORY.read_text("utf-8").split():
            if id_ not in ledger:
                yield f"{id_} is not in the ledger"


def _altered(page: Page, written: Iterable[str]) -> Iterator[str]:
    main = page.soup.find("main")
    text = visible(main, cites=False) if main else ""
    reached = 0
    for words in written:
        at = text.find(close_up(fold(words)), reached)
        if at < 0:
            yield f"not shown as written, or not in its place: {words!r}"
        else:
            reached = at + len(words)


def _sections(page: Page, article: Article) -> dict[str, Tag | None]:
    """Map the ledger's section names to their sections; `page` is the whole body."""
    found: dict[str, Tag | None] = dict.fromkeys(fact.section for fact in article.facts)
    found |= {str(tag["id"]): tag for tag in page.soup.find_all("section", id=True)}
    return found | {"page": page.soup.find("body")}


def _scopes(tag: Tag) -> Iterator[Tag]:
    """Give a block's bearers of cites: itself, its list, table or figure, and their lead-in."""
    for outer in [tag, *tag.find_parents(OUTER)]:
        yield outer
        region = outer.find_parent("div", role="region") if outer.name == "table" else None
        before = (region or outer).find_previous_sibling()
        if outer.name in OUTER and before is not None and before.name == "p":
            yield before
