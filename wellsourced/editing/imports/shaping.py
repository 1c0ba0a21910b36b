"""Make an entry of references.json of a work, without what the file says wrongly of it."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from wellsourced.diagnostics import Diagnostic
from wellsourced.editing.imports import codes
from wellsourced.editing.imports.work import Work
from wellsourced.library.csl import Item, impossible_parts
from wellsourced.library.reference import Reference

_STAND_IN = "work"
_FIRST = (
    "type", "title", "author", "editor", "issued", "container-title", "container-title-short",
    "collection-title", "volume", "issue", "number", "page", "edition", "publisher",
    "publisher-place", "language", "ISBN", "ISSN", "DOI", "PMID", "PMCID", "URL",
)  # fmt: skip
"""The order in which an entry's variables are written; any others follow."""


def shape(work: Work, tier: str) -> tuple[dict[str, object] | None, tuple[Diagnostic, ...]]:
    """Give the entry of a work, without its `id`, and what was left out; None without a title.

    `tier` holds for works whose file names no kind of evidence. Whether the address opens, and
    whether the publisher is independent, no export can tell: that is left for an editor.
    """
    if not work.csl.get("title"):
        return None, (codes.untitled(work.location),)
    csl = dict(work.csl)
    csl.setdefault("type", "document")
    unusable = _unusable(csl)
    found = tuple(codes.dropped(work.location, name, csl.pop(name)) for name in unusable)
    if "type" in unusable:
        csl["type"] = "document"
    if "title" in unusable:
        return None, (codes.untitled(work.location),)
    if work.retracted:
        found += (codes.retracted(work.location, str(csl["title"])),)
    order = [name for name in _FIRST if name in csl] + [name for name in csl if name not in _FIRST]
    entry = {name: csl[name] for name in order}
    return {**entry, "custom": _custom(work, csl, tier)}, found


def as_reference(entry: Mapping[str, object], key: str, work: Work) -> Reference:
    """Give an entry as a reference, so that it can be compared with those of the library."""
    csl = {name: value for name, value in entry.items() if name != "custom"}
    url = csl.get("URL")
    return Reference(
        key, csl, str(entry["title"]), url if isinstance(url, str) else None,
        "unchecked", None, "other", None, "", "", "", None, work.location,
    )  # fmt: skip


def _custom(work: Work, csl: Mapping[str, object], tier: str) -> dict[str, object]:
    custom: dict[str, object] = {
        "url_status": "unchecked" if csl.get("URL") or csl.get("DOI") else "missing",
        "checked": None,
        "tier": work.tier or tier,
        "independent": None,
    }
    if work.retracted:
        custom["note"] = "Retracted."
    return custom


def _unusable(csl: Mapping[str, object]) -> tuple[str, ...]:
    """Name the variables whose values no entry of references.json may have."""
    custom = {"url_status": "missing", "tier": "other"}
    bad = [str(trail[0]) for trail, _ in impossible_parts(csl)]
    try:
        Item.model_validate({**csl, "id": _STAND_IN, "custom": custom})
    except ValidationError as error:
        bad += [str(one["loc"][0]) for one in error.errors()]
    return tuple(name for name in csl if name in bad)
