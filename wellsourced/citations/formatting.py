"""Format references as readers see them: one HTML entry each, in the site's citation style."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from html import escape
from pathlib import Path
from types import MappingProxyType

from wellsourced.citations import entry_cache, pandoc
from wellsourced.diagnostics import Diagnostic, code, diagnose
from wellsourced.library.bibliography import Reference

STYLE = Path(__file__).parent / "styles" / "apa-numeric-superscript-brackets.csl"

# Stands in for the address while pandoc formats, so that the style decides where the address
# goes and nothing on the way can change a character of it.
_ADDRESS = "WELLSOURCEDADDRESS"
_NO_WORDS = re.compile(
    rf'<div class="csl-left-margin">.*?</div>|<[^>]*>|\(n\.d\.\)|{_ADDRESS}', re.DOTALL
)
# Part of the cache key: to be raised when this module prints the same input in another way.
_EDITION = "2"

_Item = dict[str, object]


def format_references(
    references: Mapping[str, Reference], cache: Path | None = None, style: Path = STYLE
) -> tuple[Mapping[str, str], tuple[Diagnostic, ...]]:
    """Format references as key → HTML of the entry, without its number, and say what failed.

    An entry's only link is the reference's own address. `cache` is a folder for what pandoc gave;
    None formats anew. No entry depends on another, so only those that are not kept are formatted.
    Raises `OSError` when pandoc cannot be started or the cache cannot be written.
    """
    names = _digests(references, style)
    known = entry_cache.load(cache) if cache else {}
    entries = {key: known[name] for key, name in names.items() if name in known}
    missing = [references[key] for key in sorted(references) if key not in entries]
    fresh, findings = _format(missing, style)
    entries |= fresh
    findings += _find_alike([references[key] for key in sorted(references)], entries)
    if cache and missing and not findings:
        entry_cache.save(cache, {names[key]: entry for key, entry in entries.items()})
    return _in_order(entries, references), tuple(findings)


def _format(
    references: Sequence[Reference], style: Path
) -> tuple[dict[str, str], list[Diagnostic]]:
    """Format references in one run of pandoc."""
    if not references:
        return {}, []
    items = [_item(reference, at) for at, reference in enumerate(references)]
    run = pandoc.format_items(items, style)
    findings = [*_find_rejected(references, items, run, style)]
    entries = {
        reference.key: _finish(run.entries[str(item["id"])], reference)
        for reference, item in zip(references, items, strict=True)
        if _has_words(run.entries.get(str(item["id"]), ""))
    }
    if not run.failed:
        findings += _find_missing(references, entries)
    return entries, findings


def _in_order(entries: Mapping[str, str], references: Mapping[str, Reference]) -> Mapping[str, str]:
    return MappingProxyType({key: entries[key] for key in references if key in entries})


def _item(reference: Reference, at: int) -> _Item:
    """Make the item that pandoc sees: a plain id, and the one address that is to be printed."""
    item = {name: value for name, value in reference.csl.items() if name != "DOI"}
    item["id"] = f"r{at}"
    if reference.url is not None:
        item["URL"] = _ADDRESS
    return item


def _digests(references: Mapping[str, Reference], style: Path) -> Mapping[str, str]:
    """Map each key to the digest of all that its entry is made of; no other reference is."""
    common = sha256()
    for part in (_EDITION.encode(), pandoc.version().encode(), style.read_bytes()):
        common.update(len(part).to_bytes(8, "big") + part)
    digests: dict[str, str] = {}
    for key, reference in references.items():
        work = [reference.url, reference.csl.get("DOI"), _item(reference, 0)]
        digest = common.copy()
        digest.update(json.dumps(work, sort_keys=True).encode("ascii"))
        digests[key] = digest.hexdigest()
    return digests


def _has_words(entry: str) -> bool:
    """Tell whether an entry says more than its number, its address and that it has no date."""
    return any(sign.isalnum() for sign in _NO_WORDS.sub("", entry))


def _finish(entry: str, reference: Reference) -> str:
    """Put the address, and a DOI that it does not show, where the style wants the address."""
    if reference.url is None:
        return entry
    if "accessed" not in reference.csl:
        # APA 9.16 wants "Retrieved DATE, from" for undated pages; without DATE the word is left.
        entry = entry.replace(f"Retrieved {_ADDRESS}", _ADDRESS)
    shown = escape(reference.url)
    address = f'<a href="{shown}" rel="noopener">{shown}</a>'
    doi = str(reference.csl.get("DOI", ""))
    if doi and doi.casefold() not in reference.url.casefold():
        address = f"{address} doi:{escape(doi)}"
    return entry.replace(_ADDRESS, address) if _ADDRESS in entry else f"{entry} {address}"


@code("CIT040")
def _find_rejected(
    references: Sequence[Reference], items: Sequence[_Item], run: pandoc.Run, style: Path
) -> Iterator[Diagnostic]:
    """Find a reference that the citation processor rejects or complains about.

    Formats all references through pandoc and, when it fails or warns, searches by halves for the
    ones to blame.
    A rejected item leaves the page without the entry that its cites lead to.

    Wrong:
        "volume": 99999999999999999999
    Right:
        "volume": 45
    """
    if not run.failed and not run.complaint:
        return
    for at, words in _blame(list(range(len(items))), items, run, style):
        yield diagnose(
            references[at].location,
            "CIT040",
            f'The reference "{references[at].key}" cannot be formatted: {words}',
            "compare its fields with CSL-JSON 1.0.2",
        )


def _blame(
    group: list[int], items: Sequence[_Item], run: pandoc.Run, style: Path
) -> Iterator[tuple[int, str]]:
    """Give the places of the items that a bad run of a group is due to, with pandoc's words."""
    if len(group) == 1:
        yield group[0], run.complaint
        return
    blamed = False
    for half in (group[: len(group) // 2], group[len(group) // 2 :]):
        part = pandoc.format_items([items[at] for at in half], style)
        if part.failed or part.complaint:
            blamed = True
            yield from _blame(half, items, part, style)
    if not blamed:
        yield group[0], run.complaint


@code("CIT041")
def _find_missing(
    references: Sequence[Reference], entries: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Find a reference whose formatted entry is missing or empty.

    Checks that the citation processor gave words for every reference.
    The reader who follows a cite must land on a work that can be looked up, not on a bare number.

    Wrong:
        {"id": "nata", "type": "webpage", "title": "<i></i>"}
    Right:
        {"id": "nata", "type": "webpage", "title": "Dry Needling in Athletic Training"}
    """
    for reference in references:
        if reference.key not in entries:
            yield diagnose(
                reference.location,
                "CIT041",
                f'The entry of the reference "{reference.key}" comes out empty.',
                "give it an author, a date or a title",
            )


@code("CIT042")
def _find_alike(
    references: Sequence[Reference], entries: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Find two references whose formatted entries read the same.

    Compares the finished entries, letter by letter.
    The style has no "2020a" and "2020b": the reader could not tell which of the two a sentence
    rests on.

    Wrong: two entries "Athletic Trainers. (n.d.). Dry needling.", of two different pages.
    Right: the same two, each with the name of its site.
    """
    first: dict[str, Reference] = {}
    for reference in references:
        entry = entries.get(reference.key)
        if entry is None:
            continue
        twin = first.setdefault(entry, reference)
        if twin is not reference:
            yield diagnose(
                reference.location,
                "CIT042",
                f'The entry of "{reference.key}" reads the same as that of "{twin.key}".',
                "add what tells them apart: date, site, address",
            )
