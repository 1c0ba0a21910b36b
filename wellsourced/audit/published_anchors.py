"""Hold a page to the anchors that readers have linked to: there, or led on to an heir."""

from __future__ import annotations

from collections.abc import Iterator

from wellsourced.audit.page import Page
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose


def check(page: Page) -> Iterator[Diagnostic]:
    """Check that every published anchor of a page leads somewhere on it."""
    for id in page.promise.anchors:
        if id not in page.ids:
            yield lost_anchor(page.at(page.main), id)


@code("AUD097")
def lost_anchor(at: Location, id: str) -> Diagnostic:
    """A published anchor is not on its page, nor led on to another.

    Links from other sites now end at the top of the page, far from what they promised.

    Wrong: `"published": ["risks"]` in anchors.json and no element `id="risks"`.
    Right: that id, or `<span id="risks"></span>` at the start of its heir.
    """
    return diagnose(
        at, "AUD097", f'The published anchor "#{id}" is not on the page.',
        "restore its id, or name its heir among the redirects of anchors.json",
    )  # fmt: skip
