"""Let the content promise what the output does not hold: anchors, heirs, facts, a reviewer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.mutations.mutation import promise_mutation
from tests.site.expectations import Article, Expectations

SLUG = "what-is-dry-needling"


def article(change: Callable[[Article], Article]) -> Callable[[Expectations], Expectations]:
    """Alter what the shipped article promises."""

    def alter(expected: Expectations) -> Expectations:
        changed = change(expected.articles[SLUG])
        return replace(expected, articles={**expected.articles, SLUG: changed})

    return alter


def anchors(**changed: object) -> Callable[[Expectations], Expectations]:
    """Alter the article's entry in anchors.json."""

    def alter(expected: Expectations) -> Expectations:
        entry = {**expected.anchors[f"articles/{SLUG}"], **changed}
        return replace(expected, anchors={**expected.anchors, f"articles/{SLUG}": entry})

    return alter


def reviewed(expected: Expectations) -> Expectations:
    """Name a reviewer whom the page does not know."""
    person = {"name": "A Reviewer", "kind": "person"}
    changed = article(lambda old: replace(old, front={**old.front, "reviewer": "reviewer"}))
    return replace(changed(expected), people={**expected.people, "reviewer": person})


MUTATIONS = (
    promise_mutation("publish an anchor that is not there", "published_anchors_stay", anchors(
        published=["gone"])),
    promise_mutation("forget a published anchor", "published_anchors_are_recorded", anchors(
        published=[])),
    promise_mutation("redirect to an heir that is not there", "redirects_have_heirs", anchors(
        redirects={"old": "gone"})),
    promise_mutation("do not print a redirect", "redirects_have_heirs", anchors(
        redirects={"old": "risks"})),
    promise_mutation("lose an inventory item", "inventory_is_in_the_ledger", article(
        lambda old: replace(old, facts=old.facts[1:]))),
    promise_mutation("hide a reviewer", "reviewer_is_told_or_missing", reviewed),
)  # fmt: skip
