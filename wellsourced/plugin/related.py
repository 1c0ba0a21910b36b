"""Find for each article others on its matter: those that share sources and terms with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wellsourced.plugin.usage import Uses
from wellsourced.rules.site import address
from wellsourced.source import Document, language

COUNT = 3
"""Related articles of one article."""
_COMMON = 40
"""What more articles share tells none of them apart, and pairs of them grow with the square."""
_SOURCE, _TERM = 2.0, 1.0
"""A shared source says more than a shared term does."""


@dataclass(frozen=True, slots=True)
class Related:
    """An article as others lead to it; `url` is below the site's root."""

    title: str
    url: str


def find(articles: Iterable[tuple[Document, Uses]]) -> Mapping[str, tuple[Related, ...]]:
    """Map the shown path of each article that has any to its related ones, the closest first.

    What two articles share counts more the fewer others share it. Only published articles of one
    language are related.
    """
    published = [(one, uses) for one, uses in articles if one.status == "published"]
    shared = _shared(published)
    found: dict[str, tuple[Related, ...]] = {}
    for at, (document, uses) in enumerate(published):
        scores: defaultdict[int, float] = defaultdict(float)
        for feature, weight in _features(document, uses):
            users = shared[feature]
            if len(users) <= _COMMON:
                for other in users:
                    scores[other] += weight / len(users)
        scores.pop(at, None)
        closest = sorted(scores, key=lambda other: (-scores[other], other))[:COUNT]
        if closest:
            found[document.path] = tuple(_entry(published[other][0]) for other in closest)
    return found


def _shared(articles: Sequence[tuple[Document, Uses]]) -> Mapping[tuple[str, ...], list[int]]:
    """Map each source and term of a language to the articles that use it, in their order."""
    users: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, (document, uses) in enumerate(articles):
        for feature, _ in _features(document, uses):
            users[feature].append(at)
    return users


def _features(document: Document, uses: Uses) -> list[tuple[tuple[str, ...], float]]:
    """List what an article may share with others, each once and with its weight."""
    tongue = language.of(document)
    return [
        *(((tongue, "source", key), _SOURCE) for key in uses.references),
        *(((tongue, "term", id), _TERM) for id, _ in uses.terms),
    ]


def _entry(document: Document) -> Related:
    return Related(document.value("title"), address(document).removeprefix("/"))
