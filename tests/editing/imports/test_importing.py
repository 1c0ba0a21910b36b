"""References of other tools come in whole, once, and without harm to those that are there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from wellsourced.citations.exports import bibtex, ris
from wellsourced.diagnostics import Diagnostic
from wellsourced.editing.imports.importing import Import, plan, report, unknown_tier
from wellsourced.library import bibliography

EXPORTS = Path(__file__).parent / "exports"
SHIPPED = ROOT / "content" / "library" / "references.json"
OURS = '[\n  {"id": "own2020", "type": "book", "title": "Ours",\n   "custom": {"url_status": "missing", "tier": "other"}}\n]\n'  # noqa: E501


def take(tmp_path: Path, data: bytes | str, ours: str | None = None, tier: str = "other") -> Import:
    """Plan the import of a file with the given content."""
    tmp_path.mkdir(exist_ok=True)
    file, target = tmp_path / "export", tmp_path / "references.json"
    file.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    if ours is not None:
        target.write_bytes(ours.encode("utf-8"))
    return plan(file, "export", target, "references.json", tier)


def entries(done: Import) -> list[dict[str, Any]]:
    """Give the file's entries after the import."""
    assert done.data is not None
    parsed: list[dict[str, Any]] = json.loads(done.data.decode("utf-8-sig"))
    return parsed


def placed(found: tuple[Diagnostic, ...]) -> list[str]:
    """Write findings as `CODE line:column`."""
    return [f"{one.code} {one.line}:{one.column}" for one in found]


@pytest.mark.parametrize("name", ["zotero.ris", "zotero.bib", "zotero.json"])
def test_zotero_exports_come_through(tmp_path: Path, name: str) -> None:
    done = take(tmp_path, (EXPORTS / name).read_bytes())
    assert done.found == ()
    article, page, book = entries(done)
    assert [article["id"], page["id"], book["id"]] == ["gattie2017", "whin2020", "angstrom2001"]
    assert article["type"] == "article-journal"
    assert (
        article["title"] == "The Effectiveness of Trigger Point Dry Needling: A Systematic Review"
    )
    assert article["container-title"] == "Journal of Orthopaedic & Sports Physical Therapy"
    assert article["author"][:2] == [
        {"family": "Gattie", "given": "Eric"},
        {"family": "Cleland", "given": "Joshua A."},
    ]
    assert list(map(int, article["issued"]["date-parts"][0])) == [2017, 3]
    assert (article["volume"], article["issue"], article["page"]) == ("47", "3", "133-149")
    assert (article["DOI"], article["PMID"]) == ("10.2519/jospt.2017.7096", "28158962")
    assert article["URL"].startswith("https://www.example.org/doi/10.2519/jospt.2017.7096")
    assert "\\" not in article["URL"]
    assert page["type"] == "webpage"
    assert page["author"] == [{"literal": "World Health Institute of Needles"}]
    assert page["container-title"] == "Health Pages"
    assert book["author"][0] == {"family": "Ångström", "given": "Åsa"}
    assert (book["publisher"], book["publisher-place"]) == ("Example Press", "Lund")


@pytest.mark.parametrize("path", sorted(EXPORTS.iterdir()), ids=lambda path: path.name)
def test_what_came_in_is_sound_and_claims_nothing(tmp_path: Path, path: Path) -> None:
    done = take(tmp_path, path.read_bytes(), OURS)
    (tmp_path / "references.json").write_bytes(done.data or b"")
    references, found = bibliography.load(tmp_path / "references.json")
    assert len(references) == 1 + len(done.entries)
    assert {one.code for one in found} == {"CIT035"}
    for entry in done.entries:
        assert {"abstract", "note", "keyword", "source", "accessed"}.isdisjoint(entry)
        custom = entry["custom"]
        assert isinstance(custom, dict)
        assert custom["url_status"] == (
            "unchecked" if "URL" in entry or "DOI" in entry else "missing"
        )
        assert custom["independent"] is None
        assert custom["checked"] is None


def test_pubmed_comes_through(tmp_path: Path) -> None:
    done = take(tmp_path, (EXPORTS / "pubmed.nbib").read_bytes())
    review, study = entries(done)
    assert review["title"].endswith("Dry Needling: A Systematic Review")
    assert review["author"][-1] == {"literal": "Needling Study Group"}
    assert (review["page"], review["PMID"]) == ("1133-1149", "28158962")
    assert review["custom"]["tier"] == "systematic-review"
    assert study["title"] == "A study of needles"
    assert study["author"] == [{"family": "Doe", "given": "JR"}]
    assert study["custom"]["note"] == "Retracted."
    assert placed(done.found) == ["IMP008 35:1"]


@pytest.mark.parametrize("name", ["zotero.ris", "zotero.bib", "zotero.json", "pubmed.nbib"])
def test_nothing_comes_in_twice(tmp_path: Path, name: str) -> None:
    first = take(tmp_path, (EXPORTS / name).read_bytes())
    again = take(tmp_path, (EXPORTS / name).read_bytes(), (first.data or b"").decode("utf-8"))
    assert again.data is None
    assert [one.code for one in again.found if one.code != "IMP008"] == (
        ["IMP006"] * len(first.entries)
    )


