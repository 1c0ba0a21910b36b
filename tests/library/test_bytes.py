"""Files that are missing, empty, unreadable or oddly encoded end in findings, not exceptions."""

from __future__ import annotations

from pathlib import Path

import pytest

from .loading import load

FILES = {
    "references.json": "CIT",
    "products.yaml": "PRD",
    "glossary.yaml": "GLO",
    "people.yaml": "REV",
    "anchors.json": "ANC",
    "redirects.yaml": "MOV",
    "log.changes.yaml": "CHG",
    "ledger.facts.yaml": "CLM",
}


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_empty_without_a_finding(name: str, tmp_path: Path) -> None:
    values, found = load(tmp_path / name, name)
    assert not values
    assert found == ()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b"\r\n"])
def test_an_empty_file_is_found(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    values, found = load(tmp_path / name, name)
    assert not values
    assert [(one.code, one.line, one.column) for one in found] == [(f"{FILES[name]}021", 1, 1)]


@pytest.mark.parametrize("name", FILES)
def test_a_byte_that_is_not_utf8_is_found_where_it_stands(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes('é: "ü"\r\ncaf'.encode() + b"\xe9: 1\n")
    values, found = load(tmp_path / name, name)
    assert not values
    assert [(one.code, one.line, one.column, one.message) for one in found] == [
        (f"{FILES[name]}020", 2, 4, "The byte E9 here is not UTF-8.")
    ]


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_the_place_of_a_file_is_found_without_its_path(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / name).mkdir()
    _, found = load(tmp_path / name, name)
    assert [one.code for one in found] == [f"{FILES[name]}020"]
    assert str(tmp_path) not in found[0].message


@pytest.mark.parametrize("name", FILES)
def test_a_control_character_is_found_where_it_stands(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b'\n  "a\x01"')
    _, found = load(tmp_path / name, name)
    assert [(one.code, one.line, one.column) for one in found] == [(f"{FILES[name]}021", 2, 5)]


@pytest.mark.parametrize("name", FILES)
def test_endless_nesting_is_found(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("[" * 500, encoding="utf-8")
    _, found = load(tmp_path / name, name)
    assert [one.code for one in found] == [f"{FILES[name]}021"]


@pytest.mark.parametrize("name", ["products.yaml", "references.json"])
def test_columns_count_characters(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text('{"é𝄞": "ü", "x": ]', encoding="utf-8")
    _, found = load(tmp_path / name, name)
    assert [(one.line, one.column) for one in found] == [(1, 18)]
