"""Read what the site must show, straight from content/, by means the engine does not share."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.site.markdown import (
    CITE_GROUP,
    CITE_KEY,
    TERM,
    Block,
    Heading,
    blocks,
    headings,
    pieces,
    plain,
    split_front,
    without_code,
    without_options,
)


@dataclass(frozen=True)
class Fact:
    """Hold one ledger entry; any one phrase, borne by every reference, satisfies it."""

    id: str
    section: str
    phrases: tuple[str, ...]
    references: tuple[str, ...]


@dataclass(frozen=True)
class Article:
    """Hold what one Markdown file promises, in reading order.

    `terms` are (shown text, name of the term); `words` is the plain text of each paragraph,
    list item and table cell.
    """

    slug: str
    path: Path
    front: Mapping[str, str]
    headings: tuple[Heading, ...]
    cites: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    blocks: tuple[Block, ...]
    facts: tuple[Fact, ...]

    @property
    def title(self) -> str:
        return self.front["title"]

    @property
    def reviewer(self) -> str | None:
        return self.front.get("reviewer") or None

    @property
    def numbers(self) -> dict[str, int]:
        """Map each cited key to its number, by first citation from 1."""
        return {key: n for n, key in enumerate(dict.fromkeys(self.cites), start=1)}

    @property
    def products(self) -> tuple[str, ...]:
        """List the ids of the products on the page, in order, each once."""
        items = (id_ for block in self.named("products") for id_ in block.options["items"])
        return tuple(dict.fromkeys(items))

    @property
    def further(self) -> dict[str, str]:
        """Map each further-reading key to its reason."""
        items = (item for block in self.named("further-reading") for item in block.options["items"])
        return {item["key"]: item["reason"] for item in items}

    def named(self, name: str) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.name == name)


@dataclass(frozen=True)
class Leaf:
    """Hold what a page that is no article promises: where it is, its title, its words."""

    path: str
    title: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Expectations:
    """Hold a content folder's promises: articles by slug, other pages, the library by id."""

    articles: Mapping[str, Article]
    pages: tuple[Leaf, ...]
    references: Mapping[str, Mapping[str, Any]]
    products: Mapping[str, Mapping[str, Any]]
    glossary: Mapping[str, Mapping[str, Any]]
    people: Mapping[str, Mapping[str, Any]]
    anchors: Mapping[str, Mapping[str, Any]]
    disclaimers: Mapping[str, str]


def read(content: Path) -> Expectations:
    """Read a content folder of the documented shape; raises on one that is not of that shape."""
    library = content / "library"
    articles = [read_article(path) for path in sorted(content.glob("articles/**/*.md"))]
    references = json.loads((library / "references.json").read_text("utf-8"))
    return Expectations(
        articles={
            article.slug: article
            for article in articles
            if article.front.get("status", "published").lower() == "published"
        },
        pages=tuple(read_page(path) for path in sorted(content.glob("pages/**/*.md"))),
        references={item["id"]: item for item in references},
        products=_yaml(library / "products.yaml"),
        glossary=_yaml(library / "glossary.yaml"),
        people=_yaml(library / "people.yaml"),
        anchors=json.loads((library / "anchors.json").read_text("utf-8")),
        disclaimers={
            path.stem: plain(path.read_text("utf-8"))
            for path in sorted(library.glob("disclaimers/*.md"))
        },
    )


def read_article(path: Path) -> Article:
    """Read one article and the `<stem>.facts.yaml` beside it, if there is one."""
    front, body = split_front(path.read_text("utf-8"))
    body = without_code(body)
    prose = "\n".join(without_options(body))
    ledger = path.with_name(f"{path.stem}.facts.yaml")
    entries = yaml.safe_load(ledger.read_text("utf-8")) if ledger.exists() else None
    return Article(
        slug=front.get("slug", path.stem),
        path=path,
        front=front,
        headings=tuple(headings(prose)),
        cites=tuple(key for group in CITE_GROUP.findall(prose) for key in CITE_KEY.findall(group)),
        terms=tuple((shown, term or shown) for shown, term in TERM.findall(prose)),
        words=tuple(pieces(prose)),
        blocks=tuple(blocks(body)),
        facts=tuple(
            Fact(
                id=str(entry["id"]),
                section=entry["section"],
                phrases=tuple(str(phrase) for phrase in entry["phrases"]),
                references=tuple(entry.get("references") or ()),
            )
            for entry in entries or ()
        ),
    )


def read_page(path: Path) -> Leaf:
    """Read one page that is no article."""
    front, body = split_front(path.read_text("utf-8"))
    prose = "\n".join(without_options(without_code(body)))
    address = front.get("save_as") or f"{front.get('slug', path.stem)}/index.html"
    return Leaf(address, front["title"], tuple(pieces(prose)))


def find_term(glossary: Mapping[str, Mapping[str, Any]], name: str) -> str | None:
    """Find the id of the term that bears a name or alias, case aside."""
    wanted = " ".join(name.split()).casefold()
    for id_, entry in glossary.items():
        names = [entry["term"], *(entry.get("aliases") or ())]
        if wanted in (" ".join(known.split()).casefold() for known in names):
            return id_
    return None


def _yaml(path: Path) -> dict[str, dict[str, Any]]:
    return yaml.safe_load(path.read_text("utf-8")) or {}
