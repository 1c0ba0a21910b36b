"""Read NBIB, PubMed's MEDLINE format (https://www.nlm.nih.gov/bsd/mms/medlineelements.html)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from wellsourced.diagnostics import Diagnostic, Location
from wellsourced.editing.imports import codes
from wellsourced.editing.imports.work import Work, date, filled, first, names, pages, plain

_FIELD = re.compile(r"(?P<tag>[A-Z]{1,4}[0-9]?) {0,3}- ?(?P<value>.*)$")
_TIERS = {
    "Systematic Review": "systematic-review",
    "Randomized Controlled Trial": "randomised-trial",
    "Observational Study": "observational-study",
    "Case Reports": "case-report",
    "Practice Guideline": "guideline",
    "Guideline": "guideline",
    "News": "news",
}
"""Publication types (MeSH) that say what kind of evidence a work is, the strongest first."""
_RETRACTED = "Retracted Publication"

Fields = Mapping[str, list[str]]


def begins(text: str) -> bool:
    """Tell whether a text begins as MEDLINE records do."""
    return re.match(r"\s*PMID ?- ", text) is not None


def read(text: str, path: str) -> tuple[tuple[Work, ...], tuple[Diagnostic, ...]]:
    """Give the works of a MEDLINE text, each at its "PMID" line, and its faults."""
    records: list[tuple[Location, defaultdict[str, list[str]]]] = []
    found: list[Diagnostic] = []
    last = ""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        at = Location(path, number, 1, number, len(line) + 1)
        if not line.strip():
            continue
        if line.startswith("      ") and last:
            records[-1][1][last][-1] += f" {line.strip()}"
        elif field := _FIELD.match(line):
            last = field["tag"]
            if last == "PMID":
                records.append((at, defaultdict(list)))
            elif not records:
                hint = 'begin each record with its "PMID- " line'
                found.append(codes.broken(at, "This line stands before any record.", hint))
                last = ""
                continue
            records[-1][1][last].append(field["value"].strip())
        else:
            hint = "write the field's tag, or indent what belongs to the line above by six spaces"
            found.append(codes.broken(at, "This line has no tag.", hint))
    if found:
        return (), tuple(found)
    return tuple(_work(fields, at) for at, fields in records), ()


def _work(fields: Fields, at: Location) -> Work:
    kinds = fields["PT"]
    is_part = bool(fields["BTI"])
    return Work(
        filled({
            "type": "chapter" if is_part else "article-journal",
            "title": _title(first(fields["TI"])),
            "author": [
                *names(fields["FAU"] or list(map(_short_name, fields["AU"]))),
                *({"literal": plain(group)} for group in fields["CN"]),
            ],
            "issued": date(first(fields["DP"])),
            "container-title": first(fields["BTI"], fields["JT"], fields["TA"]),
            "container-title-short": "" if is_part else first(fields["TA"]),
            "volume": first(fields["VI"]),
            "issue": first(fields["IP"]),
            "page": _full_range(pages(first(fields["PG"]))),
            "publisher": first(fields["PB"]),
            "ISSN": first(fields["IS"]).partition(" ")[0],
            "language": first(fields["LA"]),
            "DOI": _article_id(fields, "doi"),
            "PMID": first(fields["PMID"]),
            "PMCID": first(fields["PMC"]),
        }),
        at,
        tier=next((tier for kind, tier in _TIERS.items() if kind in kinds), ""),
        retracted=_RETRACTED in kinds,
    )  # fmt: skip


def _title(text: str) -> str:
    """Take off what PubMed adds: a full stop after every title, brackets round a translated one."""
    bare = re.sub(r"(?<!\.)\.$", "", text)
    return bare[1:-1] if bare.startswith("[") and bare.endswith("]") else bare


def _short_name(text: str) -> str:
    """Turn "Gattie E" into "Gattie, E"."""
    family, _, initials = text.rpartition(" ")
    return f"{family}, {initials}" if family else text


def _article_id(fields: Fields, kind: str) -> str:
    """Find an identifier among those of the article and its location, such as "10.1/x [doi]"."""
    for value in (*fields["LID"], *fields["AID"]):
        if value.endswith(f"[{kind}]"):
            return value.removesuffix(f"[{kind}]").strip()
    return ""


def _full_range(text: str) -> str:
    """Write out a range that MEDLINE shortens: "1189-98" becomes "1189-1198"."""
    found = re.fullmatch(r"(\d+)-(\d+)", text, re.ASCII)
    if found and len(found[2]) < len(found[1]):
        return f"{found[1]}-{found[1][: -len(found[2])]}{found[2]}"
    return text
