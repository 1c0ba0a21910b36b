"""Say which pages list articles: topics, which articles name as their Category, and later pages.

A topic is known by the slug of its name, so that "Dry needling" and "dry Needling" are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wellsourced.paging import PER_PAGE
from wellsourced.source import Document
from wellsourced.source.structure import slug

ARTICLES, TOPICS = "/articles/", "/topics/"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: `name` as the article writes it, and `path`, its page from the site's root."""

    name: str
    slug: str

    @property
    def path(self) -> str:
        """Give its address without the slash before it."""
        return f"{TOPICS}{self.slug}/".removeprefix("/")


def topic_of(document: Document) -> Topic | None:
    """Give the topic of an article; None when it names none."""
    name = " ".join(document.value("category").split())
    return Topic(name, slug(name)) if name else None


def addresses(articles: Iterable[Document]) -> Iterator[str]:
    """Yield the addresses of all pages that list published articles, but for the fixed ones."""
    published = [one for one in articles if one.status == "published"]
    topics = Counter(topic.slug for one in published if (topic := topic_of(one)))
    yield from _later_pages(ARTICLES, len(published))
    for name, count in sorted(topics.items()):
        yield f"{TOPICS}{name}/"
        yield from _later_pages(f"{TOPICS}{name}/", count)


def _later_pages(address: str, count: int) -> Iterator[str]:
    for number in range(2, -(-count // PER_PAGE) + 1):
        yield f"{address}page/{number}/"
