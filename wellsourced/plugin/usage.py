"""Find which article shows which reference, product and term."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wellsourced.library import glossary
from wellsourced.rendering.blocks import recommended
from wellsourced.rules.site import Site, address
from wellsourced.source import Document
from wellsourced.source.spans import Span


@dataclass(frozen=True, slots=True)
class Use:
    """A place in an article: its title, address, and the id to jump to."""

    title: str
    url: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Where things are used: mapping key or id → uses, one an article, in the articles' order."""

    references: Mapping[str, list[Use]] = field(default_factory=dict)
    products: Mapping[str, list[Use]] = field(default_factory=dict)
    terms: Mapping[str, list[Use]] = field(default_factory=dict)


def find_usage(site: Site, site_url: str) -> Usage:
    """Look through every published article of a site."""
    references: dict[str, list[Use]] = {key: [] for key in site.library.references}
    products: dict[str, list[Use]] = {id: [] for id in site.library.products}
    terms: dict[str, list[Use]] = {id: [] for id in site.library.terms}
    for document in site.articles:
        if document.value("status") not in ("", "published"):
            continue
        title, url = document.value("title"), site_url + address(document)
        for key in dict.fromkeys([*(c.key for c in document.cites), *further_reading(document)]):
            if key in references:
                references[key].append(Use(title, url, f"ref-{key}"))
        for id in recommended(document):
            if id in products:
                products[id].append(Use(title, url, f"product-{id}"))
        seen: set[str] = set()
        for use in document.terms:
            term = glossary.find(site.library.terms, use.name)
            if term and term.id not in seen:
                seen.add(term.id)
                terms[term.id].append(Use(title, url, _section_at(document, use.span)))
    return Usage(references, products, terms)


def further_reading(document: Document) -> tuple[str, ...]:
    """List the keys that a document's further-reading blocks name."""
    options = (b.options.get("items") for b in document.blocks if b.name == "further-reading")
    items = (item for option in options if option for item, _ in option.items)
    return tuple(str(item["key"]) for item in items if isinstance(item, dict) and "key" in item)


def _section_at(document: Document, span: Span) -> str:
    """Give the id of the section that a span stands in, or an empty string before the first."""
    before = [h.id for h in document.headings if h.level in (2, 3) and h.span.start < span.start]
    return before[-1] if before else ""
