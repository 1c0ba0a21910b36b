"""Check documents against the library: every rule, one family a file."""

from wellsourced.rules import (
    advice,
    ageing,
    anchors,
    blocks,
    citations,
    claims,
    disclaimers,
    evidence,
    files,
    headings,
    images,
    language,
    link_forms,
    links,
    lists,
    markup,
    metadata,
    moved,
    picture_files,
    products,
    publication,
    raw_html,
    review,
    support,
    tables,
    terms,
    topics,
)
from wellsourced.rules.registry import check, check_document, check_together
from wellsourced.rules.site import Site, load

FAMILIES = (
    metadata, files, review, citations, claims, support, ageing, evidence, language, blocks,
    lists, advice, markup, products, disclaimers, terms, headings, links, link_forms, images,
    picture_files, tables, raw_html, anchors, moved, publication,
    topics,
)  # fmt: skip
"""The modules whose rules are registered; a family that is not named here checks nothing."""

__all__ = ["FAMILIES", "Site", "check", "check_document", "check_together", "load"]
