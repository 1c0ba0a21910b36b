"""Hold the ids of a page: each stands once, and whatever names one finds it."""

from __future__ import annotations

from collections.abc import Iterator

from wellsourced.audit.page import Page, line_of
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose

_NAMING = (
    "aria-labelledby", "aria-describedby", "aria-controls", "aria-details", "aria-owns", "for",
    "headers", "list", "popovertarget", "commandfor",
)  # fmt: skip


def check(page: Page) -> Iterator[Diagnostic]:
    """Check the ids of a page."""
    for id, elements in page.ids.items():
        if not id or id.split() != [id]:
            yield odd_id(page.at(elements[0], f'id="{id}"'), id)
        for twin in elements[1:]:
            before = sum(one.sourceline == twin.sourceline for one in elements)
            yield twin_id(page.at(twin, f'id="{id}"', before - 1), id, line_of(elements[0]))
    for attribute in _NAMING:
        for element in page.having(attribute):
            for id in (element.get(attribute) or "").split():
                if id not in page.ids:
                    yield dangling(page.at(element, id), attribute, id)


@code("AUD010")
def twin_id(at: Location, id: str, first: int) -> Diagnostic:
    """Two elements of a page have the same id.

    A link to it leads to the first one only, and a screen reader names the wrong thing.

    Wrong: `<section id="risks">` twice on one page.
    Right: `<section id="risks">` and `<section id="risks-2">`.
    """
    return diagnose(
        at, "AUD010", f'The id "{id}" stands in line {first} already.', "give one another id"
    )


@code("AUD011")
def dangling(at: Location, attribute: str, id: str) -> Diagnostic:
    """An attribute names an id that the page does not have.

    What a screen reader should say, or a button should open, is not there.

    Wrong: `<section aria-labelledby="risks-heading">` without an element of that id.
    Right: `<h2 id="risks-heading">` in it.
    """
    return diagnose(
        at, "AUD011", f'"{attribute}" names "{id}", which no element has.', "add or correct the id"
    )


@code("AUD012")
def odd_id(at: Location, id: str) -> Diagnostic:
    """An id is empty or holds a blank.

    No link can lead to it (HTML § 3.2.6).

    Wrong: `id="side effects"`
    Right: `id="side-effects"`
    """
    return diagnose(at, "AUD012", f'"{id}" cannot be an id.', "use letters, digits and hyphens")
