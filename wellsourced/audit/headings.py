"""Hold the headings of a page: one first-level heading, and no level left out."""

from __future__ import annotations

from collections.abc import Iterator

from wellsourced.audit.page import Element, Page, heading_words
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose

_LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")


def check(page: Page) -> Iterator[Diagnostic]:
    """Check the headings of a page, and that an article's contents list its sections."""
    headings = list(page.root.iter(*_LEVELS))
    first = [heading for heading in headings if heading.tag == "h1"]
    if not first:
        yield no_title(page.at(page.main))
    for heading in first[1:]:
        yield second_title(page.at(heading), heading_words(heading))
    before = 0
    for heading in headings:
        level, title = int(str(heading.tag)[1]), heading_words(heading)
        if level > before + 1:
            yield level_left_out(page.at(heading), title, level, before)
        if not title:
            yield empty_heading(page.at(heading))
        before = level
    if page.promise.kind == "article":
        yield from _contents(page, headings)


def _contents(page: Page, headings: list[Element]) -> Iterator[Diagnostic]:
    listed = {link.get("href") for nav in page.having("role", "doc-toc") for link in nav.iter("a")}
    for heading in headings:
        if heading.tag not in ("h2", "h3"):
            continue
        section = next(heading.iterancestors("section"), None)
        id = section.get("id") if section is not None else None
        if not id or f"#{id}" not in listed:
            yield unlisted(page.at(heading), heading_words(heading))


@code("AUD060")
def no_title(at: Location) -> Diagnostic:
    """A page has no first-level heading.

    Who listens to a page, or arrives in the middle of it, cannot tell what it is about.

    Wrong: a page whose first heading is an `<h2>`.
    Right: one `<h1>` with the page's title.
    """
    return diagnose(at, "AUD060", "The page has no <h1>.", "print the page's title as its <h1>")


@code("AUD061")
def second_title(at: Location, words: str) -> Diagnostic:
    """A page has more than one first-level heading.

    A reader who jumps from heading to heading takes it for the start of another page.

    Wrong: two `<h1>`.
    Right: one, and `<h2>` for its sections.
    """
    return diagnose(at, "AUD061", f'"{words}" is a second <h1>.', "make it an <h2>")


@code("AUD062")
def level_left_out(at: Location, words: str, level: int, before: int) -> Diagnostic:
    """A heading skips a level.

    The outline that screen readers offer has a hole, and readers look for what is not there.

    Wrong: an `<h4>` right after an `<h2>`.
    Right: an `<h3>`.
    """
    return diagnose(
        at, "AUD062", f'"{words}" is of level {level} after one of level {before}.',
        f"make it an <h{before + 1}>",
    )  # fmt: skip


@code("AUD063")
def empty_heading(at: Location) -> Diagnostic:
    """A heading has no words.

    Screen readers announce a heading and then say nothing.

    Wrong: `<h2></h2>`
    Right: `<h2>Risks</h2>`
    """
    return diagnose(at, "AUD063", "The heading has no words.", "give it words or take it away")


@code("AUD064")
def unlisted(at: Location, words: str) -> Diagnostic:
    """A section of an article is not in its contents list, or has no id to link to.

    Readers who look for it in the contents take it for missing.

    Wrong: `<h2>Risks</h2>` outside of a `<section id>`.
    Right: `<section id="risks"><h2>Risks</h2>…` and `<a href="#risks">` in the contents.
    """
    return diagnose(
        at, "AUD064", f'The contents do not list the section "{words}".', "list it by its id"
    )
