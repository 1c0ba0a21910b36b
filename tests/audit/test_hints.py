"""A link that leads nowhere comes with the address that was meant, also on a large site."""

from __future__ import annotations

import time

import pytest

from tests.conftest import ROOT
from wellsourced.audit import promises
from wellsourced.audit.memory import Memory
from wellsourced.audit.whole import Pages, Whole
from wellsourced.rules import Site, load

from .test_incremental import TODAY, VALID

ARTICLES = 20_000
SECONDS = 5.0


@pytest.fixture(scope="module")
def content() -> Site:
    """Read the content of the small site."""
    return load(VALID, "content", TODAY)[0]


@pytest.fixture
def whole(content: Site) -> Whole:
    """Make a large site of which only the names are looked at."""
    keys = ["about/index.html", "index.html"]
    for number in range(ARTICLES):
        folder = f"articles/article-{number}"
        keys += [f"{folder}/{name}" for name in ("index.html", "claims.json", "references.bib")]
    files = dict.fromkeys(keys, ROOT)
    pages = Pages({}, frozenset(), Memory(None))
    return Whole(files, pages, content, promises.of(content), "https://site.example")


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("/abuot/", "/about/"),
        ("/articles/artcle-15000/", "/articles/article-15000/"),
        ("/articles/article-15000/clams.json", "/articles/article-15000/claims.json"),
        ("/article/article-77/", "/articles/article-77/"),
    ],
)
def test_the_nearest_address_is_named(whole: Whole, wrong: str, meant: str) -> None:
    assert f'"{meant}"' in whole.hint(wrong)


def test_many_wrong_addresses_take_no_long_search(whole: Whole) -> None:
    started = time.process_time()
    for number in range(100):
        whole.hint(f"/articles/artcle-{number}/")
    assert time.process_time() - started < SECONDS
