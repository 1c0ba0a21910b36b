"""Find which article shows which reference, product and term."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wellsourced.library import Library, glossary
from wellsourced.rendering.blocks import recommended
from wellsourced.rules.site import address
from wellsourced.source import Document, pictures
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


@dataclass(frozen=True, slots=True)
class Uses:
    """What one document uses: its cites' keys in the order of the text, and each thing once.

    `references` are cited or listed as further reading; `terms` are pairs of term id and the id
    of the section that uses the term first; `pictures` are names under images/ that the document
    shows, `files` those that it offers for download.
    """

    cited: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    pictures: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def find_uses(document: Document, library: Library) -> Uses:
    """Look through one document."""
    cited = tuple(cite.key for cite in document.cites)
    terms: dict[str, str] = {}
    for use in document.terms:
        term = glossary.find(library.terms, use.name)
        if term and term.id not in terms:
            terms[term.id] = _section_at(document, use.span)
    images = tuple(pictures.uses(document))
    return Uses(
        cited,
        tuple(dict.fromkeys([*cited, *further_reading(document)])),
        recommended(document),
        tuple(terms.items()),
        tuple(dict.fromkeys(use.name for use in images if use.shown)),
        tuple(dict.fromkeys(use.name for use in images if not use.shown)),
    )


def find_usage(library: Library, articles: Iterable[tuple[Document, Uses]], site_url: str) -> Usage:
    """Turn around what articles use; those that are not published do not count."""
    references: dict[str, list[Use]] = {key: [] for key in library.references}
    products: dict[str, list[Use]] = {id: [] for id in library.products}
    terms: dict[str, list[Use]] = {id: [] for id in library.terms}
    for document, uses in articles:
        if document.status != "published":
            continue
        title, url = document.value("title"), site_url + address(document)
        for key in uses.references:
            if key in references:
                references[key].append(Use(title, url, f"ref-{key}"))
        for id in uses.products:
            if id in products:
                products[id].append(Use(title, url, f"product-{id}"))
        for id, section in uses.terms:
            if id in terms:
                terms[id].append(Use(title, url, section))
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
