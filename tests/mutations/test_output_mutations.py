"""Show that every planted fault in the output is reported, and that the output has none."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.mutations.mutation import SHIPPED, Mutation, copied
from tests.mutations.planted import MUTATIONS
from tests.site.built import CONTENT, built_site
from tests.site.checks import ARTICLE_CHECKS, SITE_CHECKS, faults
from tests.site.expectations import Fact, read
from tests.site.page import Page, Site, innermost

FACTS = [fact for article in read(CONTENT).articles.values() for fact in article.facts]


@cache
def before(check: str, output: Path) -> frozenset[str]:
    """Run a check over the built site as it is."""
    return frozenset(faults(check, built_site(output)))


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_is_reported(site: Path, built: Site, mutation: Mutation) -> None:
    assert before(mutation.check, site) == frozenset()
    assert faults(mutation.check, mutation.change(built)), f"{mutation.check} does not report it"


@pytest.fixture(scope="module")
def page(built: Site) -> Page:
    """Copy the article's page once; each test puts back what it takes out."""
    return copied(built.pages[SHIPPED])


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
def test_losing_a_fact_is_reported(built: Site, page: Page, fact: Fact) -> None:
    """Take every block that states a fact out of its section; its id must be named."""
    scope = page.soup.find("body") if fact.section == "page" else page.by_id(fact.section)
    assert scope is not None
    taken = []
    for phrase in fact.phrases:
        for tag in innermost(scope, phrase):
            mark = page.soup.new_tag("i")
            tag.replace_with(mark)
            taken.append((tag, mark))
    try:
        reported = faults("facts_stand_in_their_sections", built.with_page(page))
    finally:
        for tag, mark in reversed(taken):
            mark.replace_with(tag)
    assert any(f": {fact.id}: " in fault for fault in reported)


def test_every_check_is_shown_to_fail() -> None:
    """Ask for at least one planted fault for each check."""
    proven = {mutation.check for mutation in MUTATIONS}
    assert proven <= ARTICLE_CHECKS.keys() | SITE_CHECKS.keys()
    assert ARTICLE_CHECKS.keys() | SITE_CHECKS.keys() == proven


def test_names_are_unique() -> None:
    names = [mutation.name for mutation in MUTATIONS]
    assert len(names) == len(set(names)) >= 40
