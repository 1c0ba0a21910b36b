"""Make references for tests from CSL variables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from wellsourced.diagnostics import Location
from wellsourced.library import bibliography
from wellsourced.library.bibliography import Reference

APTA: list[dict[str, str]] = [{"literal": "American Physical Therapy Association"}]


def reference(key: str, line: int = 1, **csl: Any) -> Reference:
    """Make a reference as the library would; `container_title` names `container-title`."""
    variables = {name.replace("_", "-"): value for name, value in csl.items()}
    variables = {"id": key, "type": "webpage", "title": key} | variables
    doi = variables.get("DOI")
    url = variables.get("URL") or (f"https://doi.org/{doi}" if doi else None)
    return Reference(
        key=key,
        csl=MappingProxyType(variables),
        title=str(variables["title"]),
        url=url,
        url_status="ok" if url else "missing",
        checked=None,
        tier="other",
        independent=None,
        independence_note="",
        unverified="",
        note="",
        source_number=None,
        location=Location("content/library/references.json", line, 5, line, 9),
    )


def by_key(*references: Reference) -> Mapping[str, Reference]:
    """Map the references by key, in the order given."""
    return {one.key: one for one in references}


def shipped() -> Mapping[str, Reference]:
    """Load the references of the shipped site."""
    path = Path(__file__).parents[2] / "content" / "library" / "references.json"
    assert json.loads(path.read_bytes())
    return bibliography.load(path)[0]
