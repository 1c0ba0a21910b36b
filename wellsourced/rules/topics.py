"""META: topics, which articles name as their Category; each has a page of its articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from wellsourced.diagnostics import Location, Severity
from wellsourced.rules.article_lists import topic_of
from wellsourced.rules.registry import site_rule
from wellsourced.rules.site import Site
from wellsourced.source import Document
from wellsourced.source.structure import slug

_ALIKE = 0.8
"""How alike two names are, of 1, when one is taken for a slip of the other."""


@site_rule("META018", Severity.WARNING)
def topic_misspelt(site: Site) -> Iterator[tuple[Location, str, str]]:
    """An article's topic is spelt almost like that of more articles.

    Topics are made of the Category fields: a slip makes a topic of its own, and readers who look
    through the other one miss the article.

    Wrong: `Category: Treatmens` where other articles have `Category: Treatments`.
    Right: `Category: Treatments`
    """
    by_name: dict[str, list[Document]] = {}
    for document in site.articles:
        if topic := topic_of(document):
            by_name.setdefault(topic.name, []).append(document)
    for name, documents in by_name.items():
        usual = _usual(name, {other: len(them) for other, them in by_name.items()})
        for document in documents if usual else ():
            field = document.metadata("category")
            if field:
                yield (
                    document.location(field.value_span),
                    f'The category "{name}" is spelt almost like "{usual}".',
                    f'did you mean "{usual}"?',
                )


def _usual(name: str, counts: Mapping[str, int]) -> str:
    """Find the name that is meant: alike, and used by more articles; the most used one."""
    more = [other for other, count in counts.items() if count > counts[name]]
    alike = [
        other
        for other in more
        if slug(other) == slug(name)
        or SequenceMatcher(None, other.casefold(), name.casefold()).ratio() >= _ALIKE
    ]
    return max(alike, key=lambda other: (counts[other], other), default="")
