"""Plant faults in dates, the state of review, the page head and JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.mutations.mutation import Change, drop, one, page_mutation, put, say
from tests.site.page import Page

Node = dict[str, Any]


def json_ld(change: Callable[[Node], object], kind: str = "MedicalWebPage") -> Change:
    """Alter the first node of a type in the page's JSON-LD."""

    def alter(page: Page) -> None:
        script = one(page, 'script[type="application/ld+json"]')
        data = json.loads(script.string or "")
        change(_find(data, kind))
        script.string = json.dumps(data)

    return alter


def _find(data: Any, kind: str) -> Node:
    waiting = [data]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, dict):
            if item.get("@type") == kind:
                return item
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item
    raise AssertionError(f"no {kind} in the JSON-LD")


def garble(page: Page) -> None:
    """Break the JSON."""
    script = one(page, 'script[type="application/ld+json"]')
    script.string = (script.string or "").replace(":", "", 1)


MUTATIONS = (
    page_mutation("break the JSON-LD", "json_ld_parses", garble),
    page_mutation("drop the JSON-LD", "json_ld_names_the_page", drop(
        'script[type="application/ld+json"]')),
    page_mutation("alter the JSON-LD author", "json_ld_names_the_page", json_ld(
        lambda node: node.update(author=[{"@type": "Person", "name": "Jo Doe"}]))),
    page_mutation("alter the JSON-LD headline", "json_ld_names_the_page", json_ld(
        lambda node: node.update(name="Dry needling cures pain", headline="x"))),
    page_mutation("alter the JSON-LD date", "json_ld_dates_are_those_of_the_source", json_ld(
        lambda node: node.update(dateModified="2030-01-01"))),
    page_mutation("drop lastReviewed", "json_ld_dates_are_those_of_the_source", json_ld(
        lambda node: node.pop("lastReviewed"))),
    page_mutation("drop a JSON-LD citation", "json_ld_cites_the_bibliography", json_ld(
        lambda node: node["citation"].pop())),
    page_mutation("rename a JSON-LD citation", "json_ld_cites_the_bibliography", json_ld(
        lambda node: node["citation"][0].update(name="Other"))),
    page_mutation("add reviewedBy", "reviewer_is_told_or_missing", json_ld(
        lambda node: node.update(reviewedBy={"@type": "Person", "name": "Jo Doe"}))),
    page_mutation("hide that no clinician reviewed it", "reviewer_is_told_or_missing", say(
        "linically reviewed", "hecked", "body", 9)),
    page_mutation("invent an offer", "json_ld_parses", json_ld(
        lambda node: node["mentions"][0].update(offers={"@type": "Offer", "price": "9.99"}))),
    page_mutation("invent a rating", "json_ld_parses", json_ld(
        lambda node: node["mentions"][0].update(aggregateRating={"ratingValue": "4.9"}))),
    page_mutation("drop a JSON-LD product", "json_ld_mentions_the_products", json_ld(
        lambda node: node["mentions"].pop())),
    page_mutation("alter the breadcrumb", "json_ld_breadcrumb_is_the_visible_one", json_ld(
        lambda node: node["itemListElement"].pop(), "BreadcrumbList")),
    page_mutation("alter a shown date", "dates_region_and_authors_are_shown", put(
        "main time", "datetime", "2031-02-03")),
    page_mutation("misread a date", "dates_region_and_authors_are_shown", say(
        "2026", "2036", "main time")),
    page_mutation("hide the author", "dates_region_and_authors_are_shown", say(
        "Well Sourced editors", "Staff", "main", 9)),
    page_mutation("hide the region", "dates_region_and_authors_are_shown", say(
        "United States", "World", "main", 99)),
    page_mutation("alter the summary", "dates_region_and_authors_are_shown", say(
        "for some people", "for people", "header")),
    page_mutation("drop the canonical address", "heads_are_complete", drop("link[rel=canonical]")),
    page_mutation("drop the description", "heads_are_complete", drop("meta[name=description]")),
    page_mutation("drop the language", "heads_are_complete", put("html", "lang", None)),
)  # fmt: skip
