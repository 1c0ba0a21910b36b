"""Lists of many articles are split into pages that lead to each other and name themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from wellsourced.paging import PER_PAGE
from wellsourced.rendering.components import Components

from ..conftest import ROOT

# Pages of the list → articles on each: 40 of the fixture and the shipped one.
PAGES = {
    "articles": 20,
    "articles/page/2": 20,
    "articles/page/3": 1,
    "topics/treatments": 20,
    "topics/treatments/page/2": 11,
    "topics/conditions": 9,
}


def page(site: Path, address: str) -> BeautifulSoup:
    """Parse the page at an address without its outer slashes."""
    return BeautifulSoup((site / address / "index.html").read_bytes(), "html5lib")


def hrefs(root: Tag | BeautifulSoup, selector: str) -> list[str]:
    """List where the links of a selector lead."""
    return [str(link["href"]) for link in root.select(selector)]


def articles(site: Path, address: str) -> list[str]:
    """List the articles that a page shows."""
    return hrefs(page(site, address), ".article-card__link")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_shows_its_share(many: Path, address: str) -> None:
    assert len(articles(many, address)) == PAGES[address]
    assert PAGES[address] <= PER_PAGE


def test_every_article_stands_on_one_page(many: Path) -> None:
    shown = [a for address in PAGES if address.startswith("a") for a in articles(many, address)]
    built = [f"/{p.parent.relative_to(many).as_posix()}/" for p in many.glob("articles/*/*.html")]
    built = [address for address in built if not address.startswith("/articles/page/")]
    assert sorted(shown) == sorted(built)
    assert not any("draft" in address for address in shown)


def test_a_topic_lists_its_articles_alone(many: Path) -> None:
    shown = articles(many, "topics/treatments") + articles(many, "topics/treatments/page/2")
    numbers = [int(one.strip("/")[-2:]) for one in shown if "article-" in one]
    assert sorted(numbers) == list(range(30))
    assert {path.name for path in (many / "topics").iterdir()} == {
        "index.html",
        "conditions",
        "treatments",
    }


def test_the_topics_are_counted(many: Path) -> None:
    listed = page(many, "topics").select(".topic-list li")
    assert [" ".join(one.get_text(" ").split()) for one in listed] == [
        "Conditions 9 articles",
        "Treatments 31 articles",
    ]


@pytest.mark.parametrize("address", [*PAGES, "topics", ""])
def test_a_page_names_itself(many: Path, address: str) -> None:
    soup = page(many, address)
    (canonical,) = hrefs(soup, "link[rel=canonical]")
    assert canonical == f"http://localhost:8000/{address}/".replace("8000//", "8000/")
    assert len(soup.select("h1")) == 1


def test_titles_are_told_apart(many: Path) -> None:
    titles = [str(page(many, address).title) for address in PAGES]
    assert len(set(titles)) == len(titles)


def test_pages_lead_to_each_other(many: Path) -> None:
    second = page(many, "articles/page/2")
    origin = "http://localhost:8000"
    assert hrefs(second, "link[rel=prev]") == [f"{origin}/articles/"]
    assert hrefs(second, "link[rel=next]") == [f"{origin}/articles/page/3/"]
    (pager,) = second.select("nav.pager")
    assert pager["aria-label"]
    assert hrefs(pager, "a") == [
        "/articles/",
        "/articles/",
        "/articles/page/2/",
        "/articles/page/3/",
        "/articles/page/3/",
    ]
    assert hrefs(pager, "a[aria-current=page]") == ["/articles/page/2/"]
    assert not hrefs(page(many, "articles"), "link[rel=prev]")
    assert not hrefs(page(many, "articles/page/3"), "link[rel=next]")


def test_a_list_of_one_page_has_no_pager(many: Path, site: Path) -> None:
    assert not page(many, "topics/conditions").select(".pager")
    assert not page(site, "articles").select(".pager")


def test_the_home_page_stays_short(many: Path) -> None:
    home = page(many, "")
    assert len(home.select(".article-card")) == 6
    assert "/articles/" in hrefs(home, "main a")
    assert "All 41 articles" in home.get_text()
    assert {"/topics/treatments/", "/topics/conditions/"} <= set(hrefs(home, "main a"))


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("article-00", ["/", "/topics/", "/topics/treatments/"]),
        ("article-39", ["/", "/articles/"]),
    ],
)
def test_an_article_says_where_it_belongs(many: Path, slug: str, expected: list[str]) -> None:
    article = page(many, f"articles/{slug}")
    assert hrefs(article, "nav.breadcrumb a") == expected
    (data,) = article.select('script[type="application/ld+json"]')
    (trail,) = [
        node for node in json.loads(data.string or "")["@graph"]
        if node["@type"] == "BreadcrumbList"
    ]  # fmt: skip
    items = [one["item"].removeprefix("http://localhost:8000") for one in trail["itemListElement"]]
    assert items == [*expected, f"/articles/{slug}/"]


def test_the_sitemap_lists_the_lists(many: Path) -> None:
    places = BeautifulSoup((many / "sitemap.xml").read_bytes(), "xml").select("loc")
    listed = {
        place.get_text().removeprefix("http://localhost:8000/").strip("/") for place in places
    }
    assert {*PAGES, "topics"} <= listed
    assert not any("draft" in one or one.startswith("search") for one in listed)


def test_topics_of_one_article_are_said_honestly(site: Path) -> None:
    soup = page(site, "topics")
    assert soup.select(".topic-list li") or "No article has a topic yet." in soup.get_text()


def test_what_many_articles_use_is_folded(many: Path) -> None:
    entry = page(many, "references").find(id="boyce2020")
    assert isinstance(entry, Tag)
    shown, folded = hrefs(entry, "p.uses a"), hrefs(entry, "details.uses a")
    assert len(shown) == 10
    assert len(folded) == len(set(folded) - set(shown)) > 5
    (more,) = entry.select("summary")
    assert more.get_text() == f"and {len(folded)} more"


def test_a_long_index_leads_to_each_letter(site: Path) -> None:
    soup = page(site, "glossary")
    links = soup.select(".letters a")
    letters = [link.get_text() for link in links]
    assert len(letters) > 5
    assert letters == sorted(set(letters))
    assert all(soup.find(id=str(link["href"]).removeprefix("#")) for link in links)


def test_the_search_page_stays_short_on_a_large_site() -> None:
    words = [f"{letter}{number}" for letter in "abcdefghijkmnoprst" for number in range(60)]
    articles = [{"title": word, "url": f"articles/{word}/"} for word in words]
    shown = {
        "start": "",
        "articles": articles,
        "categories": [({"name": one, "url": f"topics/{one}/"}, articles[:1]) for one in words],
        "library": {
            "terms": {word: {"id": word, "term": word} for word in words},
            "products": {word: {"id": word, "name": word} for word in words},
        },
    }
    html = Components(ROOT / "theme", "").render("search-index", **shown)
    soup = BeautifulSoup(html, "html5lib")
    assert len(soup.select("a")) < 200
    for place in ("articles/", "topics/", "glossary/", "products/"):
        (whole,) = soup.select(f"a[href='/{place}']")
        assert whole.get_text().startswith(f"All {len(words)} ")
    for place in ("glossary", "products"):
        first = [str(link["href"]) for link in soup.select(f".letters a[href^='/{place}/#']")]
        assert first == [f"/{place}/#{letter}0" for letter in "abcdefghijkmnoprst"]
    names = [nav["aria-label"] for nav in soup.select("nav")]
    assert len(names) == len(set(names)) == 2
