"""ANC: addresses that readers have linked to."""

from __future__ import annotations

from collections.abc import Iterator

from wellsourced.diagnostics import Location
from wellsourced.library.shape_check import nearest
from wellsourced.rules.registry import Finding, rule, site_rule
from wellsourced.rules.site import Site, is_draft, page_key
from wellsourced.source import Document
from wellsourced.source.document import Heading


@rule("ANC001", on="article")
def vanished(document: Document, site: Site) -> Iterator[Finding]:
    """An anchor that was published is gone from its article.

    Readers, search engines and other sites link to it; their links now lead to the top of the
    page. An id once published stays, or anchors.json names its heir.

    Wrong: `{#risks}` renamed to `{#side-effects}`.
    Right: the same, with `side-effects` in place of `risks` among the `published` ids of
    library/anchors.json, and `"redirects": {"risks": "side-effects"}`.
    """
    recorded = site.library.anchors.get(page_key(document))
    if not recorded:
        return
    ids = section_ids(document)
    for id in recorded.published:
        if id in ids or recorded.redirects.get(id) in ids:
            continue
        heading = _likely_heir(document, recorded.published, id)
        yield Finding(
            heading.span if heading else document.front_matter.fields[0].key_span,
            f'The published anchor "#{id}" is gone.',
            f"write {{#{id}}} at its heading again, or name its heir in library/anchors.json",
        )


@rule("ANC002", on="article")
def unrecorded(document: Document, site: Site) -> Iterator[Finding]:
    """An anchor goes out that anchors.json does not record.

    Once published it must stay; what is not recorded cannot be kept. Only a build for
    publication asks for this.

    Wrong: a new heading, published at once.
    Right: `invoke anchors`, then publish.
    """
    if not site.publishing or is_draft(document):
        return
    recorded = site.library.anchors.get(page_key(document))
    published = recorded.published if recorded else ()
    for heading in document.headings:
        if heading.level in (2, 3) and heading.id not in published:
            yield Finding(
                heading.span,
                f'The anchor "#{heading.id}" is not recorded in anchors.json.',
                'run "invoke anchors" to record it',
            )


@site_rule("ANC003")
def lost_page(site: Site) -> Iterator[tuple[Location, str, str]]:
    """An article whose anchors were published is gone.

    Every link to it now leads to an error page.

    Wrong: the file deleted, or its slug changed.
    Right: the article at its old slug, or its new address in library/redirects.yaml.
    """
    known = {page_key(document) for document in site.articles}
    for page, anchors in site.library.anchors.items():
        if page not in known and f"/{page}/" not in site.library.moved:
            yield (
                anchors.location,
                f'The published page "{page}" is gone.',
                nearest(page, known)
                or "restore the article under its old slug, or "
                "say where it went in library/redirects.yaml",
            )


def section_ids(document: Document) -> frozenset[str]:
    """Give the ids of a document's sections."""
    return frozenset(h.id for h in document.headings if h.level in (2, 3))


def _likely_heir(document: Document, published: tuple[str, ...], id: str) -> Heading | None:
    """Guess which heading lost the id: the new one that follows the same neighbour as before."""
    position = published.index(id)
    before = published[position - 1] if position else None
    sections = [h for h in document.headings if h.level in (2, 3)]
    for number, heading in enumerate(sections):
        neighbour = sections[number - 1].id if number else None
        if heading.id not in published and neighbour == before:
            return heading
    return None
