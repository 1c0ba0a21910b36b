"""Load one catalogue by its file name, with two references known."""

from __future__ import annotations

from pathlib import Path

from wellsourced.diagnostics import Diagnostic
from wellsourced.library import (
    anchors,
    bibliography,
    catalogue,
    changes,
    glossary,
    ledger,
    people,
    redirects,
)

KNOWN = ("apta2015", "label2024")


def load(path: Path, display: str) -> tuple[object, tuple[Diagnostic, ...]]:
    """Give the values and findings of the catalogue at a path."""
    match path.name:
        case "references.json":
            return bibliography.load(path, display)
        case "products.yaml":
            return catalogue.load(path, display, KNOWN)
        case "glossary.yaml":
            return glossary.load(path, display, KNOWN)
        case "people.yaml":
            return people.load(path, display)
        case "anchors.json":
            return anchors.load(path, display)
        case "redirects.yaml":
            return redirects.load(path, display)
        case "log.changes.yaml":
            return changes.load(path, display)
        case "ledger.facts.yaml":
            return ledger.load(path, display, KNOWN)
    raise ValueError(f"no catalogue is called {path.name}")
