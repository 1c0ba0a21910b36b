"""Render documents over the library of tests/sites/valid."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from wellsourced import rules
from wellsourced.citations import numbering
from wellsourced.diagnostics import Diagnostic, Severity
from wellsourced.rendering.components import Components
from wellsourced.rendering.renderer import Renderer, Rendering
from wellsourced.rendering.sources import Sources
from wellsourced.rules import Site
from wellsourced.source import Document

_HARMLESS = (
    "ANC", "CIT001", "CIT004", "CIT005", "CLM", "DIS", "HEAD001", "HEAD002", "HEAD003", "HEAD004",
    "IMG", "LNK", "META", "PRD", "PUB", "REV",
)  # fmt: skip
ROOT = Path(__file__).resolve().parents[2]


@cache
def site() -> Site:
    """Load the valid site."""
    found, _ = rules.load(ROOT / "tests/sites/valid", "content", date(2026, 11, 24))
    return found


@cache
def _renderer() -> Renderer:
    library = site().library
    entries = {key: key for key in library.references}
    components = Components(ROOT / "theme", "")
    return Renderer(Sources(library, components, entries, site().pictures, {}))


def check(document: Document) -> tuple[Diagnostic, ...]:
    """Give what the rules find in a document."""
    return rules.check_document(document, site())


def render(document: Document) -> Rendering:
    """Render a document whose cites are all known."""
    return _renderer().render(document, numbering.number(c.key for c in document.cites), None)


def disagreements(document: Document) -> tuple[Diagnostic, ...]:
    """Give where scanner and renderer disagree, when no finding says so already.

    A wrong target or a word too many changes no construct; such findings are passed over.
    """
    if any(
        d.severity is Severity.ERROR and not d.code.startswith(_HARMLESS) for d in check(document)
    ):
        return ()
    return render(document).diagnostics
