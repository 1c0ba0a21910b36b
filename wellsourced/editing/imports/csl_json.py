"""Read CSL-JSON, what Zotero calls "CSL JSON" and pandoc a bibliography in JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wellsourced.diagnostics import Diagnostic
from wellsourced.editing.imports import codes
from wellsourced.editing.imports.work import Work, doi, identifiers, plain
from wellsourced.library import json_reader
from wellsourced.library.csl import STANDARD
from wellsourced.library.positions import BrokenSyntaxError, Record

# Other people's words and other tools' housekeeping; none of it names the work. When someone else
# last opened the address is no fact of ours either: `custom.checked` holds that.
_NOT_TAKEN = frozenset(
    "id abstract accessed annote call-number categories citation-key citation-label "
    "citation-number keyword note source status archive archive_location".split()
)


def begins(text: str) -> bool:
    """Tell whether a text begins as a JSON list or mapping does."""
    return text.lstrip().startswith(("[", "{"))


def read(text: str, path: str) -> tuple[tuple[Work, ...], tuple[Diagnostic, ...]]:
    """Give the works of a CSL-JSON text, each at its first character, and its faults."""
    try:
        record = json_reader.parse(text, path)
    except BrokenSyntaxError as fault:
        return (), (codes.broken(fault.at, fault.message, fault.hint),)
    found = tuple(_faults(record))
    if found:
        return (), found
    if isinstance(record.value, dict):
        return (_work(record, (), record.value),), ()
    items = record.value if isinstance(record.value, list) else []
    return tuple(_work(record, (at,), item) for at, item in enumerate(items)), ()


def _faults(record: Record) -> Iterator[Diagnostic]:
    for key, place in record.duplicates:
        yield codes.broken(place, f'The key "{key}" is given twice here.', "keep one of the two")
    for at, item in enumerate(record.value) if isinstance(record.value, list) else ():
        if not isinstance(item, dict):
            hint = "write one mapping for each work"
            yield codes.broken(record.value_at((at,)), "This is no CSL-JSON item.", hint)


def _work(record: Record, trail: tuple[int, ...], item: Mapping[str, object]) -> Work:
    csl = {
        variable: plain(value) if isinstance(value, str) else value
        for variable, value in item.items()
        if variable in STANDARD - _NOT_TAKEN and value not in ("", [], {}, None)
    }
    extra = identifiers(str(item.get("URL", "")), str(item.get("note", "")))
    csl = {**extra, **csl}
    if short := csl.pop("journalAbbreviation", None):
        csl.setdefault("container-title-short", short)
    if csl.get("event-place") == csl.get("publisher-place"):
        csl.pop("event-place", None)  # Zotero writes a publisher's place twice
    if isinstance(number := csl.get("PMID"), int):
        csl["PMID"] = str(number)
    if isinstance(known := csl.get("DOI"), str):
        csl["DOI"] = doi(known)
    key = item.get("citation-key", item.get("id"))
    return Work(csl, record.entry_at(trail), key=key if isinstance(key, str) else "")
