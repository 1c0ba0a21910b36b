"""Run every check over one real build of the shipped content."""

from __future__ import annotations

import pytest

from tests.site.built import CONTENT
from tests.site.checks import ARTICLE_CHECKS, SITE_CHECKS, faults
from tests.site.expectations import read
from tests.site.page import Site

SLUGS = sorted(read(CONTENT).articles)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("name", ARTICLE_CHECKS)
def test_article(built: Site, name: str, slug: str) -> None:
    assert faults(name, built, slug) == []


@pytest.mark.parametrize("name", SITE_CHECKS)
def test_whole_site(built: Site, name: str) -> None:
    assert faults(name, built) == []


def test_every_article_is_published(built: Site) -> None:
    shown = {path.split("/")[1] for path in built.pages if path.count("/") == 2} & set(SLUGS)
    assert SLUGS
    assert shown == set(SLUGS)
