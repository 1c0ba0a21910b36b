"""Write references as CSL-JSON: the variables of CSL 1.0.2 and no others."""

from __future__ import annotations

import json
from collections.abc import Iterable
from textwrap import indent

from wellsourced.library.bibliography import Reference
from wellsourced.library.csl import STANDARD

_FIRST = ("id", "type", "title", "author", "container-title", "issued")


def write(references: Iterable[Reference]) -> str:
    """Give a CSL-JSON array of the references, in their order."""
    return join(map(entry, references))


def join(entries: Iterable[str]) -> str:
    """Give a CSL-JSON array of entries."""
    items = ",\n".join(entries)
    return f"[\n{items}\n]\n" if items else "[]\n"


def entry(reference: Reference) -> str:
    """Give a reference as CSL-JSON; `id` is its key.

    The variables stand in one fixed order: those that name the work, then the others by name.
    """
    known = {"id": reference.key} | {
        name: value for name, value in reference.csl.items() if name in STANDARD - {"id"}
    }
    names = [*(name for name in _FIRST if name in known), *sorted(known.keys() - set(_FIRST))]
    item = json.dumps({name: known[name] for name in names}, ensure_ascii=False, indent=2)
    return indent(item, "  ")
