"""The catalogues become the values that the engine and the templates read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path

import pytest

from wellsourced.library import Library, glossary, load
from wellsourced.library.bibliography import Reference
from wellsourced.library.catalogue import Label, ProductClaim, Strength

REFERENCES = [
    {
        "id": "gattie2017",
        "type": "article-journal",
        "title": "The Effectiveness of Trigger Point Dry Needling",
        "author": [{"family": "Gattie", "given": "Eric"}, {"literal": "The Group"}],
        "issued": {"date-parts": [["2017", 3]]},
        "DOI": "10.2519/jospt.2017.7096",
        "publisher": "JOSPT",
        "custom": {
            "url_status": "ok",
            "checked": "2026-11-24",
            "tier": "systematic-review",
            "independent": True,
            "independence_note": "A journal.",
            "unverified": "Nothing.",
            "note": "A note.",
            "source_number": 2,
        },
    },
    {
        "id": "nata",
        "type": "webpage",
        "title": "Dry Needling",
        "custom": {"url_status": "missing", "tier": "other"},
    },
]
PRODUCTS = """
biofreeze:
  name: Biofreeze
  maker: RB Health
  maker_note: As the label of 2024 says.
  purpose: Cools the skin.
  claims:
    - {text: It cools., by: The maker, reference: gattie2017}
    - {text: It helps., by: The shop}
  safety: [Not on broken skin.]
  url: https://example.org/biofreeze
  url_status: ok
  checked: 2026-11-24
  connection: Sold by the publisher of the source article.
  label:
    ingredient: Menthol
    indication: Minor aches.
    strengths:
      - {form: gel, strength: 4%, labeler: RB Health, year: 2024, url: https://example.org/label}
      - {form: patch, strength: 5%}
    warnings: [For external use only.]
    reference: gattie2017
    note: Strengths differ.
"""
GLOSSARY = """
trigger-point:
  term: trigger point
  aliases: [Myofascial trigger point]
  definition: >
    A knot
    in a muscle.
  pronunciation: TRIG-er
  references: [nata]
qi: {term: Qi, definition: Life force.}
"""
PEOPLE = (
    "editors: {name: The editors, kind: organization, role: Write., url: https://example.org/}\n"
)
ANCHORS = {"articles/x": {"published": ["basics", "risks"], "redirects": {"dangers": "risks"}}}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Load a small, sound library."""
    (tmp_path / "references.json").write_text(json.dumps(REFERENCES), encoding="utf-8")
    (tmp_path / "products.yaml").write_text(PRODUCTS, encoding="utf-8")
    (tmp_path / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    (tmp_path / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "anchors.json").write_text(json.dumps(ANCHORS), encoding="utf-8")
    (tmp_path / "disclaimers").mkdir()
    for kind in ("drug", "medical", "commercial"):
        (tmp_path / "disclaimers" / f"{kind}.md").write_bytes(b"**Read** this.\r\n")
    library, found = load(tmp_path)
    assert found == ()
    return library


def test_a_reference_holds_its_variables_and_our_facts(library: Library) -> None:
    reference = library.references["gattie2017"]
    assert list(library.references) == ["gattie2017", "nata"]
    assert "custom" not in reference.csl
    assert reference.csl["DOI"] == "10.2519/jospt.2017.7096"
    assert reference.authors_text == "Eric Gattie, The Group"
    assert (reference.year, reference.publisher) == (2017, "JOSPT")
    assert (reference.url_status, reference.tier) == ("ok", "systematic-review")
    assert reference.checked == date(2026, 11, 24)
    assert reference.independent is True
    assert reference.source_number == 2


def test_a_doi_is_an_address_where_there_is_no_other(library: Library) -> None:
    assert library.references["gattie2017"].url == "https://doi.org/10.2519/jospt.2017.7096"


def test_what_is_not_given_is_not_made_up(library: Library) -> None:
    reference = library.references["nata"]
    assert (reference.url, reference.checked, reference.independent) == (None, None, None)
    assert (reference.year, reference.publisher, reference.authors_text) == (None, "", "")
    assert (reference.unverified, reference.note, reference.source_number) == ("", "", None)


def test_a_product_holds_claims_and_label(library: Library) -> None:
    product = library.products["biofreeze"]
    assert product.claims == (
        ProductClaim("It cools.", "The maker", "gattie2017"),
        ProductClaim("It helps.", "The shop", None),
    )
    assert product.safety == ("Not on broken skin.",)
    assert product.checked == date(2026, 11, 24)
    assert product.label == Label(
        "Menthol",
        "Minor aches.",
        (
            Strength("gel", "4%", "RB Health", 2024, "https://example.org/label"),
            Strength("patch", "5%", "", None, None),
        ),
        ("For external use only.",),
        "gattie2017",
        "Strengths differ.",
    )


@pytest.mark.parametrize(
    "name", ["trigger point", "Trigger  Point", "MYOFASCIAL trigger point", "trigger\npoint"]
)
def test_a_term_is_found_by_any_of_its_names(library: Library, name: str) -> None:
    term = glossary.find(library.terms, name)
    assert term is not None
    assert term.id == "trigger-point"
    assert term.definition == "A knot in a muscle.\n"


def test_a_name_of_no_term_finds_nothing(library: Library) -> None:
    assert glossary.find(library.terms, "chi") is None


def test_people_disclaimers_and_anchors(library: Library) -> None:
    assert library.people["editors"].kind == "organization"
    assert list(library.disclaimers) == ["medical", "commercial", "drug"]
    assert library.disclaimers["drug"].markdown == "**Read** this.\n"
    assert library.anchors["articles/x"].published == ("basics", "risks")
    assert library.anchors["articles/x"].redirects == {"dangers": "risks"}


def test_locations_are_shown_under_the_name_of_the_folder(library: Library) -> None:
    assert library.products["biofreeze"].location.path == "content/library/products.yaml"
    assert (library.products["biofreeze"].location.line, library.terms["qi"].location.line) == (
        2,
        10,
    )


def test_values_cannot_be_changed(library: Library) -> None:
    for catalogue in (library.references, library.products, library.terms, library.anchors):
        assert isinstance(catalogue, Mapping)
        with pytest.raises(TypeError):
            catalogue["x"] = None  # type: ignore[index]
    reference: Reference = library.references["nata"]
    with pytest.raises(FrozenInstanceError):
        reference.title = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        reference.csl["title"] = "x"  # type: ignore[index]


def test_catalogues_check_each_other(tmp_path: Path) -> None:
    (tmp_path / "references.json").write_text("[]", encoding="utf-8")
    (tmp_path / "products.yaml").write_text(PRODUCTS, encoding="utf-8")
    (tmp_path / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    _, found = load(tmp_path, "content/library")
    assert [(one.path, one.code, one.line) for one in found] == [
        ("content/library/glossary.yaml", "GLO028", 9),
        ("content/library/products.yaml", "PRD028", 8),
        ("content/library/products.yaml", "PRD028", 22),
    ]


def test_references_that_cannot_be_read_are_one_finding(tmp_path: Path) -> None:
    (tmp_path / "references.json").write_text("[", encoding="utf-8")
    (tmp_path / "products.yaml").write_text(PRODUCTS, encoding="utf-8")
    (tmp_path / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    _, found = load(tmp_path)
    assert [one.code for one in found] == ["CIT021"]


def test_a_folder_that_is_not_there_is_an_empty_library(tmp_path: Path) -> None:
    library, found = load(tmp_path / "none")
    assert found == ()
    assert library == Library({}, {}, {}, {}, {}, {})
