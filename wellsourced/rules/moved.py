"""MOV: pages that moved, and where readers of their old addresses end up."""

from __future__ import annotations

from collections.abc import Iterator

from wellsourced.diagnostics import Location
from wellsourced.library.shape_check import nearest
from wellsourced.rules.destinations import anchors_of
from wellsourced.rules.registry import site_rule
from wellsourced.rules.site import Site, is_draft


@site_rule("MOV001")
def still_there(site: Site) -> Iterator[tuple[Location, str, str]]:
    """A page is said to have moved, but there is one at its old address.

    Hosts send everyone away from that address, so nobody could read the page.

    Wrong: `/about/: {to: /contact/}` in library/redirects.yaml while pages/about.md exists.
    Right: only addresses that have no page any more.
    """
    for old, moved in site.library.moved.items():
        if old in site.addresses:
            yield (
                moved.location,
                f'There is a page at "{old}", which is said to have moved.',
                "remove the entry, or the page",
            )


@site_rule("MOV002")
def nowhere(site: Site) -> Iterator[tuple[Location, str, str]]:
    """A page is said to have moved to an address that has no page, or only a draft.

    Whoever follows the old link is sent on to an error page.

    Wrong: `/articles/old/: {to: /articles/what-is-needling/}` in library/redirects.yaml.
    Right: `/articles/old/: {to: /articles/what-is-dry-needling/}`.
    """
    there = {
        address
        for address, document in site.addresses.items()
        if document is None or not is_draft(document)
    }
    for old, moved in site.library.moved.items():
        if moved.to not in there and moved.to not in site.library.moved:
            yield (
                moved.location,
                f'"{old}" is said to have moved to "{moved.to}", where there is no page.',
                nearest(moved.to, there),
            )


@site_rule("MOV003")
def lost_anchors(site: Site) -> Iterator[tuple[Location, str, str]]:
    """A page moved, and an anchor that readers have linked to is not on its new page.

    A browser takes the part after `#` along to the new address; where it is missing, the reader
    lands at the top and has to look for the passage.

    Wrong: an article moved to one that has no section `risks`, which the old one had published.
    Right: the same, with `"redirects": {"risks": "side-effects"}` at the new article in
    library/anchors.json.
    """
    for old, moved in site.library.moved.items():
        recorded = site.library.anchors.get(old.strip("/"))
        document = site.addresses.get(moved.to)
        if recorded is None or document is None:
            continue
        ids = anchors_of(document, site)
        for id in recorded.published:
            if id not in ids and recorded.redirects.get(id) not in ids:
                yield (
                    moved.location,
                    f'The published anchor "#{id}" of "{old}" is not on "{moved.to}".',
                    f'name its heir among the redirects of "{moved.to.strip("/")}" in '
                    "library/anchors.json",
                )