@pytest.mark.parametrize("write", [bibtex.write, ris.write], ids=["bibtex", "ris"])
def test_what_readers_download_is_known_here(
    tmp_path: Path, write: Callable[[Iterable[bibliography.Reference]], str]
) -> None:
    references, _ = bibliography.load(SHIPPED)
    exported = write(references.values())
    again = take(tmp_path, exported, SHIPPED.read_text("utf-8"))
    assert again.data is None
    assert {one.code for one in again.found} == {"IMP006"}
    afresh = take(tmp_path / "afresh", exported)
    assert len(afresh.entries) == len(references)


BIBLATEX = r"""
@string{jn = {A Journal}}
@article{a, title = {{\ss} of $\beta$-endorphin in {\'e}t\'{e} -- \emph{a study}},
  journaltitle = jn,
  author = {Jos{\'e} P{\'e}rez and M{\"u}ller, Karl and others}, date = {2017-03-01/2017-03-05},
  eprint = {123}, eprinttype = {pubmed}, pages = {e12--e15}}
@report{r, title = {R}, institution = {An Office}, number = {12}, year = 2011, month = "March"}
@misc{m, title = {M}, howpublished = {\url{https://example.org/a%20b}}, year = {n.d.}}
@phdthesis{t, title = {T}, school = {Lund}, author = {van Gogh, Vincent}, year = {2001}}
"""


def test_other_dialects_of_bibtex_come_through(tmp_path: Path) -> None:
    done = take(tmp_path, BIBLATEX)
    assert done.found == ()
    article, paper, page, thesis = entries(done)
    assert article["title"] == "ß of β-endorphin in été – <i>a study</i>"
    assert article["author"] == [
        {"family": "Pérez", "given": "José"},
        {"family": "Müller", "given": "Karl"},
    ]
    assert (article["container-title"], article["page"]) == ("A Journal", "e12-e15")
    assert (article["PMID"], article["issued"]) == ("123", {"date-parts": [[2017, 3, 1]]})
    assert (paper["type"], paper["publisher"], paper["number"]) == ("report", "An Office", "12")
    assert paper["issued"] == {"date-parts": [[2011, 3]]}
    assert (page["type"], page["URL"]) == ("webpage", "https://example.org/a%20b")
    assert "issued" not in page
    assert thesis["author"] == [
        {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}
    ]


DUPLICATES = {
    "DOI": '"DOI": "10.1000/X"',
    "PMID": '"PMID": "123"',
    "address": '"URL": "http://example.org/a/"',
}


@pytest.mark.parametrize(("by", "fact"), DUPLICATES.items(), ids=DUPLICATES.keys())
def test_the_same_work_is_told_and_left_out(tmp_path: Path, by: str, fact: str) -> None:
    status = '"missing"' if by == "PMID" else '"ok"'
    ours = (
        f'[{{"id": "a", "type": "book", "title": "A", {fact}, '
        f'"custom": {{"url_status": {status}, "tier": "other"}}}}]'
    )
    other = {"DOI": '"DOI": "https://doi.org/10.1000/x"', "PMID": '"note": "PMID: 123"'}
    theirs = other.get(by, '"URL": "https://www.example.org/a"')
    done = take(tmp_path, f'[{{"type": "book", "title": "B", {theirs}}}]', ours)
    assert done.data is None
    (told,) = done.found
    assert told.code == "IMP006"
    assert told.message == f'"B" is left out: it has the same {by} as "a".'


def test_same_words_and_same_key_and_twice_in_one_file(tmp_path: Path) -> None:
    data = (
        "@book{x, title={ours}}\n@book{own2020, title={Another}}\n"
        "@book{y, title={New}, author={Roe, Jo}, year=2001}\n"
        "@book{z, title={{NEW}}, author={Roe, Jo}, year=2001}\n"
    )
    done = take(tmp_path, data, OURS)
    assert placed(done.found) == ["IMP006 1:1", "IMP006 2:1", "IMP006 4:1"]
    assert [entry["id"] for entry in done.entries] == ["roe2001"]


