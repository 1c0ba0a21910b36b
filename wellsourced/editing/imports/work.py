"""Hold one work as found in a file of another tool, and read the values that the formats share."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wellsourced.diagnostics import Location

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
_PUBMED = re.compile(
    r"https?://(?:pubmed\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,9})/?$", re.A
)
_EXTRA = re.compile(r"^\s*(PMID|PMCID|DOI)\s*:\s*(\S+)\s*$", re.MULTILINE | re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(r"(\d{4})(?:[-/ ]([A-Za-z]{3,9}|\d{1,2}))?(?:[-/ ](\d{1,2}))?(?![\d])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Work:
    """One work: its CSL variables without `id`, where it stands, and what its file says of it.

    `key` is its key in that file, or ""; `tier` the kind of evidence that the file names, or "".
    """

    csl: Mapping[str, object]
    location: Location
    key: str = ""
    tier: str = ""
    retracted: bool = False


def plain(text: str) -> str:
    """Fold white space and take out what no page can show; entities become their characters."""
    return " ".join(_UNPRINTABLE.sub("", html.unescape(text)).split())


def first(*values: object) -> str:
    """Give the first value that is not empty, a list's first item, or ""."""
    for value in values:
        one = value[0] if isinstance(value, list) and value else value
        if isinstance(one, str) and (text := plain(one)):
            return text
    return ""


def name(text: str) -> dict[str, str] | None:
    """Read "Family, Given, Suffix" into a CSL name; a name with no comma is an organisation's.

    A comma at the end is EndNote's sign for an organisation.
    """
    parts = [part.strip() for part in plain(text).split(",")]
    if not parts[0]:
        return None
    if not any(parts[1:]):
        return {"literal": parts[0]}
    found = {"family": parts[0], "given": parts[1], "suffix": ", ".join(parts[2:])}
    return {part: value for part, value in found.items() if value}


def names(texts: object) -> list[dict[str, str]]:
    """Read a list of names; what is none is left out."""
    listed: Iterable[object] = texts if isinstance(texts, list) else ()
    return [one for text in listed if (one := name(str(text)))]


def date(text: str) -> dict[str, object] | None:
    """Read "2017/03/05", "2017-03", "2017 Mar 5" into a CSL date; None when no year leads it.

    A month that is none, such as "2017 Spring", is left out.
    """
    found = _DATE.match(text.strip())
    if found is None:
        return None
    parts = [int(found[1])]
    month = found[2] or ""
    if month.isdigit() and int(month):
        parts.append(int(month))
    elif month[:3].casefold() in _MONTHS:
        parts.append(_MONTHS.index(month[:3].casefold()) + 1)
    if len(parts) == 2 and found[3] and int(found[3]):
        parts.append(int(found[3]))
    return {"date-parts": [parts]}


def doi(text: str) -> str:
    """Give a DOI bare, whatever address or label stood before it; the text itself if it is none."""
    found = _DOI.search(text)
    return found[0].rstrip(".,;") if found else plain(text)


def pages(first_page: str, last_page: str = "") -> str:
    """Give a range of pages with one hyphen, as in "133-149"."""
    both = f"{first_page}-{last_page}" if first_page and last_page else first_page or last_page
    return re.sub(r"(?<=\w)\s*[-–—]+\s*(?=\w)", "-", plain(both))


def identifiers(address: str, *notes: str) -> dict[str, str]:
    """Find the PMID in PubMed's address, and PMID, PMCID and DOI in notes such as "PMID: 123"."""
    found = {label.upper(): value for note in notes for label, value in _EXTRA.findall(note)}
    if pubmed := _PUBMED.match(address):
        found.setdefault("PMID", pubmed[1])
    return found


def filled(variables: Mapping[str, object]) -> dict[str, object]:
    """Give the variables that have a value."""
    return {variable: value for variable, value in variables.items() if value}
