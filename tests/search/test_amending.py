"""An index that was changed where its pages changed is the one that indexing all anew gives."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import cast

import pytest

from wellsourced.library import Library
from wellsourced.plugin import (
    pagefind_amend,
    pagefind_index,
    pagefind_service,
    pagefind_words,
    search,
)
from wellsourced.plugin.cbor import FormError, decode
from wellsourced.plugin.pagefind_service import Page, Record
from wellsourced.plugin.search import Part

WORDS = (
    "dry needling muscle pain café cafe naïve Ångström résumé Resume trigger-point well-being "
    "TheraBand C7 10–15 it’s non_steroidal x² running ran runs Straße 針 the a of and"
).split()
FOLDER = "search/1/pagefind/"


def page(draw: Random, language: str = "en", kind: str = "article") -> str:
    """Write a page of random words."""

    def words(count: int) -> str:
        return " ".join(draw.choices(WORDS, k=count))

    body = "".join(
        f'<section id="s{n}"><h2 id="s{n}-heading">{words(3)}</h2><p>{words(40)}</p></section>'
        for n in range(draw.randint(1, 4))
    )
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><title>{words(2)}</title></head><body>'
        f'<main><article data-pagefind-body data-pagefind-filter="kind:{kind}">'
        f"<h1>{words(4)} {draw.random()}</h1>{body}</article></main></body></html>"
    )


def record(draw: Random, number: int) -> Record:
    """Make up something on a page that is found by itself."""
    words = "  ".join(draw.choices(WORDS, k=12))
    kind = draw.choice(["term", "source"])
    return Record(f"/glossary/#t{number}", f"term {number}", words, "en", {"kind": kind})


class Site:
    """Pages in a folder, all in one part of the index, and that part as it was last made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pages: dict[str, str] = {}
        self.builds = 0
        self.last: dict[str, Path] = {}
        self.shown: dict[str, str] = {}
        self.records: list[Record] = []
        self.listed: list[Record] = []

    def index(self, amending: bool = True) -> dict[str, bytes]:
        """Index the pages as they are, going on from the last index; give its files."""
        self.builds += 1
        output = self.folder / str(self.builds)
        before = {n: text for n, text in self.shown.items() if self.pages.get(n) != text}
        part = Part(
            1,
            self._write("now", self.pages),
            cast("Library", self.records),
            last=self.last if amending else {},
            before=self._write("before", before),
            came=frozenset(self.pages.keys() - self.shown.keys()),
            relisted=self.records != self.listed,
        )
        done = search.index(output, part)
        assert not done.found
        files = {
            path.relative_to(output).as_posix(): path
            for path in output.rglob("*")
            if path.is_file()
        }
        assert not files.keys() & set(done.kept)
        files |= {name: self.last[name] for name in done.kept}
        if amending:
            self.last, self.shown, self.listed = files, dict(self.pages), list(self.records)
        return {name.removeprefix(FOLDER): path.read_bytes() for name, path in files.items()}

    def _write(self, where: str, pages: Mapping[str, str]) -> dict[str, Path]:
        paths = {name: self.folder / f"{where}{self.builds}" / name for name in pages}
        for name, path in paths.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages[name], "utf-8")
        return paths


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Make a site of twelve pages; its records stand for what a library would give."""
    monkeypatch.setattr(search, "_records", lambda records, language: records)
    draw = Random(5)
    made = Site(tmp_path)
    for number in range(12):
        made.pages[f"a{number:02}/index.html"] = page(draw, "es" if number % 4 == 3 else "en")
    made.index()
    return made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """List of how many things Pagefind was asked to index, each time."""
    found: list[int] = []
    index = pagefind_service.index

    def counted(items: list[object], *others: object) -> object:
        found.append(len(items))
        return index(items, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(pagefind_service, "index", counted)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_edits_come_to_what_all_anew_gives(site: Site, asked: list[int], seed: int) -> None:
    draw = Random(seed)
    for _ in range(3):
        for name in draw.sample(sorted(site.pages), k=draw.randint(1, 3)):
            language = "es" if 'lang="es"' in site.pages[name] else "en"
            site.pages[name] = page(draw, language)
        amended = site.index()
        assert max(asked) <= 3
        assert amended == site.index(amending=False)
        asked.clear()


def test_a_page_that_reads_as_before_asks_for_nothing(site: Site, asked: list[int]) -> None:
    name = min(site.pages)
    site.pages[name] = site.pages[name].replace("<main>", "<main><nav>Menu</nav>")
    before = {path: path.read_bytes() for path in site.last.values()}
    site.index()
    assert asked == []
    assert {path: path.read_bytes() for path in site.last.values()} == before


@pytest.mark.parametrize("seed", range(8))
def test_what_came_and_went_comes_to_what_all_anew_gives(
    site: Site, asked: list[int], seed: int
) -> None:
    draw = Random(seed)
    site.records = [record(draw, number) for number in range(6)]
    site.index()
    asked.clear()
    spanish = min(name for name, text in site.pages.items() if 'lang="es"' in text)
    for step in range(5):
        names = sorted(site.pages.keys() - {spanish})
        match draw.choice(["page", "page", "kind", "gone", "hidden", "record", "record", "order"]):
            case "page":
                site.pages[f"{draw.choice('abz')}{seed}{step}/index.html"] = page(draw)
            case "kind":
                name = draw.choice(names)
                site.pages[name] = site.pages[name].replace(":article", f":{draw.choice('ap')}")
            case "gone":
                del site.pages[draw.choice(names)]
            case "hidden":
                name = draw.choice(names)
                site.pages[name] = site.pages[name].replace("data-pagefind-body", "data-x")
            case "record":
                at = draw.randrange(len(site.records))
                site.records[at : at + draw.randint(0, 1)] = [record(draw, 10 * seed + step + 10)]
            case "order":
                draw.shuffle(site.records)
        amended = site.index()
        assert max(asked, default=0) <= 1
        assert amended == site.index(amending=False)
        asked.clear()


@pytest.mark.parametrize("change", ["language", "filter", "field", "many"])
def test_what_changes_more_than_pages_is_made_anew(
    site: Site, asked: list[int], monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    name, text = min(site.pages.items())
    changes = {
        "language": text.replace('lang="en"', 'lang="de"'),
        "filter": text.replace("kind:article", "sort:page"),
        "field": text.replace("<h1>", '<h1 data-pagefind-meta="more">'),
        "many": text.replace("</h1>", " anew</h1>"),
    }
    if change == "many":
        monkeypatch.setattr(search, "_FEW", 0)
    site.pages[name] = changes[change]
    assert site.index() == site.index(amending=False)
    assert asked[-2] == asked[-1] == 12


def test_the_last_page_of_a_language_takes_its_index_along(site: Site) -> None:
    for name in [name for name, text in site.pages.items() if 'lang="es"' in text]:
        del site.pages[name]
    assert site.index() == site.index(amending=False)


def test_pages_that_go_by_longer_names_are_made_anew(
    site: Site, asked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pagefind lengthens the name of a page when another one's begins in the same way."""
    monkeypatch.setattr(pagefind_amend, "_DIGITS", 6)
    name = min(site.pages)
    site.pages[name] = page(Random(9))
    assert site.index() == site.index(amending=False)
    assert asked[-1] == asked[-2] == 12