BAD = {
    "empty": (b"", "IMP004 1:1"),
    "blank": (b"\n \n", "IMP004 1:1"),
    "empty list": (b"[]", "IMP004 1:1"),
    "prose": (b"1. Gattie E. Dry needling. 2017.", "IMP002 1:1"),
    "not UTF-8": ("TY  - BOOK\nTI  - Mél\nER  - \n".encode("latin-1"), "IMP001 2:8"),
    "not UTF-8 after a mark": (b"\xef\xbb\xbfTY  - M\xe9l\n", "IMP001 1:8"),
    "UTF-16": ("TY  - BOOK".encode("utf-16"), "IMP001 1:1"),
    "RIS that does not end": (b"TY  - BOOK\r\nTI  - A\r\n", "IMP003 1:1"),
    "RIS in RIS": (b"TY  - BOOK\nTI  - A\nTY  - BOOK\nTI  - B\nER  - \n", "IMP003 1:1"),
    "RIS with one space": (b"TY  - BOOK\nTI  - A\nER - \n", "IMP003 3:1"),
    "RIS outside": (b"TY  - BOOK\nTI  - A\nER  - \nTI  - B\n", "IMP003 4:1"),
    "RIS without title": (b"TY  - BOOK\nAU  - A, B\nER  - \n", "IMP005 1:1"),
    "BibTeX brace": (b"\n@book{a,\n title={A\n}\n@book{b, title={B}}\n", "IMP003 2:1"),
    "BibTeX twice": (b"@book{a, title={A}}\n@book{a, title={B}}\n", "IMP003 2:1"),
    "BibTeX pieces": (b"@book{a,\n title={A} # { B}}\n", "IMP003 2:1"),
    "BibTeX field twice": (b"@book{a, title={A}, title={B}}\n", "IMP003 1:1"),
    "JSON comma": (b'[\n {"title": "A",}\n]', "IMP003 2:15"),
    "JSON of numbers": (b"[\n 1\n]", "IMP003 2:2"),
    "JSON key twice": (b'[{"title": "A", "title": "B"}]', "IMP003 1:17"),
    "NBIB without tag": (b"PMID- 1\nnothing\n", "IMP003 2:1"),
}


@pytest.mark.parametrize(("data", "expected"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_told_at_its_place(tmp_path: Path, data: bytes, expected: str) -> None:
    done = take(tmp_path, data, OURS)
    assert done.data is None
    assert placed(done.found)[0] == expected
    assert all(one.message.endswith(".") for one in done.found)
    assert done.found[0].hint
    assert (tmp_path / "references.json").read_text("utf-8") == OURS


def test_an_unknown_tier_is_told() -> None:
    assert unknown_tier("guideline") == ""
    assert unknown_tier("guidline") == 'There is no tier "guidline": did you mean "guideline"?'


def test_the_report_names_what_came_in(tmp_path: Path) -> None:
    done = take(tmp_path, "@book{a, title={A}, author={Roe, Jo}, year=2001}")
    assert report(done, dry_run=False) == "added roe2001: A\nAdded 1 reference."
    assert report(done, dry_run=True) == "would add roe2001: A\nWould add 1 reference."
    assert report(take(tmp_path, "[]"), dry_run=False) == "Nothing new to import."


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    done = plan(tmp_path / "none.bib", "none.bib", tmp_path / "references.json", "r.json")
    assert [one.message for one in done.found] == ["There is no such file."]
    assert (
        plan(tmp_path, "folder", tmp_path / "references.json", "r.json").found[0].code == "IMP001"
    )


def test_a_byte_order_mark_and_carriage_returns_do_no_harm(tmp_path: Path) -> None:
    for name in ("zotero.ris", "zotero.bib", "zotero.json", "pubmed.nbib"):
        data = (EXPORTS / name).read_text("utf-8")
        plainly = take(tmp_path, data)
        marked = take(tmp_path, b"\xef\xbb\xbf" + data.replace("\n", "\r\n").encode("utf-8"))
        assert marked.entries == plainly.entries


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("DO  - see the publisher", "DOI"),
        ("UR  - www.example.org", "URL"),
        ("PY  - 2019/02/30", "issued"),
    ],
)
def test_an_unusable_value_is_told_and_left_out(tmp_path: Path, field: str, name: str) -> None:
    done = take(tmp_path, f"TY  - BOOK\nTI  - A\n{field}\nER  - \n")
    assert placed(done.found) == ["IMP007 1:1"]
    assert name in done.found[0].message
    assert name not in entries(done)[0]


def test_broken_references_stop_the_import(tmp_path: Path) -> None:
    done = take(tmp_path, "@book{a, title={A}}", "[\n  {,}\n]")
    assert done.data is None
    assert placed(done.found) == ["CIT021 2:4"]


def test_a_tier_may_be_given(tmp_path: Path) -> None:
    done = take(tmp_path, "@book{a, title={A}}", tier="guideline")
    assert entries(done)[0]["custom"]["tier"] == "guideline"


def test_publishers_dialects_of_ris_come_through(tmp_path: Path) -> None:
    data = (
        "TY  - JOUR\r\nT1  - A study\r\nA1  - Roe, Jo, Jr.\r\nA1  - World Health Organization,\r\n"
        "JF  - A Journal\r\nJO  - A J\r\nY1  - 2017/03/01/\r\nVL  - 4\r\nSP  - 5-9\r\n"
        "N2  - An abstract\r\nDO  - https://doi.org/10.1000/ABC\r\n"
        "UR  - https://pubmed.ncbi.nlm.nih.gov/28158962/\r\nER  -\r\n"
    )
    (entry,) = entries(take(tmp_path, data))
    assert entry["author"] == [
        {"family": "Roe", "given": "Jo", "suffix": "Jr."},
        {"literal": "World Health Organization"},
    ]
    assert (entry["id"], entry["container-title"]) == ("roe2017", "A Journal")
    assert entry["issued"] == {"date-parts": [[2017, 3, 1]]}
    assert (entry["DOI"], entry["PMID"], entry["page"]) == ("10.1000/ABC", "28158962", "5-9")
