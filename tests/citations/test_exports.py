"""What the exports say is what the references say, read back by another program."""

from __future__ import annotations

import json
import re
import subprocess
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

import pypandoc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellsourced.citations.exports import EXPORTS, bibtex, csl_json, ris
from wellsourced.library.bibliography import Reference
from wellsourced.library.reference import name_text

from .references import by_key, reference, shipped

HARD = by_key(
    reference(
        "specials:1.a_b",
        type="article-journal",
        title="100% of {A} & B_c #1 $5 ~x^2 \\y <z> `q` -- 'w' “u” — naïve µ≥≤",
        container_title="Orthopædic & Sports {Journal}",
        author=[
            {"family": "De Meulemeester", "given": "Kayleigh"},
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
            {"literal": "Research & Development Group"},
            {"family": "O'Neil-Smith", "given": "Zoë"},
            {"family": "Plato"},
        ],
        issued={"date-parts": [[2017, 3, 9]]},
        volume="47",
        issue="3",
        page="133-149",
        DOI="10.1000/a_b(1)<2>;3#x",
        PMID="28158962",
        publisher="A & B Press",
        URL="https://example.org/a_b%20c?d=e&f=~g#h",
        language="en",
    ),
    reference("corporate", author=[{"literal": "Performance Health, Inc. and Sons"}]),
    reference("undated", title="No date, no author"),
    reference("book", type="book", publisher="P", edition="2", issued={"date-parts": [["1999"]]}),
    reference(
        "chapter",
        type="chapter",
        container_title="The Book of needles",
        editor=[{"family": "Ed", "given": "X."}],
        page="12",
        issued={"date-parts": [[2001, 12]]},
    ),
    reference("report", type="report", publisher="FSBPT", number="7", genre="Resource paper"),
    reference("thesis", type="thesis", publisher="A University"),
    reference("italic", title="On <i>Staphylococcus</i> and CO<sub>2</sub>"),
)


@cache
def read_back(format: str, hard: bool) -> Mapping[str, dict[str, Any]]:
    """Write all references in a format and give what pandoc reads, by key."""
    references = HARD if hard else shipped()
    write = {"bibtex": bibtex.write, "ris": ris.write}[format]
    return _pandoc(write(references.values()), format)


def _pandoc(text: str, format: str) -> Mapping[str, dict[str, Any]]:
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), f"--from={format}", "--to=csljson"],
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    return {item["id"]: item for item in json.loads(done.stdout)}


CASES = [
    (format, hard, key)
    for hard, references in ((True, HARD), (False, shipped()))
    for format in ("bibtex", "ris")
    for key in references
]


@pytest.mark.parametrize(("format", "hard", "key"), CASES)
def test_another_program_reads_the_same_work(format: str, hard: bool, key: str) -> None:
    wanted = (HARD if hard else shipped())[key]
    item = read_back(format, hard)[key]
    bare = format == "ris"
    assert fold(item["title"]) == fold(wanted.title, bare)
    assert item.get("URL") == wanted.csl.get("URL")
    assert item.get("DOI") == wanted.csl.get("DOI")
    for variable in ("container-title", "publisher", "volume", "issue"):
        assert fold(item.get(variable, "")) == fold(str(wanted.csl.get(variable, "")))
    assert item.get("page", "") == wanted.csl.get("page", "")
    year = item.get("issued", {}).get("date-parts", [[None]])[0][0]
    assert year == wanted.year
    for variable in ("author", "editor"):
        assert [letters(name) for name in item.get(variable, [])] == [
            letters(name) for name in wanted.csl.get(variable, [])
        ]


@pytest.mark.parametrize("hard", [True, False])
def test_bibtex_keeps_month_day_and_whole_names(hard: bool) -> None:
    references = HARD if hard else shipped()
    for key, item in read_back("bibtex", hard).items():
        wanted = references[key].csl
        parts = wanted.get("issued", {}).get("date-parts")
        assert item.get("issued", {}).get("date-parts") == (
            [[int(part) for part in parts[0]]] if parts else None
        )
        assert [fold(name["literal"]) for name in item.get("author", []) if "literal" in name] == [
            fold(name["literal"]) for name in wanted.get("author", []) if "literal" in name
        ]


def fold(text: str, bare: bool = False) -> str:
    """Fold what both formats may set in another way: curly quotes, and markup in RIS."""
    text = re.sub(r"</?(?:i|b|su[bp])>", "", text) if bare else text
    return text.translate(str.maketrans("’‘“”", "''\"\"")).replace("''", '"')


