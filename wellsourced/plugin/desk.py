"""Prepare a build: read the content, check it, and make ready what every page is rendered from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from markupsafe import Markup

from wellsourced.citations import formatting
from wellsourced.diagnostics import Diagnostic
from wellsourced.plugin.usage import Usage, find_usage, find_uses
from wellsourced.rendering.components import Components
from wellsourced.rendering.renderer import Renderer, prose
from wellsourced.rendering.sources import Sources
from wellsourced.rules import Site
from wellsourced.rules.site import address
from wellsourced.source import Document

_Value = TypeVar("_Value")

SETTING = "WELLSOURCED_DESK"
"""The Pelican setting that holds the `Desk` of a running build."""


@dataclass
class Desk:
    """One build's content as read and what renders it; `found` grows while pages are rendered."""

    site: Site
    sources: Sources
    renderer: Renderer
    usage: Usage
    origin: str
    found: list[Diagnostic] = field(default_factory=list)


class Track(Protocol):
    """Hands on a mapping that is the same for every page, perhaps as one that writes down reads."""

    def __call__(self, name: str, values: Mapping[str, _Value], /) -> Mapping[str, _Value]: ...


def untracked(name: str, values: Mapping[str, _Value]) -> Mapping[str, _Value]:
    """Give a mapping as it is."""
    return values


class Pages(Mapping[str, str]):
    """Where each file below the content folder is published, as a root-relative address."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents

    def __getitem__(self, path: str) -> str:
        return address(self._documents[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


def furnish(
    site: Site, settings: Mapping[str, Any], usage: Usage | None = None, track: Track = untracked
) -> Desk:
    """Make ready what a site's pages are rendered from; `found` has what its references lack.

    Without `usage` all articles are looked through for it.
    """
    library = site.library
    cache = Path(settings["WELLSOURCED_CACHE"])
    entries, faults = formatting.format_references(library.references, cache)
    disclosures = {k: Markup(prose(d.markdown)) for k, d in library.disclaimers.items()}
    sources = Sources(
        library=library,
        components=Components(Path(settings["THEME"]), settings["SITEURL"]),
        entries=track("entries", entries),
        pictures=site.pictures,
        disclosures=track("disclosures", disclosures),
        pages=track("pages", Pages(site.by_path)),
        folder=site.folder,
        site_url=settings["SITEURL"],
    )
    if usage is None:
        uses = ((article, find_uses(article, library)) for article in site.articles)
        usage = find_usage(library, uses, settings["SITEURL"])
    return Desk(
        site=site,
        sources=sources,
        renderer=Renderer(sources),
        usage=usage,
        origin=str(settings["SITEURL"] or settings["WELLSOURCED_ORIGIN"]),
        found=list(faults),
    )
