"""Find what a link leads to: a document, its anchors, a page or file of the engine."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from wellsourced.rules.site import Site, page_key
from wellsourced.source import Document
from wellsourced.source.document import Link
from wellsourced.source.paths import FILENAME, file_named

STATIC = "{static}"
FILES = frozenset({"/feeds/atom.xml", "/sitemap.xml", "/robots.txt"})
"""Files of the engine that a link may lead to."""


def anchors_of(document: Document, site: Site) -> frozenset[str]:
    """Give every id of a document's page that a link may lead to."""
    ids = document.anchors
    if recorded := site.library.anchors.get(page_key(document)):
        ids |= recorded.redirects.keys()
    return ids


def engine_anchors(address: str, site: Site) -> Collection[str] | None:
    """Give the ids of a page of the engine that a link may lead to; None for any other page."""
    catalogues: Mapping[str, Collection[str]] = {
        "/glossary/": site.library.terms,
        "/references/": site.library.references,
        "/products/": site.library.products,
    }
    if address in catalogues:
        return catalogues[address]
    if address in FILES or address.startswith("/products/"):
        return frozenset()
    return None


def page_of(document: Document, site: Site, link: Link, base: str) -> Document | None:
    """Give the document that a link leads to, when it is one of this site that exists."""
    if not base:
        return document
    if base.startswith(FILENAME):
        return site.by_path.get(path_in_content(document, site, link))
    return site.addresses.get(base)


def path_in_content(document: Document, site: Site, link: Link) -> str:
    """Resolve a `{filename}` target to a path below the content folder."""
    return file_named(link.target, document.path.removeprefix(f"{site.folder}/"))
