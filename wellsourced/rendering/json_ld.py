"""Describe an article to machines: schema.org MedicalWebPage and BreadcrumbList as JSON-LD.

`lastReviewed` and `reviewedBy` are properties of WebPage kinds (schema.org 29). Products are
`mentions` and carry no offer and no rating, since none is known.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wellsourced.library.bibliography import Reference
from wellsourced.library.catalogue import Product
from wellsourced.library.people import Person


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What the page says of itself, as shown to readers."""

    title: str
    summary: str
    url: str
    language: str
    site_name: str
    origin: str
    published: date
    modified: date
    checked: date | None
    people: Sequence[Person]
    reviewer: Person | None
    references: Sequence[Reference]
    products: Sequence[Product]
    crumbs: Sequence[tuple[str, str]]
    """Pairs of name and absolute address, the article itself last."""


def describe(facts: ArticleFacts) -> str:
    """Give the JSON-LD text, safe to stand inside a script element."""
    graph = [_page(facts), _breadcrumbs(facts)]
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": graph},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _page(facts: ArticleFacts) -> Mapping[str, object]:
    page: dict[str, object] = {
        "@type": "MedicalWebPage",
        "url": facts.url,
        "name": facts.title,
        "description": facts.summary,
        "inLanguage": facts.language,
        "datePublished": facts.published.isoformat(),
        "dateModified": facts.modified.isoformat(),
        "author": [_person(person) for person in facts.people],
        "publisher": {"@type": "Organization", "name": facts.site_name, "url": f"{facts.origin}/"},
        "citation": [_work(reference) for reference in facts.references],
    }
    if facts.checked:
        page["lastReviewed"] = facts.checked.isoformat()
    if facts.reviewer:
        page["reviewedBy"] = _person(facts.reviewer)
    if facts.products:
        page["mentions"] = [{"@type": "Product", "name": p.name} for p in facts.products]
    return page


def _person(person: Person) -> Mapping[str, object]:
    kind = "Organization" if person.kind == "organization" else "Person"
    found: dict[str, object] = {"@type": kind, "name": person.name}
    if person.url:
        found["url"] = person.url
    return found


def _work(reference: Reference) -> Mapping[str, object]:
    """Name a cited work by its title; references.json tells the rest of it."""
    return {"@type": "CreativeWork", "name": reference.title}


def _breadcrumbs(facts: ArticleFacts) -> Mapping[str, object]:
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": address}
        for position, (name, address) in enumerate(facts.crumbs, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
