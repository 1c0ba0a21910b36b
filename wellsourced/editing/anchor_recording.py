"""Record the anchors of every published article, so that none gets lost unseen."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wellsourced.diagnostics import Diagnostic, Severity
from wellsourced.rules import Site
from wellsourced.rules.site import is_draft, page_key


@dataclass(frozen=True, slots=True)
class Recorded:
    """The new bytes of anchors.json, and the (article's path, id) of each anchor that is new."""

    data: bytes
    added: tuple[tuple[str, str], ...]


def refusal(found: Iterable[Diagnostic]) -> str:
    """Say why anchors.json must not be written: what cannot be read in it would be lost."""
    errors = [one for one in found if one.severity is Severity.ERROR]
    if any(one.path.endswith("/anchors.json") for one in errors):
        return "anchors.json has errors; mend them first (`invoke check` shows them)."
    return ""


def record(site: Site) -> Recorded:
    """Add each section id that anchors.json lacks, and take none away.

    Published ids keep their order; new ones follow in the order of the text. A draft promises
    nothing yet.
    """
    pages: dict[str, dict[str, Any]] = {
        page: {"published": list(known.published), "redirects": dict(known.redirects)}
        for page, known in site.library.anchors.items()
    }
    added: list[tuple[str, str]] = []
    for document in site.articles:
        if is_draft(document):
            continue
        page = pages.setdefault(page_key(document), {"published": [], "redirects": {}})
        for heading in document.headings:
            if heading.level in (2, 3) and heading.id not in page["published"]:
                page["published"].append(heading.id)
                added.append((document.path, heading.id))
    text = json.dumps(pages, ensure_ascii=False, indent=2) + "\n"
    return Recorded(text.encode("utf-8"), tuple(added))
