"""Hold what articles share: references, products, terms, people, disclaimers, anchors.

Every catalogue has its file here with the model of what an editor writes, the frozen values that
the engine reads, and `load(path)`, which gives the values and what is wrong with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from wellsourced.diagnostics import Diagnostic
from wellsourced.library import anchors as _anchors
from wellsourced.library import (
    bibliography,
    catalogue,
    disclaimers,
    glossary,
    people,
    redirects,
    retractions,
)
from wellsourced.library.anchors import Anchors
from wellsourced.library.bibliography import Reference
from wellsourced.library.catalogue import Product
from wellsourced.library.disclaimers import Disclaimer
from wellsourced.library.glossary import Term
from wellsourced.library.people import Person
from wellsourced.library.redirects import Moved
from wellsourced.library.retractions import Retractions

__all__ = ["Library", "load"]


@dataclass(frozen=True, slots=True)
class Library:
    """All catalogues of a site; each is a read-only mapping in its file's order."""

    references: Mapping[str, Reference]
    products: Mapping[str, Product]
    terms: Mapping[str, Term]
    people: Mapping[str, Person]
    disclaimers: Mapping[str, Disclaimer]
    anchors: Mapping[str, Anchors]
    retractions: Retractions = field(default_factory=Retractions)
    moved: Mapping[str, Moved] = field(default_factory=lambda: MappingProxyType({}))


def load(folder: Path, display: str = "content/library") -> tuple[Library, tuple[Diagnostic, ...]]:
    """Read the catalogues of a folder; `display` is the folder's path as findings show it.

    The findings are sorted. A catalogue that is not there is empty.
    """

    def at(name: str) -> tuple[Path, str]:
        return folder / name, f"{display}/{name}"

    references, in_references = bibliography.load(*at("references.json"))
    # When no reference could be read, that one finding is enough.
    known = None if in_references and not references else references
    products, in_products = catalogue.load(*at("products.yaml"), known=known)
    terms, in_terms = glossary.load(*at("glossary.yaml"), known=known)
    persons, in_people = people.load(*at("people.yaml"))
    texts, in_disclaimers = disclaimers.load(*at("disclaimers"))
    published, in_anchors = _anchors.load(*at("anchors.json"))
    withdrawn, in_retractions = retractions.load(*at("retractions.json"))
    moved, in_moved = redirects.load(*at("redirects.yaml"))
    return (
        Library(references, products, terms, persons, texts, published, withdrawn, moved),
        tuple(sorted(
            in_references + in_products + in_terms + in_people + in_disclaimers + in_anchors
            + in_retractions + in_moved,
            key=lambda one: (one.path, one.line, one.column, one.code, one.message),
        )),
    )  # fmt: skip
