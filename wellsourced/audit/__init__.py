"""Read the built pages, and only them, and say what is missing or broken."""

from __future__ import annotations

from pathlib import Path

from wellsourced.audit import facts
from wellsourced.diagnostics import Diagnostic
from wellsourced.rules.site import Site, address


def audit(output: Path, site: Site) -> tuple[Diagnostic, ...]:
    """Audit a built site against its content's ledgers."""
    found: list[Diagnostic] = []
    for document in site.articles:
        page = output / address(document).strip("/") / "index.html"
        ledger = site.ledgers.get(document.path, ())
        if ledger and page.is_file():
            found += facts.lost(page.read_bytes(), ledger)
    return tuple(found)
