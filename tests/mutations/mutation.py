"""Say what a mutation is, and give the small changes that mutations are made of."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from bs4 import BeautifulSoup, NavigableString, Tag

from tests.site.expectations import Expectations
from tests.site.page import Page, Site, article_path

SHIPPED = article_path("what-is-dry-needling")
Change = Callable[[Page], None]


@dataclass(frozen=True)
class Mutation:
    """Hold one planted fault: its name, the check that must report it, and the change."""

    name: str
    check: str
    change: Callable[[Site], Site]


def page_mutation(name: str, check: str, change: Change, path: str = SHIPPED) -> Mutation:
    """Plant a fault in one page; `change` alters a copy of its soup in place."""

    def mutate(site: Site) -> Site:
        page = copied(site.pages[path])
        change(page)
        return site.with_page(Page(path, page.soup))

    return Mutation(name, check, mutate)


def copied(page: Page) -> Page:
    """Copy a page, so that a change to its soup leaves the built one alone.

    A soup's own deep copy keeps the empty `html` that its parser starts from.
    """
    soup = BeautifulSoup("", "html.parser")
    for child in page.soup.contents:
        soup.append(copy.deepcopy(child))
    return Page(page.path, soup)


def file_mutation(
    name: str, check: str, path: str, change: Callable[[str], str] | None
) -> Mutation:
    """Plant a fault in one file that is no page; without a change, take the file away."""

    def mutate(site: Site) -> Site:
        if change is None:
            return site.with_file(path, None)
        text = site.files[path].decode("utf-8")
        changed = change(text)
        assert changed != text, f"{name} changes nothing"
        return site.with_file(path, changed.encode("utf-8"))

    return Mutation(name, check, mutate)


def promise_mutation(
    name: str, check: str, change: Callable[[Expectations], Expectations]
) -> Mutation:
    """Leave the output as it is and let the content promise something else."""
    return Mutation(name, check, lambda site: replace(site, expected=change(site.expected)))


def one(page: Page, selector: str) -> Tag:
    """Find the first tag for a selector; fails when the page has none to mutate."""
    tag = page.soup.select_one(selector)
    assert tag is not None, f"nothing to mutate at {selector}"
    return tag


def drop(selector: str) -> Change:
    """Take the first match out of the page."""
    return lambda page: one(page, selector).decompose()


def unwrap(selector: str) -> Change:
    """Take the first match away and leave what it holds."""
    return lambda page: one(page, selector).unwrap() and None


def empty(selector: str) -> Change:
    """Leave the first match without content."""
    return lambda page: one(page, selector).clear()


def put(selector: str, name: str, value: str | None) -> Change:
    """Set an attribute of the first match; None takes it away."""

    def change(page: Page) -> None:
        tag = one(page, selector)
        assert tag.get(name) != value, f"{name} of {selector} is {value!r} already"
        if value is None:
            del tag[name]
        else:
            tag[name] = value

    return change


def add(selector: str, name: str, text: str = "", **attributes: str) -> Change:
    """Add a new tag at the end of the first match."""

    def change(page: Page) -> None:
        tag = page.soup.new_tag(name, attrs=attributes)
        tag.string = text
        one(page, selector).append(tag)

    return change


def swap(first: str, second: str) -> Change:
    """Let two tags change places."""

    def change(page: Page) -> None:
        one_, other = one(page, first), one(page, second)
        mark = page.soup.new_tag("i")
        one_.replace_with(mark)
        other.replace_with(one_)
        mark.replace_with(other)

    return change


def move(selector: str, into: str, at: int | None = None) -> Change:
    """Move the first match into another tag: at a place among its children, or at the end."""

    def change(page: Page) -> None:
        tag = one(page, selector).extract()
        target = one(page, into)
        target.insert(len(target.contents) if at is None else at, tag)

    return change


def say(old: str, new: str, where: str = "main", count: int = 1) -> Change:
    """Replace words in the first `count` text nodes under a tag that hold them."""

    def change(page: Page) -> None:
        found = [
            text
            for tag in page.soup.select(where)
            for text in tag.find_all(string=partial(_in, old))
            if isinstance(text, NavigableString)
        ]
        assert found, f"{old!r} does not stand in {where}"
        for text in found[:count]:
            text.replace_with(str(text).replace(old, new, 1))

    return change


def _in(old: str, text: str | None) -> bool:
    return text is not None and old in text
