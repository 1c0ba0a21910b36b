"""Find everything that an editor is told of a content folder, short of a whole build.

Library, rules, formatting and rendering are checked as `invoke check` checks them; the ledgers
are then held against the rendered articles, as a build's audit holds them against its pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wellsourced.audit import facts
from wellsourced.citations import numbering
from wellsourced.diagnostics import Diagnostic, has_errors
from wellsourced.plugin import check as checking
from wellsourced.plugin.desk import prepare

ROOT = Path(__file__).resolve().parents[2]


def find(content: Path, cache: Path, *, publishing: bool = False) -> tuple[Diagnostic, ...]:
    """Give the sorted findings of a content folder; `cache` keeps formatted references."""
    settings = {
        "PATH": str(content),
        "THEME": str(ROOT / "theme"),
        "SITEURL": "",
        "WELLSOURCED_ORIGIN": "http://localhost:8000",
        "WELLSOURCED_CACHE": str(cache),
        "WELLSOURCED_PUBLISHING": publishing,
    }
    found, _ = checking.check(settings)
    if has_errors(found):
        return found  # the gate stops here: no page, no audit
    return tuple(sorted({*found, *_lost(settings)}))


def _lost(settings: dict[str, object]) -> Iterator[Diagnostic]:
    desk = prepare(settings)
    for article in desk.site.articles:
        if ledger := desk.site.ledgers[article.path]:
            numbered = numbering.number(cite.key for cite in article.cites)
            body = desk.renderer.render(article, numbered, None).html
            yield from facts.lost(f"<main>{body}</main>".encode(), ledger)
