"""Say which pages list articles: topics, which articles name as their Category, and later pages.

A topic is known by the slug of its name, so that "Dry needling" and "dry Needling" are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wellsourced.paging import PER_PAGE
from wellsourced.source import Document, language
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


def languages(documents: Iterable[Document]) -> tuple[str, ...]:
    """List the languages that have lists: those of published documents, that of the site first."""
    found = {language.of(one) for one in documents if one.status == "published"}
    return (language.SITE, *sorted(found - {language.SITE}))


def addresses(documents: Sequence[Document]) -> Iterator[str]:
    """Yield the addresses of all pages that list published articles, but for the fixed ones."""
    published = [one for one in documents if one.status == "published"]
    counts = Counter(language.of(one) for one in published if one.kind == "article")
    own = [one for one in published if language.of(one) == language.SITE and one.kind == "article"]
    topics = Counter(topic.slug for one in own if (topic := topic_of(one)))
    yield from _later_pages(ARTICLES, len(own))
    for name, count in sorted(topics.items()):
        yield f"{TOPICS}{name}/"
        yield from _later_pages(f"{TOPICS}{name}/", count)
    for tag in languages(published)[1:]:
        yield from (f"/{tag}/", f"/{tag}{ARTICLES}")
        yield from _later_pages(f"/{tag}{ARTICLES}", counts[tag])


def _later_pages(address: str, count: int) -> Iterator[str]:
    for number in range(2, -(-count // PER_PAGE) + 1):
        yield f"{address}page/{number}/"
