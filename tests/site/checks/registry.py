"""Register the checks of a built site; each is pure and gives the faults it found, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.site.expectations import Article
from tests.site.page import Page, Site

ArticleCheck = Callable[[Site, Article, Page], Iterable[str]]
SiteCheck = Callable[[Site], Iterable[str]]

ARTICLE_CHECKS: dict[str, ArticleCheck] = {}
SITE_CHECKS: dict[str, SiteCheck] = {}


def article_check(function: ArticleCheck) -> ArticleCheck:
    """Register a check that runs once for every published article."""
    ARTICLE_CHECKS[function.__name__] = function
    return function


def site_check(function: SiteCheck) -> SiteCheck:
    """Register a check that runs once over the whole site."""
    SITE_CHECKS[function.__name__] = function
    return function


def faults(name: str, site: Site, slug: str | None = None) -> list[str]:
    """Run one check by name: over the site, one article (slug), or every article (None)."""
    if name in SITE_CHECKS:
        return list(SITE_CHECKS[name](site))
    check = ARTICLE_CHECKS[name]
    return [
        f"{article.slug}: {fault}"
        for article in site.expected.articles.values()
        if slug in (None, article.slug)
        for fault in check(site, article, site.article(article.slug))
    ]