def test_chunks_are_bound_as_pagefind_binds_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind_service, "in_order", dict)
    small = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "200"}
    monkeypatch.setattr(pagefind_service, "_SMALL", small)
    draw = Random(3)
    letters = "abcdeéñ"
    text = " ".join("".join(draw.choices(letters, k=draw.randint(1, 9))) for _ in range(9000))
    files = pagefind_service.index([Page("/a/", f"<html lang=en><body><p>{text}</p></html>")])
    load = files.__getitem__
    (leader,) = pagefind_index.languages(load).values()
    chunks = decode(pagefind_index.unpack(load(leader)))[2]
    held = [
        [word.decode() for word, _ in pagefind_words.read(pagefind_index.unpack(load(name)))]
        for name in (f"index/{name}.pf_index" for _, _, name in chunks)
    ]
    bounds = [[words[0], words[-1]] for words in held]
    for left, right in pairwise(bounds):
        left[1], right[0] = pagefind_index._bounds(left[0], left[1], right[0])
    assert len(bounds) > 1
    assert bounds == [[first, last] for first, last, _ in chunks]


def test_taking_out_what_is_not_there_is_told() -> None:
    word = pagefind_words.Word((1, b"\x83\x02\x81\x05\x80"), {})
    other = pagefind_words.Word((1, b"\x83\x02\x81\x06\x80"), {})
    with pytest.raises(FormError):
        pagefind_words.replace({b"a": word}, {b"a": other}, {})
    assert pagefind_words.replace({b"a": word}, {b"a": word}, {}) == {}


def test_words_are_read_as_they_are_written() -> None:
    many = b"".join(b"\x83\x01\x98\x1a" + b"\x18\xff" * 26 + b"\x81\x20" for _ in range(300))
    words = {
        f"w{n:04}".encode(): pagefind_words.Word(
            (300, many), {b"\xc3\xa9": (1, b"\x83\x00\x80\x80")}
        )
        for n in range(5)
    }
    chunks = list(pagefind_words.write(words))
    assert len(chunks) == 5 // 3 + 1
    assert dict(one for *_, chunk in chunks for one in pagefind_words.read(chunk)) == words
    assert chunks[0][:2] == ("w0000", "w0002")


@pytest.mark.parametrize("chunk", [b"", b"\x81", b"\x81\x81\x83", b"\x81\x81\x83\x61a\x80\x80\x00"])
def test_a_chunk_of_another_form_is_told(chunk: bytes) -> None:
    with pytest.raises(FormError, match="another form"):
        list(pagefind_words.read(chunk))
