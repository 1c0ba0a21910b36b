"""Follow every link of the site: each page, file and part of a page that one names is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wellsourced.audit.page_facts import Link, no_anchor
from wellsourced.audit.whole import Whole
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose


def check(whole: Whole) -> Iterator[Diagnostic]:
    """Check that every page of the content was built."""
    for key in whole.promises.keys() - whole.files.keys():
        yield not_built(Location(key))


def follow(whole: Whole, keys: Iterable[str]) -> Iterator[Diagnostic]:
    """Follow the links of some pages."""
    faults: dict[str, str | None] = {}  # address → what its path or part lacks; None for nothing
    for key in keys:
        for link in whole.pages.links(key).links:
            target = link[0]
            if target not in faults:
                faults[target] = lacks(whole, target)
            if (fault := faults[target]) is not None:
                yield astray(whole, key, link, fault)


def lacks(whole: Whole, target: str) -> str | None:
    """Say what is not there of an address: its path, its `#part`, or None for nothing."""
    path, mark, fragment = target.partition("#")
    # A host answers for the folder's page under its full name, too.
    key = whole.key(path) or path[1:]
    if key not in whole.files:
        return path
    if mark and fragment and key in whole.pages and fragment not in whole.ids(key):
        return mark + fragment
    return None


def astray(whole: Whole, key: str, link: Link, fault: str) -> Diagnostic:
    """Tell of a link of a file that leads nowhere."""
    target, line, written = link
    path, _, fragment = target.partition("#")
    at = whole.at(key, line, written or target)
    if fault.startswith("#"):
        return no_anchor(at, path, fragment)
    return no_page(at, path, whole.hint(path))


@code("AUD022")
def no_page(at: Location, path: str, hint: str) -> Diagnostic:
    """A link, a picture or a download leads to nothing on this site.

    Readers get an error page, or a hole where a picture should be.

    Wrong: `<a href="/about">` where the page is at `/about/`.
    Right: `<a href="/about/">`
    """
    return diagnose(
        at, "AUD022", f'There is nothing at "{path}".', hint or "correct the link, or add the page"
    )


@code("AUD023")
def not_built(at: Location) -> Diagnostic:
    """A page of the content was not built.

    Whoever has its address gets an error page, and nobody was told.

    Wrong: an article in content/articles/ and no index.html for it.
    Right: a page for every article, page, product and index.
    """
    return diagnose(at, "AUD023", "This page was not built.", "build the site anew")
