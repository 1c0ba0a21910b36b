"""Hold what pages say of their own address: canonical links, languages, and noindex."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from wellsourced.audit.addresses import resolve
from wellsourced.audit.page_facts import PageFacts
from wellsourced.audit.whole import Whole
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose

_UNINDEXED = frozenset({"404.html", "search/index.html"})
"""Pages that a search engine should not list: an error, and another search."""


def check(whole: Whole) -> Iterator[Diagnostic]:
    """Check every page's canonical address, alternates and robots."""
    for key, facts in whole.pages.items():
        hidden = "noindex" in facts.robots
        wanted = key.rpartition("/")[0].rpartition("/")[2]
        is_unindexed = key in _UNINDEXED or key.endswith("/404.html") or wanted == "search"
        if is_unindexed and not hidden:
            yield indexed(Location(key))
        elif hidden and key in whole.promises and not is_unindexed:
            yield unindexed(whole.find(key, "noindex"))
        if facts.canonical or not hidden:
            url = whole.url(key)
            if unquote(facts.canonical) != url:
                at = whole.at(key, facts.canonical_line, facts.canonical)
                yield not_canonical(at, facts.canonical, url)
        yield from _alternates(whole, key, facts)


def _alternates(whole: Whole, key: str, facts: PageFacts) -> Iterator[Diagnostic]:
    """Check that translations name each other (Google and HTML: each must link back)."""
    for language, href in facts.alternates:
        target = resolve(href, "/", whole.origin)
        other = whole.key(target or "")
        if other not in whole.pages:
            yield lone_translation(whole.find(key, href), language, href, "is not there")
        elif other != key and whole.url(key) not in dict(whole.pages[other].alternates).values():
            yield lone_translation(whole.find(key, href), language, href, "does not link back")
        elif language not in ("x-default", whole.pages[other].language):
            why = f'is in "{whole.pages[other].language}"'
            yield lone_translation(whole.find(key, href), language, href, why)


@code("AUD080")
def not_canonical(at: Location, written: str, url: str) -> Diagnostic:
    """A page's canonical address is not its own.

    Search engines list another page in its place, or none.

    Wrong: `<link rel="canonical" href="https://wellsourced.example/articles/x">`
    Right: `<link rel="canonical" href="https://wellsourced.example/articles/x/">`
    """
    given = f'The canonical address is "{written}".' if written else "It is missing."
    return diagnose(at, "AUD080", given, f"this page is at {url}")


@code("AUD081")
def indexed(at: Location) -> Diagnostic:
    """A page that should not be found by a search engine does not say so.

    Readers arrive on an error page, or on an empty search.

    Wrong: 404.html without `<meta name="robots" content="noindex">`.
    Right: with it.
    """
    return diagnose(
        at, "AUD081", "Search engines would list this page.",
        'add <meta name="robots" content="noindex">',
    )  # fmt: skip


@code("AUD082")
def unindexed(at: Location) -> Diagnostic:
    """A page of the content asks search engines not to list it.

    Nobody finds it.

    Wrong: `<meta name="robots" content="noindex">` on an article.
    Right: an article without it.
    """
    return diagnose(at, "AUD082", "This page hides from search engines.", "take noindex out")


@code("AUD083")
def lone_translation(at: Location, language: str, href: str, why: str) -> Diagnostic:
    """A page names a translation that is not there, or does not name it in turn.

    Readers are sent to a page in a language that they do not read, or to none.

    Wrong: `hreflang="de"` to a page that names no `hreflang="en"`.
    Right: each names the other.
    """
    return diagnose(
        at, "AUD083", f'The page in "{language}" at "{href}" {why}.', "let both name each other"
    )
