"""Check plain data against a pydantic model and say what is wrong at the key or value itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from wellsourced.diagnostics import Diagnostic, Suggestion, diagnose
from wellsourced.library.positions import Record, Trail
from wellsourced.library.shapes import Shape

_Model = TypeVar("_Model", bound=BaseModel)

_KINDS = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}


def check(
    model: type[_Model],
    record: Record,
    trail: Trail,
    shape: Shape,
    codes: Mapping[str, str] | None = None,
) -> tuple[_Model | None, tuple[Diagnostic, ...]]:
    """Give the model of the value at `trail`, or None and a finding for each of its faults.

    `codes` maps a field name or a pydantic error type to the code that it is reported under
    instead of the shape's own; a field's code covers its absence too.
    """
    value = record.value
    for step in trail:
        value = value[step]  # type: ignore[index]  # the caller walks what the record holds
    try:
        return model.model_validate(value), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
    judge = _Judge(model, record, trail, shape, codes or {})
    return None, tuple(judge.finding(one) for one in _without_echoes(details, model))


def nearest(name: str, names: Iterable[str]) -> str:
    """Give a hint that names the known name nearest to one that is not known, or ""."""
    near = _nearest(name, names)
    return Suggestion(f'did you mean "{near}"?', name, near) if near else ""


def _nearest(name: str, names: Iterable[str]) -> str:
    folded = {known.casefold(): known for known in names}
    swapped = [known for known in folded if _parts(known) == _parts(name)]
    close = swapped or get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else ""


def _parts(name: str) -> list[str]:
    return sorted(re.findall(r"\w+", name.casefold()))


def _without_echoes(details: list[ErrorDetails], model: type[BaseModel]) -> Iterator[ErrorDetails]:
    """Leave out that a field is missing where a misspelt one is found in its stead."""
    misspelt = {
        (*one["loc"][:-1], _nearest(str(one["loc"][-1]), field_names(model, one["loc"][:-1])))
        for one in details
        if one["type"] == "extra_forbidden"
    }
    return (one for one in details if one["type"] != "missing" or one["loc"] not in misspelt)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Turn pydantic's errors about one entry into findings."""

    model: type[BaseModel]
    record: Record
    trail: Trail
    shape: Shape
    codes: Mapping[str, str]

    def finding(self, error: ErrorDetails) -> Diagnostic:
        inner: Trail = error["loc"]
        where = (*self.trail, *inner)
        name = next((step for step in reversed(inner) if isinstance(step, str)), "")
        match error["type"]:
            case "extra_forbidden":
                known = field_names(self.model, inner[:-1])
                hint = nearest(name, known) or f"the fields here are {', '.join(known)}"
                message = f'The field "{name}" is not known here.'
                return diagnose(self.record.key_at(where), self.shape.unknown_field, message, hint)
            case "missing":
                id = self.codes.get(name, self.shape.missing_field)
                field = _field_at(self.model, inner)
                hint = f"add it: {field.description}" if field and field.description else ""
                message = f'The field "{name}" is missing.'
                return diagnose(self.record.entry_at(where[:-1]), id, message, hint)
            case kind:
                id = self.codes.get(kind) or self.codes.get(name) or self.shape.bad_value
                return diagnose(self.record.value_at(where), id, *_words(error, self.model))


def _words(error: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    """Say what is wrong with a value, and how to mend it."""
    given, kind = error["input"], error["type"]
    subject = _subject(error["loc"])
    shown = f'"{given}"' if isinstance(given, str) else _spell(given)
    if kind == "blank" or (kind == "string_type" and given is None):
        return f"{subject} is empty.", "write the text, or remove the field"
    if kind == "literal_error":
        field = _field_at(model, error["loc"])
        allowed = [str(one) for one in get_args(field.annotation)] if field else []
        hint = nearest(str(given), allowed) or f"write one of {', '.join(allowed)}"
        return f"{shown} is not a value of {subject}.", hint
    if kind in _KINDS:
        is_bare = isinstance(given, bool | int | float)
        hint = "put the value in quotes" if kind == "string_type" and is_bare else ""
        return f"{subject} must be {_KINDS[kind]}, not {shown}.", hint
    if kind == "too_short":
        return f"{subject} has no items.", "write at least one"
    return f"{shown} {error['msg']}.", str(error.get("ctx", {}).get("hint", ""))


def _subject(trail: Trail) -> str:
    names = [step for step in trail if isinstance(step, str)]
    if not names:
        return "This entry"
    return f'An item of "{names[-1]}"' if isinstance(trail[-1], int) else f'"{names[-1]}"'


def _spell(given: object) -> str:
    """Spell a value that is no text in the words of YAML and JSON."""
    match given:
        case None:
            return "nothing (null)"
        case bool():
            return str(given).lower()
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return f"the number {given}"


def field_names(model: type[BaseModel], trail: Trail) -> list[str]:
    """List the field names, as written in files, of the model at a trail inside a model."""
    return list(_fields_at(model, trail))


def _field_at(model: type[BaseModel], trail: Trail) -> FieldInfo | None:
    """Find the field that a trail inside a model ends at."""
    return _fields_at(model, trail[:-1]).get(str(trail[-1])) if trail else None


def _fields_at(model: type[BaseModel], trail: Trail) -> Mapping[str, FieldInfo]:
    """Give the fields, by their names in files, of the model at a trail; none if no model is."""
    fields = _fields(model)
    for step in trail:
        if isinstance(step, str):
            inner = _model_in(fields[step].annotation) if step in fields else None
            fields = _fields(inner) if inner else {}
    return fields


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _model_in(annotation: object) -> type[BaseModel] | None:
    """Find the model inside `X | None`, `list[X]` and the like."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Union, UnionType, Annotated, list, dict):
        return next(filter(None, map(_model_in, get_args(annotation))), None)
    return None
