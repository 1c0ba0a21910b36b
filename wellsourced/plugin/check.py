"""Check content without publishing it: what `invoke check` runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from wellsourced import rules, source
from wellsourced.citations import numbering
from wellsourced.diagnostics import Diagnostic
from wellsourced.plugin.desk import Desk, prepare, shown
from wellsourced.rules.site import page_key
from wellsourced.source import Document


def check(settings: Mapping[str, Any]) -> tuple[tuple[Diagnostic, ...], Mapping[str, str]]:
    """Check a whole content folder: findings, sorted, and the text of each document."""
    desk = prepare(settings)
    found = set(desk.found)
    for document in desk.site.documents:
        found |= set(_disagreements(document, desk))
    return tuple(sorted(found)), desk.texts


def check_file(
    settings: Mapping[str, Any], path: Path
) -> tuple[tuple[Diagnostic, ...], Mapping[str, str]]:
    """Check any one Markdown file as an article of the site, against the site's library.

    Raises `OSError` when the file cannot be read.
    """
    desk = prepare(settings)
    display = shown(path.resolve())
    known = next((d for d in desk.site.documents if d.path == display), None)
    if known:
        return tuple(d for d in desk.found if d.path == display) + tuple(
            _disagreements(known, desk)
        ), desk.texts
    document = source.read(path, display)
    site = replace(desk.site, articles=(*desk.site.articles, document))
    found = [*rules.check_document(document, site), *_disagreements(document, desk)]
    return tuple(sorted(set(found))), {display: document.text}


def _disagreements(document: Document, desk: Desk) -> tuple[Diagnostic, ...]:
    """Render a document for what the renderer and the scanner disagree on.

    A document that already has a finding is left alone: its mistakes explain the rest.
    """
    if any(d.path == document.path for d in desk.found):
        return ()
    numbered = numbering.number(cite.key for cite in document.cites)
    if any(key not in desk.sources.entries for key in numbered.numbers):
        return ()
    anchors = desk.site.library.anchors.get(page_key(document))
    return desk.renderer.render(document, numbered, anchors).diagnostics
