"""Check plain data against a pydantic model and say what is wrong at the key or value itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from wellsourced.diagnostics import Diagnostic, diagnose
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
    return None, tuple(_finding(one, model, record, trail, shape, codes or {}) for one in details)


def nearest(name: str, names: Iterable[str]) -> str:
    """Give a hint that names the known name nearest to one that is not known, or ""."""
    folded = {known.casefold(): known for known in names}
    close = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return f'did you mean "{folded[close[0]]}"?' if close else ""


def _finding(
    error: ErrorDetails,
    model: type[BaseModel],
    record: Record,
    trail: Trail,
    shape: Shape,
    codes: Mapping[str, str],
) -> Diagnostic:
    inner: Trail = error["loc"]
    name = next((step for step in reversed(inner) if isinstance(step, str)), "")
    where = (*trail, *inner)
    if error["type"] == "extra_forbidden":
        known = field_names(model, inner[:-1])
        hint = nearest(name, known) or f"the fields here are {', '.join(known)}"
        message = f'The field "{name}" is not known here.'
        return diagnose(record.key_at(where), shape.unknown_field, message, hint)
    if error["type"] == "missing":
        id = codes.get(name, shape.missing_field)
        return diagnose(record.entry_at(where[:-1]), id, f'The field "{name}" is missing.')
    id = codes.get(error["type"]) or codes.get(name) or shape.bad_value
    message, hint = _words(error, name)
    return diagnose(record.value_at(where), id, message, hint)


def _words(error: ErrorDetails, name: str) -> tuple[str, str]:
    """Say what is wrong with a value, and how to mend it."""
    given = error["input"]
    subject = f'"{name}"' if name else "This entry"
    shown = f'"{given}"' if isinstance(given, str) else _spell(given)
    kind = error["type"]
    if kind == "literal_error":
        allowed = [str(one) for one in _allowed(error)]
        hint = nearest(str(given), allowed) or f"write one of {', '.join(allowed)}"
        return f"{shown} is not a value of {subject}.", hint
    if kind in _KINDS:
        hint = "put the value in quotes" if kind == "string_type" and _bare(given) else ""
        return f"{subject} must be {_KINDS[kind]}, not {shown}.", hint
    if kind == "blank":
        return f"{subject} is empty.", "write the text, or remove the field"
    if kind == "too_short":
        return f"{subject} has no items.", "write at least one"
    return f"{shown} {error['msg']}.", ""


def _allowed(error: ErrorDetails) -> list[str]:
    """List the values that a `Literal` allows, from pydantic's words for them."""
    expected = str(error.get("ctx", {}).get("expected", ""))
    return [part.strip("' ") for part in expected.replace(" or ", ", ").split(", ") if part]


def _bare(given: object) -> bool:
    return given is not None and not isinstance(given, dict | list)


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
    at: type[BaseModel] | None = model
    for step in trail:
        if at is not None and isinstance(step, str):
            at = next(
                (
                    _model_in(field.annotation)
                    for name, field in at.model_fields.items()
                    if step == (field.alias or name)
                ),
                None,
            )
    return [field.alias or name for name, field in at.model_fields.items()] if at else []


def _model_in(annotation: object) -> type[BaseModel] | None:
    """Find the model inside `X | None`, `list[X]` and the like."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Union, UnionType, Annotated, list, dict):
        return next(filter(None, map(_model_in, get_args(annotation))), None)
    return None
