"""Gather the families of checks; importing this package registers every one."""

from tests.site.checks import (
    blocks,
    citations,
    claims,
    evidence,
    exports,
    indexes,
    links,
    metadata,
    pictures,
    previews,
    products,
    sections,
)
from tests.site.checks.registry import ARTICLE_CHECKS, SITE_CHECKS, faults

__all__ = [
    "ARTICLE_CHECKS",
    "SITE_CHECKS",
    "blocks",
    "citations",
    "claims",
    "evidence",
    "exports",
    "faults",
    "indexes",
    "links",
    "metadata",
    "pictures",
    "previews",
    "products",
    "sections",
]
