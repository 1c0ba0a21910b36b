"""Articles lead to others that share sources and terms with them, always in the same order."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.listings.test_lists import hrefs, page
from wellsourced.plugin import related
from wellsourced.plugin.usage import Uses
from wellsourced.source import Document, scan

Pair = tuple[Document, Uses]


def article(
    name: str, sources: Iterable[str] = (), terms: Iterable[str] = (), more: str = ""
) -> Pair:
    """Make an article that uses some sources and terms."""
    text = f"Title: On {name}\nSlug: {name}\n{more}\nText.\n"
    document = scan(text, f"content/articles/{name}.md", "article")
    return document, Uses(references=tuple(sources), terms=tuple((term, "") for term in terms))


def names(articles: list[Pair], of: str) -> list[str]:
    """List the related articles of one, by their slugs."""
    found = related.find(articles).get(f"content/articles/{of}.md", ())
    return [one.url.split("/")[1] for one in found]


def test_what_shares_more_is_closer() -> None:
    articles = [
        article("a", ["s1", "s2"], ["t1"]),
        article("b", ["s9"], ["t1"]),
        article("c", ["s1"], ["t1"]),
        article("d", ["s1", "s2"], ["t1"]),
        article("e", ["s7"], ["t7"]),
    ]
    assert names(articles, "a") == ["d", "c", "b"]
    assert names(articles, "e") == []


def test_what_few_share_counts_more() -> None:
    rare, common = ["rare"], ["common"]
    articles = [article("a", [*rare, *common]), article("b", rare)]
    articles += [article(f"c{n}", common) for n in range(5)]
    assert names(articles, "a")[0] == "b"


def test_a_source_tells_more_than_a_term() -> None:
    articles = [article("a", ["s"], ["t"]), article("b", [], ["t"]), article("c", ["s"])]
    assert names(articles, "a") == ["c", "b"]


def test_ties_keep_the_order_of_the_articles() -> None:
    articles = [article(name, ["s"]) for name in "abcdef"]
    assert names(articles, "a") == ["b", "c", "d"]
    assert names(articles, "e") == ["a", "b", "c"]


@pytest.mark.parametrize("more", ["Status: draft\n", "Status: hidden\n", "Lang: es\n"])
def test_what_readers_cannot_read_is_not_related(more: str) -> None:
    articles = [article("a", ["s"]), article("b", ["s"], more=more)]
    assert related.find(articles) == {}


def test_many_articles_take_linear_time() -> None:
    """All share one source, and neighbours another: pairs of all would be fifty million."""
    articles = [article(f"n{at}", ["all", f"s{at // 5}"]) for at in range(10_000)]
    start = time.process_time()
    assert names(articles, "n7") == ["n5", "n6", "n8"]
    assert time.process_time() - start < 5  # seconds


def test_the_page_lists_them(many: Path) -> None:
    soup = page(many, "articles/article-10")
    assert hrefs(soup, ".related a")
    assert "/articles/article-10/" not in hrefs(soup, ".related a")
    assert len(hrefs(soup, ".related a")) <= related.COUNT
    assert not page(many, "articles/article-09").select(".related")