def letters(name: Mapping[str, Any]) -> str:
    """Give a name's letters in one order: RIS has no place for whole names and particles."""
    return "".join(sorted(re.sub(r"\W", "", name_text(name))))


def test_bibtex_is_written_as_bibtex_wants_it() -> None:
    page = reference(
        "apta2015",
        type="article-magazine",
        title="Dry Needling: 80% & more",
        author=[{"literal": "APTA and Friends"}, {"family": "Hamm", "given": "Anthony W."}],
        container_title="PT in Motion",
        issued={"date-parts": [[2015, 5]]},
        URL="http://www.apta.org/a_b",
    )
    assert bibtex.write([page]) == (
        "@article{apta2015,\n"
        "  author = {{APTA and Friends} and Hamm, Anthony W.},\n"
        "  title = {{Dry Needling: 80\\% \\& more}},\n"
        "  journal = {{PT in Motion}},\n"
        "  year = {2015},\n"
        "  month = may,\n"
        "  url = {http://www.apta.org/a_b},\n"
        "}\n"
    )


def test_ris_is_written_as_ris_wants_it() -> None:
    assert ris.write(
        [
            reference(
                "a",
                type="report",
                title="Dry\n Needling",
                author=[{"literal": "Performance Health, Inc."}, {"family": "B", "given": "C"}],
                issued={"date-parts": [[2015, 5]]},
                page="133–149",
            )
        ]
    ) == (
        "TY  - RPRT\r\nID  - a\r\nAU  - Performance Health Inc.,\r\nAU  - B, C\r\n"
        "TI  - Dry Needling\r\nPY  - 2015\r\nDA  - 2015/05//\r\nSP  - 133\r\nEP  - 149\r\n"
        "ER  - \r\n\r\n"
    )


def test_what_is_not_known_is_left_out() -> None:
    page = [reference("a", title="A")]
    assert bibtex.write(page) == "@online{a,\n  title = {{A}},\n}\n"
    assert ris.write(page) == "TY  - ELEC\r\nID  - a\r\nTI  - A\r\nER  - \r\n\r\n"
    assert json.loads(csl_json.write(page)) == [{"id": "a", "type": "webpage", "title": "A"}]


def test_csl_json_holds_standard_variables_in_one_order() -> None:
    page = reference("a", volume="1", author=[], issued={}, DOI="10.1000/x", custom={}, tier="x")
    (item,) = json.loads(csl_json.write([page]))
    assert list(item) == ["id", "type", "title", "author", "issued", "DOI", "volume"]


@pytest.mark.parametrize("export", EXPORTS, ids=lambda one: one.suffix)
def test_exports_are_stable_and_keep_the_order(export: Any) -> None:
    references = list(shipped().values())
    assert export.write(references) == export.write(references)
    assert export.write([]) in ("", "[]\n")
    text = export.write(reversed(references))
    found = re.findall(r'(?:^@\w+\{|^ID  - |"id": ")([\w:.-]+)', text, re.MULTILINE)
    assert found == [one.key for one in reversed(references)]


TITLES = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S"), exclude_characters="‘’“”")
    | st.sampled_from(" {}\\%&$#_~^<>`'\"-"),
    min_size=1,
    max_size=40,
).filter(lambda text: text.strip() and not re.search(r"<[/a-z!]", text) and not _raised(text))


def _raised(text: str) -> bool:
    """Tell whether a text holds a raised letter such as ª, which pandoc reads as markup."""
    return any(unicodedata.decomposition(c).startswith(("<super>", "<sub>")) for c in text)


@given(st.lists(TITLES, min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_any_title_survives_ris(titles: list[str]) -> None:
    pages = [reference(f"k{at}", title=title) for at, title in enumerate(titles)]
    items = _pandoc(ris.write(pages), "ris")
    assert [items[one.key]["title"] for one in pages] == [
        " ".join(one.title.split()) for one in pages
    ]


@given(TITLES)
def test_any_title_leaves_bibtex_braces_in_pairs(title: str) -> None:
    """BibTeX itself counts braces without heeding backslashes."""
    text = bibtex.write([reference("k", title=title)])
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0


@given(st.lists(TITLES.filter(bibtex._pairs), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_title_survives_bibtex(titles: list[str]) -> None:
    pages: list[Reference] = [reference(f"k{at}", title=title) for at, title in enumerate(titles)]
    items = _pandoc(bibtex.write(pages), "bibtex")
    for page in pages:
        assert fold(items[page.key]["title"]) == fold(" ".join(page.title.split()))
