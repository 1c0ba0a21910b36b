"""The schemas are sound, are those that are committed, and fit what editors have written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.conftest import ROOT
from wellsourced import source
from wellsourced.editing.schemas import FOLDER, schemas, write

CONTENT = ROOT / "content"
LIBRARY = CONTENT / "library"
CATALOGUES = {
    "anchors": LIBRARY / "anchors.json",
    "changes": CONTENT / "articles" / "what-is-dry-needling.changes.yaml",
    "facts": CONTENT / "articles" / "what-is-dry-needling.facts.yaml",
    "glossary": LIBRARY / "glossary.yaml",
    "people": LIBRARY / "people.yaml",
    "products": LIBRARY / "products.yaml",
    "references": LIBRARY / "references.json",
    "retractions": LIBRARY / "retractions.json",
}
REFERENCE = {
    "id": "a1", "type": "book", "title": "A", "custom": {"url_status": "ok", "tier": "other"},
}  # fmt: skip
WRONG = {
    "article": {"Title": "A", "Date": "24 November", "Author": "a", "Summary": "b"},
    "page": {"Titel": "A"},
    "anchors": {"articles/x": {"publised": []}},
    "changes": [{"date": "2026-11-24", "kind": "fix", "text": "a"}],
    "facts": [{"id": "a", "section": "b", "phrases": []}],
    "glossary": {"Trigger Point": {"term": "a", "definition": "b"}},
    "people": {"jdoe": {"name": "Jane Doe", "kind": "team", "role": "Writes."}},
    "products": {"a": {"name": "A", "url_status": "ok"}},
    "references": [{**REFERENCE, "DOI": "https://doi.org/10.1000/1"}],
    "retractions": {"checked": None},
}


def validator(name: str) -> Draft202012Validator:
    """Give a validator by one of our schemas, formats included."""
    schema = json.loads(schemas()[f"{name}.schema.json"])
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def fields(path: Path) -> dict[str, str]:
    """Give the fields at the top of a Markdown file, as it writes them."""
    found = source.read(path, path.name)
    return {found.text_of(one.key_span): one.value for one in found.front_matter.fields}


def read(path: Path) -> Any:
    """Read JSON or YAML; dates stay text, as an editor's program takes them by the core schema."""
    text = path.read_text("utf-8")
    return json.loads(text) if path.suffix == ".json" else yaml.load(text, yaml.BaseLoader)


@pytest.mark.parametrize("name", schemas())
def test_a_schema_is_a_json_schema_of_2020_12(name: str) -> None:
    schema = json.loads(schemas()[name])
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", schemas())
def test_the_committed_schemas_are_those_of_the_models(name: str) -> None:
    assert (LIBRARY / FOLDER / name).read_text("utf-8") == schemas()[name], "run `invoke schema`"


def test_no_other_schema_is_committed() -> None:
    assert {path.name for path in (LIBRARY / FOLDER).iterdir()} == set(schemas())


@pytest.mark.parametrize(("name", "path"), CATALOGUES.items(), ids=CATALOGUES.keys())
def test_the_shipped_catalogues_fit(name: str, path: Path) -> None:
    value = read(path)
    if name == "products":
        value = _nulls(value)
    assert [one.message for one in validator(name).iter_errors(value)] == []


def _nulls(value: Any) -> Any:
    """Turn YAML's null and whole numbers back, which the base loader leaves as text."""
    if isinstance(value, list):
        return [_nulls(one) for one in value]
    if isinstance(value, dict):
        return {key: _nulls(one) for key, one in value.items()}
    if value == "null":
        return None
    return int(value) if value.isdigit() else value


@pytest.mark.parametrize("kind", ["article", "page"])
def test_the_shipped_documents_fit(kind: str) -> None:
    paths = sorted((CONTENT / f"{kind}s").glob("*.md"))
    assert paths
    for path in paths:
        assert [one.message for one in validator(kind).iter_errors(fields(path))] == []


@pytest.mark.parametrize(("name", "value"), WRONG.items(), ids=WRONG.keys())
def test_a_mistake_does_not_fit(name: str, value: object) -> None:
    assert list(validator(name).iter_errors(value))


@pytest.mark.parametrize(
    "path", [path for path in CATALOGUES.values() if path.suffix == ".yaml"], ids=lambda p: p.name
)
def test_each_yaml_file_names_its_schema(path: Path) -> None:
    mark, _, address = path.read_text("utf-8").partition("\n")[0].partition("$schema=")
    assert mark == "# yaml-language-server: "
    assert (path.parent / address).resolve().parent == LIBRARY / FOLDER
    assert (path.parent / address).is_file()


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    assert len(write(tmp_path)) == len(schemas())
    assert write(tmp_path) == ()
    (tmp_path / FOLDER / "people.schema.json").write_text("{}", "utf-8")
    assert [path.name for path in write(tmp_path)] == ["people.schema.json"]
