"""Load the anchors once published: content/library/anchors.json, page → ids and redirects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pydantic import Field

from wellsourced.diagnostics import Diagnostic, Location, code, diagnose
from wellsourced.library.fields import Entry, Text
from wellsourced.library.positions import Record
from wellsourced.library.records import read
from wellsourced.library.shape_check import check, nearest
from wellsourced.library.shapes import Example, declare

SHAPE = declare(
    "ANC",
    "anchors.json",
    'a mapping of page ("articles/<slug>") to anchors',
    Example(
        right='"published": ["basics", "risks"],',
        broken='"published": ["basics", "risks",],',
        misspelt='"publised": ["basics", "risks"],',
        bad_value='"published": "basics",',
    ),
)


class AnchorsEntry(Entry):
    """The anchors of one page as anchors.json holds them."""

    published: list[Text] = Field(description="the ids that links may lead to")
    redirects: dict[str, Text] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Anchors:
    """The ids that a page shows to the world, and old id → the heir that took its place."""

    published: tuple[str, ...]
    redirects: Mapping[str, str]
    location: Location


def load(path: Path, display: str = "") -> tuple[Mapping[str, Anchors], tuple[Diagnostic, ...]]:
    """Read anchors.json into page → Anchors with its findings."""
    record, found = read(path, display or path.name, SHAPE, dict)
    if record is None:
        return MappingProxyType({}), found
    findings = list(found)
    pages: dict[str, Anchors] = {}
    for page in record.value if isinstance(record.value, dict) else ():
        at = record.key_at((page,))
        entry, faults = check(AnchorsEntry, record, (page,), SHAPE)
        findings += faults
        if entry is None:
            pages[page] = Anchors((), MappingProxyType({}), at)
            continue
        redirects = MappingProxyType(dict(entry.redirects))
        pages[page] = Anchors(tuple(entry.published), redirects, at)
        findings += _find_repeats(record, page, pages[page])
        findings += _find_heirless(record, page, pages[page])
        findings += _find_living(record, page, pages[page])
    return MappingProxyType(pages), tuple(findings)


@code("ANC026")
def _find_heirless(record: Record, page: str, anchors: Anchors) -> Iterator[Diagnostic]:
    """Find a redirect whose heir is not a published id.

    Checks that each redirect leads straight to an id of the page's `published`; a chain of
    redirects does not.
    Whoever follows an old link would land at the top of the page and take the passage that they
    were sent to for withdrawn.

    Wrong:
        "published": ["risks"], "redirects": {"dangers": "side-effects", "side-effects": "risks"}
    Right:
        "published": ["risks"], "redirects": {"dangers": "risks", "side-effects": "risks"}
    """
    for old, heir in anchors.redirects.items():
        if heir in anchors.published:
            continue
        is_chain = heir in anchors.redirects
        end = _end_of_chain(anchors, heir) if is_chain else ""
        hint = f'redirect straight to "{end}"' if end else nearest(heir, anchors.published)
        yield diagnose(
            record.value_at((page, "redirects", old)),
            "ANC026",
            f'The heir "{heir}" of "{old}" is '
            + ("itself a redirect." if is_chain else "not among the published ids."),
            hint,
        )


def _end_of_chain(anchors: Anchors, heir: str) -> str:
    """Give the published id that a chain of redirects ends at; "" when there is none."""
    for _ in anchors.redirects:
        heir = anchors.redirects.get(heir, heir)
    return heir if heir in anchors.published else ""


@code("ANC027")
def _find_living(record: Record, page: str, anchors: Anchors) -> Iterator[Diagnostic]:
    """Find a redirect from an id that is still published.

    Checks that no id is both in `published` and redirected.
    The page would hold the id twice, and a link to it could land at either place.

    Wrong:
        "published": ["risks", "dangers"], "redirects": {"dangers": "risks"}
    Right:
        "published": ["risks"], "redirects": {"dangers": "risks"}
    """
    for old in anchors.redirects:
        if old in anchors.published:
            yield diagnose(
                record.key_at((page, "redirects", old)),
                "ANC027",
                f'The id "{old}" is redirected, but it is published still.',
                "remove the redirect, or take the id out of the published ones",
            )


@code("ANC028")
def _find_repeats(record: Record, page: str, anchors: Anchors) -> Iterator[Diagnostic]:
    """Find an id listed twice among a page's published ids.

    Checks that `published` names each id once.
    Of an id listed twice, one copy may be taken out while the other goes on promising a place
    that is no longer there.

    Wrong:
        "published": ["risks", "risks"]
    Right:
        "published": ["risks"]
    """
    seen: set[str] = set()
    for at, id in enumerate(anchors.published):
        if id in seen:
            where = record.value_at((page, "published", at))
            yield diagnose(where, "ANC028", f'The id "{id}" is listed twice.', "remove one")
        seen.add(id)
