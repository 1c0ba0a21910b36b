"""Retracted works are found by DOI or PMID, however these are written."""

from __future__ import annotations

import json
from pathlib import Path

from wellsourced.diagnostics import Location
from wellsourced.library import retractions
from wellsourced.library.reference import Reference

WORKS = [
    {"DOI": "10.1000/AbC", "date": "2021-05-03", "notice": "The journal withdrew it."},
    {"PMID": "12345", "notice": "Withdrawn by its authors."},
]


def work(**csl: object) -> Reference:
    """Make a reference with these CSL variables."""
    return Reference(
        "key", csl, "A work", None, "missing", None, "other", None, "", "", "", None,
        Location("references.json"),
    )  # fmt: skip


def load(tmp_path: Path) -> retractions.Retractions:
    path = tmp_path / "retractions.json"
    path.write_text(json.dumps({"checked": "2026-11-24", "works": WORKS}), "utf-8")
    read, findings = retractions.load(path)
    assert findings == ()
    return read


def test_a_doi_compares_without_case(tmp_path: Path) -> None:
    notice = load(tmp_path).notice_of(work(DOI="10.1000/aBc"))
    assert notice is not None
    assert (str(notice.day), notice.notice) == ("2021-05-03", "The journal withdrew it.")


def test_a_pmid_is_enough(tmp_path: Path) -> None:
    notice = load(tmp_path).notice_of(work(DOI="10.1000/other", PMID="12345"))
    assert notice is not None
    assert notice.day is None


def test_it_is_not_applicable_without_either(tmp_path: Path) -> None:
    assert load(tmp_path).notice_of(work(URL="https://example.org/")) is None


def test_no_file_names_no_work(tmp_path: Path) -> None:
    read, findings = retractions.load(tmp_path / "retractions.json")
    assert (read, findings) == (retractions.Retractions(), ())
