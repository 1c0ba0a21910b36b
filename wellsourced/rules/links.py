"""LNK: where links lead."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from wellsourced.library.shape_check import nearest
from wellsourced.rules.certainty import same_letters
from wellsourced.rules.destinations import (
    FILES,
    STATIC,
    anchors_of,
    engine_anchors,
    page_of,
    path_in_content,
)
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site, is_draft
from wellsourced.source import Document
from wellsourced.source.document import Link
from wellsourced.source.paths import FILENAME
from wellsourced.source.spans import Span


@rule("LNK001")
def dead_file(document: Document, site: Site) -> Iterator[Finding]:
    """A link names a file of this site that does not exist.

    Pelican leaves the link as it is, and readers get an error page.

    Wrong: `[about us]({filename}/pages/abuot.md)`
    Right: `[about us]({filename}/pages/about.md)`
    """
    for link in document.links:
        if not link.target.startswith(FILENAME):
            continue
        path = path_in_content(document, site, link)
        if path not in site.by_path:
            yield Finding(
                link.target_span,
                f'There is no file "{path}" in {site.folder}/.',
                nearest(path, site.by_path) or "name a file under articles/ or pages/",
                _to_file(same_letters(path, site.by_path), link),
            )


@rule("LNK002")
def dead_anchor(document: Document, site: Site) -> Iterator[Finding]:
    """A link leads to an anchor that its page does not have.

    The reader lands at the top of the page and has to search.

    Wrong: `[the risks](#risk)` when the section is `{#risks}`.
    Right: `[the risks](#risks)`
    """
    for link in document.links:
        base, _, fragment = link.target.partition("#")
        if not fragment:
            continue
        page = page_of(document, site, link, base)
        if page is None:
            continue
        known = anchors_of(page, site)
        if unquote(fragment) not in known:
            start = link.target_span.start + len(base)
            yield Finding(
                Span(start, link.target_span.end),
                f'There is no anchor "{fragment}" on that page.',
                nearest(fragment, known) or "link to the id of one of its headings",
                f"#{meant}" if (meant := same_letters(fragment, known)) else None,
            )


@rule("LNK003")
def dead_address(document: Document, site: Site) -> Iterator[Finding]:
    """A link leads to an address that this site does not have.

    Readers get an error page.

    Wrong: `[the glossary](/glosary/)`
    Right: `[the glossary](/glossary/)`
    """
    for link in document.links:
        target = link.target.removeprefix(STATIC)
        if not target.startswith("/") or target.startswith("//"):
            continue
        base, _, fragment = target.partition("#")
        if base.startswith("/images/"):
            name = base.removeprefix("/images/")
            if name not in site.pictures:
                hint = nearest(name, site.pictures) or "put the file into images/"
                yield Finding(link.target_span, f'There is no picture "{base}".', hint)
        elif base not in site.addresses and base not in FILES and base not in site.lists:
            hint = nearest(base, site.addresses) or "an address of a page ends in a slash"
            yield Finding(link.target_span, f"This site has no page {base}", hint)
        elif (
            fragment and (known := engine_anchors(base, site)) is not None and fragment not in known
        ):
            start = link.target_span.start + len(base)
            yield Finding(
                Span(start, link.target_span.end),
                f'There is no anchor "{fragment}" on {base}',
                nearest(fragment, known) or "link to one of the entries there",
            )


@rule("LNK011")
def link_to_draft(document: Document, site: Site) -> Iterator[Finding]:
    """A published page links to a draft.

    A draft is not published: readers get an error page.

    Wrong: a link to an article with `Status: draft`.
    Right: the link added when the draft goes out.
    """
    if is_draft(document):
        return
    for link in document.links:
        target = page_of(document, site, link, link.target.partition("#")[0])
        if target is not None and is_draft(target):
            yield Finding(
                link.target_span,
                f"{target.path} is a draft and is not published.",
                "publish the draft first, or take the link out",
            )


def _to_file(path: str | None, link: Link) -> str | None:
    """Give a link's address with another file of the site; None when there is none."""
    _, mark, fragment = link.target.partition("#")
    return f"{FILENAME}/{path}{mark}{fragment}" if path else None
