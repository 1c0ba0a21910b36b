"""Hold the frame of a page: its language, its title, and its landmarks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from wellsourced.audit.page import Element, Page, text_of, words
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")  # BCP 47, as far as sites use it


def check(page: Page) -> Iterator[Diagnostic]:
    """Check language, title, description and landmarks of a page."""
    html = page.root
    for element in page.having("lang"):
        if not _LANGUAGE.fullmatch(element.get("lang", "")):
            yield no_language(page.at(element), element.get("lang", ""))
    if html.get("lang") is None:
        yield no_language(page.at(html), "")
    if not any(text_of(one).strip() for one in page.all("title")):
        yield no_description(page.at(html), "<title>")
    if page.promise.kind != "page" and not page.meta("description").strip():
        yield no_description(page.at(html), '<meta name="description">')
    yield from _landmarks(page)


def _landmarks(page: Page) -> Iterator[Diagnostic]:
    mains = page.tags.get("main", [])
    for tag, count in (("main", len(mains)), ("header", None), ("footer", None)):
        there = page.tags.get(tag, [])
        if count is None:
            there = [one for one in there if not _is_inner(one)]
        if len(there) != 1:
            at = page.at(there[1]) if there else page.at(page.root)
            yield odd_landmark(at, tag, len(there))
    named = [(nav, _own_name(nav, page)) for nav in page.all("nav")]
    names = Counter(own for _, own in named)
    for nav, own in named:
        if len(named) > 1 and (not own or names[own] > 1):
            yield unnamed_navigation(page.at(nav), own)
    first = next((one for one in page.all("a") if one.get("href") is not None), None)
    target = mains[0].get("id") if mains else None
    if first is not None and (not target or first.get("href") != f"#{target}"):
        yield no_skip_link(page.at(first))


def _is_inner(element: Element) -> bool:
    """Tell whether a header or footer is that of a part, not of the page (HTML-AAM)."""
    return next(element.iterancestors("main", "article"), None) is not None


def _own_name(nav: Element, page: Page) -> str:
    """Give what names a navigation; its own links do not."""
    label = (nav.get("aria-label") or "").strip()
    ids = (nav.get("aria-labelledby") or "").split()
    return label or " ".join(words(page.ids[id][0]) for id in ids if id in page.ids)


@code("AUD068")
def no_language(at: Location, written: str) -> Diagnostic:
    """A page does not say in which language it is.

    Screen readers read it aloud by the wrong rules (WCAG 2.2 SC 3.1.1).

    Wrong: `<html>` or `<html lang="english">`
    Right: `<html lang="en">`
    """
    shown = f'"{written}" is no language.' if written else "The page names no language."
    return diagnose(at, "AUD068", shown, 'write a tag of BCP 47 such as lang="en"')


@code("AUD069")
def no_description(at: Location, what: str) -> Diagnostic:
    """A page has no title or no description.

    Tabs, bookmarks and search results show nothing to choose it by.

    Wrong: `<title></title>`
    Right: `<title>What is dry needling? | Well Sourced</title>`
    """
    return diagnose(at, "AUD069", f"The page has no {what}.", "add it to the page's head")


@code("AUD070")
def odd_landmark(at: Location, tag: str, count: int) -> Diagnostic:
    """A page lacks a landmark, or has one twice.

    Readers who jump from landmark to landmark miss a part of the page.

    Wrong: a page without `<main>`, or with two.
    Right: one `<header>`, one `<main>`, one `<footer>`.
    """
    return diagnose(
        at, "AUD070", f"The page has {count} <{tag}>, not one.", f"keep one <{tag}> on each page"
    )


@code("AUD071")
def unnamed_navigation(at: Location, name: str) -> Diagnostic:
    """One of several navigations has no name, or shares it with another.

    Screen readers list them by name; two of one name cannot be told apart.

    Wrong: two `<nav>` without `aria-label`.
    Right: `<nav aria-label="Site">` and `<nav aria-label="About this site">`.
    """
    shown = f'Two navigations are named "{name}".' if name else "A navigation has no name."
    return diagnose(at, "AUD071", shown, "give each an aria-label of its own")


@code("AUD072")
def no_skip_link(at: Location) -> Diagnostic:
    """The first link of a page does not lead to its main part.

    Who moves by keyboard has to pass the whole menu on each page (WCAG 2.2 SC 2.4.1).

    Wrong: a page that begins with its menu.
    Right: `<a href="#main">Skip to main content</a>` before it, and `<main id="main">`.
    """
    return diagnose(at, "AUD072", "The first link does not skip to <main>.", "link to it first")
