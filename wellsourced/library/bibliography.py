"""Load the references: content/library/references.json, a CSL-JSON array."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from wellsourced.diagnostics import Diagnostic, Location, Severity, code, diagnose
from wellsourced.library.csl import Item, ItemCore, impossible_parts
from wellsourced.library.fields import IMPOSSIBLE_DATE
from wellsourced.library.positions import Record
from wellsourced.library.records import read
from wellsourced.library.reference import Reference
from wellsourced.library.same_works import find_same_works
from wellsourced.library.shape_check import check
from wellsourced.library.shapes import Example, declare

__all__ = ["Reference", "load"]

# As the DOI Handbook has it, other signs, such as # and <, are percent-encoded in a DOI's address.
_DOI_SAFE = "/:;().,_-~"

SHAPE = declare(
    "CIT",
    "references.json",
    "a list of CSL-JSON items",
    Example(
        right='"title": "Dry Needling",',
        broken='"title": "Dry Needling"  // the page of 2018',
        misspelt='"titel": "Dry Needling",',
        bad_value='"title": 2018,',
    ),
)


def load(path: Path, display: str = "") -> tuple[Mapping[str, Reference], tuple[Diagnostic, ...]]:
    """Read references.json into key → Reference, in the file's order, with its findings.

    A faulty item keeps its key, so that cites of it are not reported as well.
    """
    record, found = read(path, display or path.name, SHAPE, list)
    if record is None:
        return MappingProxyType({}), found
    findings = list(found)
    references: dict[str, Reference] = {}
    sound_ones: dict[str, Reference] = {}
    for at, item in enumerate(record.value if isinstance(record.value, list) else []):
        model, faults = check(Item, record, (at,), SHAPE, _CODES)
        findings += faults
        raw: Mapping[str, object] = item if isinstance(item, dict) else {}
        key = raw.get("id")
        if not isinstance(key, str):
            continue
        impossible = list(_find_impossible_dates(record, at, raw))
        findings += impossible
        sound = None if impossible else model
        reference = _reference(key, raw, record.entry_at((at,)), sound)
        if key in references:
            findings.append(_duplicate(reference, references[key]))
            continue
        references[key] = reference
        if sound is not None:
            sound_ones[key] = reference
            findings += _find_contradictions(record, at, reference)
            findings += _find_unchecked(record, at, reference)
    findings += find_same_works(sound_ones, record)
    return MappingProxyType(references), tuple(findings)


def _reference(
    key: str, raw: Mapping[str, object], at: Location, model: ItemCore | None
) -> Reference:
    csl = {name: value for name, value in raw.items() if name != "custom"}
    if model is None:
        title = str(raw.get("title", key))
        stand_in = MappingProxyType({"id": key, "title": title})
        return Reference(key, stand_in, title, None, "", None, "", None, "", "", "", None, at)
    own = model.custom
    return Reference(
        key=key,
        csl=MappingProxyType(csl),
        title=model.title,
        url=model.URL or (model.DOI and f"https://doi.org/{quote(model.DOI, safe=_DOI_SAFE)}"),
        url_status=own.url_status,
        checked=own.checked,
        tier=own.tier,
        independent=own.independent,
        independence_note=own.independence_note,
        unverified=own.unverified,
        note=own.note,
        source_number=own.source_number,
        location=at,
    )


@code("CIT026")
def _duplicate(second: Reference, first: Reference) -> Diagnostic:
    """Find two references with the same id.

    Checks that each id in references.json is given once.
    A cite names its source by the id: with two sources under one id, the reader is led to a
    source that does not say what the sentence says.

    Wrong:
        {"id": "apta2019", "title": "Dry Needling"}, {"id": "apta2019", "title": "Billing"}
    Right:
        {"id": "apta2019", "title": "Dry Needling"}, {"id": "apta2019b", "title": "Billing"}
    """
    return diagnose(
        second.location,
        "CIT026",
        f'The reference "{second.key}" is given twice.',
        f"the first stands in line {first.location.line}; give this one its own id",
    )


@code("CIT029")
def _unknown_type() -> None:
    """Find a reference whose type is missing or none of CSL's.

    Checks `type` against the list of CSL 1.0.2.
    The type decides how the entry is printed; of an unknown one the journal, the site or the
    report number would be left out, and the reader could not find the work.

    Wrong:
        "type": "journal-article"
    Right:
        "type": "article-journal"
    """


@code("CIT030")
def _find_impossible_dates(
    record: Record, at: int, item: Mapping[str, object]
) -> Iterator[Diagnostic]:
    """Find a date in the references that no calendar has.

    Checks the year, month and day of each CSL date, and `checked`.
    How old a source is decides how far a reader may trust it; an impossible date hides that.

    Wrong:
        "issued": {"date-parts": [[2019, 2, 30]]}
    Right:
        "issued": {"date-parts": [[2019, 2]]}
    """
    for trail, message in impossible_parts(item):
        yield diagnose(
            record.value_at((at, *trail)), "CIT030", message, "leave out the parts not known"
        )


@code("CIT031")
def _unknown_tier() -> None:
    """Find a reference whose evidence tier is missing or unknown.

    Checks `custom.tier` against the site's list of tiers.
    The tier tells the reader whether a sentence rests on a systematic review or on a maker's
    advertisement; without it all sources look equal.

    Wrong:
        "tier": "review"
    Right:
        "tier": "systematic-review"
    """


@code("CIT032")
def _find_contradictions(record: Record, at: int, reference: Reference) -> Iterator[Diagnostic]:
    """Find an address status that is missing, unknown, or at odds with the address.

    Checks that `url_status` is "ok", "archived" or "unchecked" where the item has a URL or DOI,
    and "missing" where it has neither.
    The page tells the reader whether the source can be opened; it must not promise an address
    that is not there, nor deny one that is.

    Wrong:
        "title": "Dry Needling", "custom": {"url_status": "ok"}
    Right:
        "title": "Dry Needling", "custom": {"url_status": "missing"}
    """
    if (reference.url is None) == (reference.url_status == "missing"):
        return
    yield diagnose(
        record.value_at((at, "custom", "url_status")),
        "CIT032",
        f'The address is called "{reference.url_status}", but '
        + ("there is none." if reference.url is None else "there is one."),
        'add the "URL", or write "missing"'
        if reference.url is None
        else 'write "ok" or "archived", or remove the address',
    )


@code("CIT033")
def _uncitable_key() -> None:
    """Find a reference whose id cannot be cited.

    Checks that the id is made of letters, digits and, between them, "-", "_", ":" and ".".
    No article can cite another id, so the source would never stand behind a sentence.

    Wrong:
        "id": "APTA 2019"
    Right:
        "id": "apta2019"
    """


@code("CIT034")
def _malformed_identifier() -> None:
    """Find a DOI or PMID that is none.

    Checks that `DOI` is a bare DOI (ISO 26324: prefix, slash, suffix) and `PMID` is digits.
    Readers and reference managers open works by these; a malformed one leads nowhere.

    Wrong:
        "DOI": "https://doi.org/10.2519/jospt.2017.7096"
    Right:
        "DOI": "10.2519/jospt.2017.7096"
    """


@code("CIT035", Severity.WARNING)
def _find_unchecked(record: Record, at: int, reference: Reference) -> Iterator[Diagnostic]:
    """Find a reference whose address nobody has opened yet.

    Checks for the `url_status` "unchecked", which `invoke import-references` writes.
    What came out of another tool may lead to another work, or nowhere; the reader is told that
    the address was not checked.

    Wrong:
        "url_status": "unchecked", "checked": null
    Right:
        "url_status": "ok", "checked": "2026-11-24"
    """
    if reference.url_status == "unchecked":
        yield diagnose(
            record.value_at((at, "custom", "url_status")),
            "CIT035",
            f'Nobody has opened the address of "{reference.key}" yet.',
            'open it, then write "ok" or "archived" and the day as "checked"',
        )


_CODES = {
    "type": "CIT029",
    IMPOSSIBLE_DATE: "CIT030",
    "tier": "CIT031",
    "url_status": "CIT032",
    "key": "CIT033",
    "identifier": "CIT034",
}
