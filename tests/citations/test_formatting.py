"""Entries are formatted whole, safely, once, and the same from any order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from wellsourced.citations import entry_cache, formatting, pandoc
from wellsourced.citations.formatting import STYLE, format_references

from .references import APTA, by_key, reference, shipped


def words(html: str) -> str:
    """Give the text of an entry."""
    return BeautifulSoup(html, "html.parser").get_text()


def test_an_entry_has_author_date_title_and_site_and_no_number() -> None:
    page = reference(
        "apta2015",
        type="article-magazine",
        title="Dry Needling: Getting to the Point",
        author=APTA,
        container_title="PT in Motion",
        issued={"date-parts": [[2015, 5]]},
        URL="http://www.apta.org/PTinMotion/2015/5/DryNeedling/",
    )
    entries, found = format_references(by_key(page))
    assert found == ()
    assert entries["apta2015"] == (
        "American Physical Therapy Association. (2015, May). "
        "Dry Needling: Getting to the Point. <em>PT in Motion</em>. "
        '<a href="http://www.apta.org/PTinMotion/2015/5/DryNeedling/" rel="noopener">'
        "http://www.apta.org/PTinMotion/2015/5/DryNeedling/</a>"
    )


def test_every_shipped_reference_prints_its_own_address_and_no_other() -> None:
    references = shipped()
    entries, found = format_references(references)
    assert found == ()
    assert list(entries) == list(references)
    for key, entry in entries.items():
        links = BeautifulSoup(entry, "html.parser").find_all("a")
        url = references[key].url
        assert [link["href"] for link in links] == ([url] if url else []), key
        assert [link.get_text() for link in links] == ([url] if url else []), key
        assert not re.match(r"\s*\[?\d+[.\]]", words(entry)), key
        assert "WELLSOURCED" not in entry


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a_b*c*~d'e&amp;x=1&y=%20#frag--ment...",
        'https://example.org/?q="quoted"',
        "https://example.org/ä/日本",
        "https://example.org/$x$@key[1](2)",
    ],
)
def test_the_address_is_printed_letter_by_letter(url: str) -> None:
    entries, found = format_references(by_key(reference("a", title="A", URL=url)))
    assert found == ()
    link = BeautifulSoup(entries["a"], "html.parser").a
    assert link is not None
    assert (link["href"], link.get_text()) == (url, url)


def test_a_doi_is_the_address_or_stands_beside_it() -> None:
    entries, _ = format_references(
        by_key(
            reference("both", title="A", DOI="10.1000/x", URL="https://example.org/a"),
            reference("alone", title="B", DOI="10.1000/y"),
            reference("within", title="C", DOI="10.1000/z", URL="http://dx.doi.org/10.1000/Z"),
        )
    )
    assert words(entries["both"]).endswith("https://example.org/a doi:10.1000/x")
    assert words(entries["alone"]).endswith("https://doi.org/10.1000/y")
    assert words(entries["within"]).endswith("http://dx.doi.org/10.1000/Z")


def test_the_year_keeps_two_works_of_one_title_apart() -> None:
    years = {
        f"apta{year}": {"issued": {"date-parts": [[year]]}, "author": APTA} for year in (2020, 2019)
    }
    entries, found = format_references(
        by_key(*(reference(key, title="Dry Needling", **csl) for key, csl in years.items()))
    )
    assert found == ()
    assert "(2020)" in entries["apta2020"]
    assert "(2019)" in entries["apta2019"]
    assert entries["apta2020"] != entries["apta2019"]


def test_an_undated_page_does_not_claim_to_have_been_retrieved() -> None:
    entries, _ = format_references(by_key(reference("a", title="A", URL="https://example.org/")))
    assert "n.d." in entries["a"]
    assert "Retrieved" not in entries["a"]


def test_the_date_of_access_is_printed_when_it_is_known() -> None:
    page = reference(
        "a", title="A", URL="https://example.org/", accessed={"date-parts": [[2026, 11, 24]]}
    )
    entries, _ = format_references(by_key(page))
    assert "Retrieved November 24, 2026, from https://example.org/" in words(entries["a"])


@pytest.mark.parametrize(
    "key", ["a:b.c", "x_1", "-@key", "a;b", "@*", "[x]", "a b", "{}", "é", "</div>", 'a"b', "r1"]
)
def test_a_key_of_any_characters_is_safe(key: str) -> None:
    entries, found = format_references(
        by_key(reference(key, title="Strange"), reference("other", title="Plain"))
    )
    assert found == ()
    assert "Strange" in entries[key]
    assert "Plain" in entries["other"]


def test_a_title_cannot_inject_markup() -> None:
    title = "<script>alert(1)</script> & <img src=x> **b** [l](u) `c` $m$ \\LaTeX"
    entries, found = format_references(by_key(reference("a", title=title)))
    assert found == ()
    soup = BeautifulSoup(entries["a"], "html.parser")
    assert {tag.name for tag in soup.find_all(True)} <= {"em"}
    assert "<script>alert(1)</script> & <img src=x> **b** [l](u)" in soup.get_text()


def test_order_makes_no_difference() -> None:
    references = shipped()
    backwards = {key: references[key] for key in reversed(references)}
    assert dict(format_references(references)[0]) == dict(format_references(backwards)[0])
    assert list(format_references(backwards)[0]) == list(backwards)


def test_nothing_to_format_starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "format_items", None)
    assert format_references({}) == ({}, ())


class TestCache:
    """What pandoc gave is kept, and a kept entry is never trusted blindly."""

    PAGES = by_key(reference("a", title="A", URL="https://example.org/"), reference("b", title="B"))

    def test_the_second_build_runs_no_pandoc(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        runs = count_runs(monkeypatch)
        first = format_references(self.PAGES, tmp_path / "cache")
        assert format_references(self.PAGES, tmp_path / "cache") == first
        assert runs == [2]

    def test_order_hits_the_same_entry(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        runs = count_runs(monkeypatch)
        format_references(self.PAGES, tmp_path)
        format_references(by_key(*reversed(self.PAGES.values())), tmp_path)
        assert runs == [2]

    @pytest.mark.parametrize(
        ("change", "formatted"),
        [("title", [1]), ("address", [1]), ("style", [2]), ("version", [2]), ("key", [])],
        ids=lambda one: f"new {one}" if isinstance(one, str) else "",
    )
    def test_only_what_has_changed_is_formatted_anew(
        self,
        change: str,
        formatted: list[int],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        pages, style = self.PAGES, STYLE
        format_references(pages, tmp_path / "cache")
        runs = count_runs(monkeypatch)
        a, b = pages.values()
        match change:
            case "title":
                pages = by_key(a, reference("b", title="B2"))
            case "address":
                pages = by_key(reference("a", title="A", URL="https://example.org/2"), b)
            case "key":
                pages = by_key(a, reference("c", title="B"))
            case "style":
                style = tmp_path / "other.csl"
                style.write_bytes(STYLE.read_bytes() + b"\n")
            case "version":
                monkeypatch.setattr(pandoc, "version", lambda: "3.10")
        entries, _ = format_references(pages, tmp_path / "cache", style)
        assert runs == formatted
        assert entries == format_references(pages, None, style)[0]

    @pytest.mark.parametrize(
        "damage",
        [
            lambda whole: b"",
            lambda whole: whole[: len(whole) // 2],
            lambda whole: whole.replace(b"(n.d.)", b"(2019)"),
            lambda whole: b"[]",
            lambda whole: b"\xff\xfe",
            lambda whole: b"{}",
        ],
        ids=["empty", "cut", "altered", "other shape", "not UTF-8", "no entries"],
    )
    def test_a_damaged_entry_is_rebuilt(self, damage, tmp_path: Path) -> None:
        first = format_references(self.PAGES, tmp_path)
        (file,) = tmp_path.iterdir()
        whole = file.read_bytes()
        assert damage(whole) != whole
        file.write_bytes(damage(whole))
        assert format_references(self.PAGES, tmp_path) == first
        assert file.read_bytes() == whole

    def test_a_write_that_fails_leaves_nothing_behind(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> None:
            raise OSError("disk full")

        monkeypatch.setattr(entry_cache.os, "replace", fail)
        with pytest.raises(OSError, match="disk full"):
            format_references(self.PAGES, tmp_path)
        assert list(tmp_path.iterdir()) == []


class TestFaults:
    """What cannot be formatted is a finding at its reference, and is not kept."""

    def test_a_rejected_reference_is_told_from_its_neighbours(self, tmp_path: Path) -> None:
        pages = [reference(f"p{at}", line=at, title=f"Page {at}") for at in range(1, 8)]
        pages[4] = reference("bad", line=5, issued={"date-parts": [["May 2015"]]})
        entries, found = format_references(by_key(*pages), tmp_path)
        assert entries == {}
        assert [(one.code, one.line, one.column) for one in found] == [("CIT040", 5, 5)]
        assert '"bad" cannot be formatted' in found[0].message
        assert "/" not in found[0].message.replace("['date-parts']", "")
        assert list(tmp_path.iterdir()) == []

    def test_a_warning_is_told_from_its_neighbours(self, monkeypatch: pytest.MonkeyPatch) -> None:
        real = pandoc.format_items

        def grumble(items, style):
            run = real(items, style)
            bad = any(item["title"] == "Bad" for item in items)
            return pandoc.Run(run.entries, False, "[WARNING] odd" if bad else "")

        monkeypatch.setattr(formatting.pandoc, "format_items", grumble)
        pages = by_key(reference("a", 3), reference("b", 4, title="Bad"), reference("c", 5))
        entries, found = format_references(pages)
        assert entries.keys() == pages.keys()
        assert [(one.code, one.line) for one in found] == [("CIT040", 4)]

    def test_an_entry_that_does_not_come_back_is_found(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = pandoc.format_items

        def lose(items, style):
            entries = dict(real(items, style).entries)
            entries.popitem()
            return pandoc.Run(entries, False, "")

        monkeypatch.setattr(formatting.pandoc, "format_items", lose)
        _, found = format_references(by_key(reference("a", 3), reference("b", 4)))
        assert [(one.code, one.line) for one in found] == [("CIT041", 4)]

    def test_an_entry_without_words_is_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(
            formatting.pandoc,
            "format_items",
            lambda items, style: pandoc.Run({"r0": " WELLSOURCEDADDRESS ."}, False, ""),
        )
        pages = by_key(reference("a", 3, URL="https://example.org/"))
        entries, found = format_references(pages)
        assert entries == {}
        assert [(one.code, one.line) for one in found] == [("CIT041", 3)]

    def test_two_entries_that_read_the_same_are_found(self) -> None:
        pages = by_key(reference("a", 3, title="Same"), reference("b", 4, title="Same"))
        _, found = format_references(pages)
        assert [(one.code, one.line) for one in found] == [("CIT042", 4)]
        assert 'reads the same as that of "a"' in found[0].message


def count_runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note the number of items of each run of pandoc from now on."""
    real, runs = pandoc.format_items, []

    def counted(items, style):
        runs.append(len(items))
        return real(items, style)

    monkeypatch.setattr(pandoc, "format_items", counted)
    return runs


def test_the_style_is_the_authors_own_and_is_attributed() -> None:
    style = STYLE.read_text(encoding="utf-8")
    attribution = (STYLE.parent / "ATTRIBUTION.md").read_text(encoding="utf-8")
    for author in re.findall(r"<author>\s*<name>(.*?)</name>", style):
        assert author in attribution
    (license,) = re.findall(r'<rights license="(.*?)"', style)
    assert license in attribution
    assert {one.name for one in STYLE.parent.glob("*.csl")} == set(
        re.findall(r"`(\S+\.csl)`", attribution)
    )
