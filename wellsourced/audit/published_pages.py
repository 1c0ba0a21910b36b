"""Hold the site to the pages that readers have linked to: each is there, or has moved."""

from __future__ import annotations

from collections.abc import Iterator

from wellsourced.audit.promises import key
from wellsourced.audit.whole import Whole
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose


def check(whole: Whole) -> Iterator[Diagnostic]:
    """Check that every page with published anchors is there, or has moved."""
    for page in whole.site.library.anchors:
        address = f"/{page}/"
        wanted = key(address)
        # A page that is withheld was taken back on purpose, or is not out yet.
        is_there = wanted in whole.files or wanted in whole.withheld
        if not is_there and address not in whole.site.library.moved:
            yield lost_page(Location(wanted))


@code("AUD096")
def lost_page(at: Location) -> Diagnostic:
    """A page whose anchors were published is not in the output.

    Every link to it from elsewhere ends on an error page.

    Wrong: "articles/x" in anchors.json and no articles/x/index.html.
    Right: the page, or its new address in library/redirects.yaml.
    """
    return diagnose(
        at, "AUD096", "A page that readers have linked to is not in the output.",
        "publish it again, or say in library/redirects.yaml where it went",
    )  # fmt: skip
