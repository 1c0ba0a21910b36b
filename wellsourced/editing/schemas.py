"""Write JSON Schemas (2020-12) of all that editors write, so that their programs can help them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import BaseModel, TypeAdapter

from wellsourced.editing.writing import replace
from wellsourced.library.anchors import AnchorsEntry
from wellsourced.library.changes import ChangeEntry
from wellsourced.library.csl import Item
from wellsourced.library.fields import ID, Entry
from wellsourced.library.glossary import TermEntry
from wellsourced.library.ledger import FactEntry
from wellsourced.library.people import PersonEntry
from wellsourced.library.product import ProductEntry
from wellsourced.library.redirects import ADDRESS, MovedEntry
from wellsourced.library.retractions import RetractionsEntry
from wellsourced.rules.front_matter import ArticleFields, PageFields

FOLDER = "schemas"
"""The schemas' folder below content/library/, so that they go where the catalogues go."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_Schema: TypeAlias = dict[str, Any]


def _file_of(model: type[BaseModel]) -> _Schema:
    return model.model_json_schema(by_alias=True)


def _fields_of(model: type[BaseModel]) -> _Schema:
    return _without_null(_file_of(model))


def _list_of(model: type[BaseModel]) -> _Schema:
    return TypeAdapter(list[model]).json_schema(by_alias=True)  # type: ignore[valid-type]


def _pages_of(model: type[BaseModel]) -> _Schema:
    return TypeAdapter(dict[str, model]).json_schema(by_alias=True)  # type: ignore[valid-type]


def _ids_of(model: type[BaseModel]) -> _Schema:
    return {**_pages_of(model), "propertyNames": {"pattern": f"^{ID}$"}}


def _moved_of(model: type[BaseModel]) -> _Schema:
    return {**_pages_of(model), "propertyNames": {"pattern": f"^{ADDRESS}$"}}


_FILES: Mapping[str, tuple[str, Callable[[type[BaseModel]], _Schema], type[Entry]]] = {
    "anchors": ("anchors.json: page to its anchors", _pages_of, AnchorsEntry),
    "article": ("The fields at the top of an article", _fields_of, ArticleFields),
    "changes": ("<slug>.changes.yaml: what has changed, and when", _list_of, ChangeEntry),
    "facts": ("<slug>.facts.yaml: what an article must say", _list_of, FactEntry),
    "glossary": ("glossary.yaml: term id to term", _ids_of, TermEntry),
    "page": ("The fields at the top of a page", _fields_of, PageFields),
    "people": ("people.yaml: key to person", _ids_of, PersonEntry),
    "products": ("products.yaml: product id to product", _ids_of, ProductEntry),
    "redirects": ("redirects.yaml: old address to where the page went", _moved_of, MovedEntry),
    "references": ("references.json: CSL-JSON 1.0.2 and our own facts", _list_of, Item),
    "retractions": (
        "retractions.json: works withdrawn by their journals",
        _file_of,
        RetractionsEntry,
    ),
}


def schemas() -> Mapping[str, str]:
    """Give the text of each schema by its file name, the same every time."""
    return {
        f"{name}.schema.json": _spelt(title, make(model))
        for name, (title, make, model) in _FILES.items()
    }


def write(library: Path) -> tuple[Path, ...]:
    """Write the schemas below a content/library/ folder; give the files that changed."""
    folder = library / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, text in schemas().items():
        path = folder / name
        if not path.exists() or path.read_bytes() != text.encode("utf-8"):
            replace(path, text.encode("utf-8"))
            changed.append(path)
    return tuple(changed)


def _spelt(title: str, schema: _Schema) -> str:
    whole = {"$schema": _DIALECT, "title": title, **_bare(schema)}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _bare(value: Any) -> Any:
    """Drop what helps no editor: titles that only repeat a field's name, and null as default."""
    if isinstance(value, list):
        return [_bare(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _bare(one)
        for key, one in value.items()
        if not (key == "title" and isinstance(one, str)) and (key, one) != ("default", None)
    }


def _without_null(schema: _Schema) -> _Schema:
    """Allow no null: a field at the top of a file has text, or is left out."""
    properties = {
        name: {
            **{key: value for key, value in field.items() if key != "anyOf"},
            **next(iter(field.get("anyOf", [{}]))),
        }
        for name, field in schema["properties"].items()
    }
    return {**schema, "properties": properties}
