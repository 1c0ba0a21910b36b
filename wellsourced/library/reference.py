"""Hold one reference as the engine and the templates read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wellsourced.diagnostics import Location


@dataclass(frozen=True, slots=True)
class Reference:
    """One work that articles cite.

    `csl` holds its CSL-JSON variables without `custom`; `url` is its address, or that of its DOI
    (https://doi.org/DOI) when the item has no URL; `independent` tells whether
    its publisher is independent of the products on our pages, None when that is not established.
    """

    key: str
    csl: Mapping[str, object]
    title: str
    url: str | None
    url_status: str
    checked: date | None
    tier: str
    independent: bool | None
    independence_note: str
    unverified: str
    note: str
    source_number: int | None
    location: Location

    @property
    def authors_text(self) -> str:
        """Give the authors, given name first, joined by commas; "" when there is none."""
        authors = self.csl.get("author")
        return ", ".join(map(name_text, authors)) if isinstance(authors, list) else ""

    @property
    def year(self) -> int | None:
        """Give the year of issue."""
        issued = self.csl.get("issued")
        parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
        return int(parts[0][0]) if parts else None

    @property
    def publisher(self) -> str:
        """Give the publisher; "" when the item has none."""
        return str(self.csl.get("publisher", ""))


def name_text(name: Mapping[str, object]) -> str:
    """Spell a CSL name in reading order: given name, particles, family name, suffix."""
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return str(name.get("literal") or " ".join(str(name[part]) for part in parts if part in name))
