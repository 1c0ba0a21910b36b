"""Make of an article the reference by which others cite it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from wellsourced.citations import own_page
from wellsourced.citations.exports import EXPORTS, Export
from wellsourced.library.reference import Reference
from wellsourced.plugin.desk import Desk
from wellsourced.rules.site import address, slug_of
from wellsourced.source import Document

FORMATS: tuple[Export, ...] = tuple(e for e in EXPORTS if e.suffix in ("bib", "ris"))
"""The formats in which an article gives its own citation: `citation.bib`, `citation.ris`."""


def cite(document: Document, desk: Desk, settings: Mapping[str, Any]) -> Reference:
    """Describe an article as it stands: its authors, its latest date, its address."""
    people = desk.site.library.people
    keys = (key.strip() for key in document.value("author").split(","))
    day = document.value("modified") or document.value("date")
    return own_page.reference(
        key=slug_of(document),
        title=document.value("title"),
        people=[people[key] for key in keys if key in people],
        day=date.fromisoformat(day[:10]) if day else desk.site.today,
        site_name=settings["SITENAME"],
        url=desk.origin + address(document),
        language=document.value("lang") or settings["DEFAULT_LANG"],
    )
