"""Find what a link leads to: a document, its anchors, a page or file of the engine."""

from __future__ import annotations

from wellsourced.rules.site import Site, page_key
from wellsourced.source import Document
from wellsourced.source.document import Link

FILENAME = "{filename}"
STATIC = "{static}"
FILES = frozenset({"/feeds/atom.xml", "/sitemap.xml", "/robots.txt"})
"""Files of the engine that a link may lead to."""


def anchors_of(document: Document, site: Site) -> frozenset[str]:
    """Give every id of a document's page that a link may lead to."""
    ids = {h.id for h in document.headings if h.level in (2, 3)}
    ids |= {f"ref-{cite.key}" for cite in document.cites}
    for block in document.blocks:
        option = block.options.get("items")
        for item, _ in option.items if option else ():
            key = item.get("key") if isinstance(item, dict) else item
            ids.add(f"product-{key}" if block.name == "products" else f"ref-{key}")
    if document.citations and document.kind == "article":
        ids.add("references")
    if recorded := site.library.anchors.get(page_key(document)):
        ids |= recorded.redirects.keys()
    return frozenset(ids)


def engine_anchors(address: str, site: Site) -> frozenset[str] | None:
    """Give the ids of a page of the engine that a link may lead to; None for any other page."""
    if address == "/glossary/":
        return frozenset(site.library.terms)
    if address == "/references/":
        return frozenset(site.library.references)
    if address == "/products/":
        return frozenset(site.library.products)
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
    path = link.target.removeprefix(FILENAME).partition("#")[0]
    if path.startswith("/"):
        return path[1:]
    here = document.path.removeprefix(f"{site.folder}/").rpartition("/")[0].split("/")
    for part in path.split("/"):
        if part == "..":
            here = here[:-1]
        elif part not in (".", ""):
            here = [*here, part]
    return "/".join(here)
