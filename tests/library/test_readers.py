"""Both readers agree with the standard library on every JSON text, and keep true places."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellsourced.library import json_reader
from wellsourced.library.csl import Item
from wellsourced.library.people import PersonEntry
from wellsourced.library.positions import BrokenSyntaxError, Record
from wellsourced.library.product import ProductEntry

PRINTABLE = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | PRINTABLE,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PRINTABLE, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(VALUES, st.sampled_from([None, 2, "\t"]), st.booleans())
def test_json_means_what_the_standard_library_says(
    value: object, indent: int | str | None, ascii_only: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    record = json_reader.parse(text, "x.json")
    assert record.value == value
    for trail in record.values:
        assert json.loads(_slice(text, record, trail)) == _at(value, trail)


@given(st.text('{}[]",:0123456789.eE+-truefalsn \t\n\\/u#', max_size=30))
def test_json_is_refused_where_the_standard_library_refuses_it(text: str) -> None:
    known, expected = _result(json.loads, text, ValueError)
    read, record = _result(lambda one: json_reader.parse(one, "x.json"), text, BrokenSyntaxError)
    if not read:
        beyond_json = ("This text holds", "This number", "The brackets")
        assert not known or str(record).startswith(beyond_json)
        return
    assert known
    assert isinstance(record, Record)
    assert record.duplicates or record.value == expected


def _result(
    read: Callable[[str], object], text: str, error: type[Exception]
) -> tuple[bool, object]:
    try:
        return True, read(text)
    except error as fault:
        return False, fault


def _slice(text: str, record: Record, trail: tuple[str | int, ...]) -> str:
    lines = text.split("\n")
    at = record.values[trail]
    offsets = [sum(len(one) + 1 for one in lines[: line - 1]) for line in (at.line, at.end_line)]
    return text[offsets[0] + at.column - 1 : offsets[1] + at.end_column - 1]


def _at(value: object, trail: tuple[str | int, ...]) -> object:
    for step in trail:
        value = value[step]  # type: ignore[index]
    return value


@pytest.mark.parametrize("model", [Item, ProductEntry, PersonEntry])
def test_the_models_give_json_schemas(model: type[Item]) -> None:
    schema = model.model_json_schema(by_alias=True)
    assert schema["additionalProperties"] is False
    assert schema["required"]


def test_the_csl_model_knows_the_variables_by_their_own_names() -> None:
    names = Item.model_json_schema(by_alias=True)["properties"]
    assert {"container-title", "archive_location", "DOI", "custom", "page-first"} <= set(names)
    assert "archive-location" not in names


def test_the_shipped_library_has_no_finding() -> None:
    from wellsourced.library import load

    folder = Path(__file__).parents[2] / "content" / "library"
    library, found = load(folder)
    assert found == ()
    assert library.references
