"""Define the kinds of field that catalogue entries share, for pydantic's models."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError

ID_HINT = "use small letters, digits and, between them, hyphens"
IMPOSSIBLE_DATE = "impossible_date"
"""The pydantic error type of a date that no calendar has."""

# RFC 3986 § 2 leaves these out of addresses; a quote or brace would break HTML or BibTeX too.
_NOT_IN_ADDRESS = re.compile(r"[\s\x00-\x20\x7f<>\"{}|\\^`]")
ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
"""The pattern of an id that can be part of a page's address."""

_ID = re.compile(ID)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def fits_address(id: str) -> bool:
    """Tell whether an id can be part of a page's address and of its anchors as it stands."""
    return _ID.fullmatch(id) is not None


class Entry(BaseModel):
    """Base of what an editor writes: exact kinds, no unknown field, never changed."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=False)


def _not_blank(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "is empty")
    return text


def _address(text: str) -> str:
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable or _NOT_IN_ADDRESS.search(text):
        raise PydanticCustomError(
            "address", "is no web address", {"hint": "begin it with https:// or http://"}
        )
    return text


def _day(value: object) -> date:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise PydanticCustomError(
            "date_form", "is no date", {"hint": "write year, month and day, as in 2026-11-24"}
        )
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError(
            IMPOSSIBLE_DATE, "is a date that no calendar has", {"hint": "write the day meant"}
        ) from None


Text = Annotated[
    str, AfterValidator(_not_blank), WithJsonSchema({"type": "string", "pattern": r"\S"})
]
"""Text with at least one visible character."""

Address = Annotated[
    str,
    AfterValidator(_address),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https?://"}),
]
"""An absolute http or https address (RFC 3986)."""

Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}),
]
"""A calendar day, written as RFC 3339 full-date."""

UrlStatus = Literal["ok", "missing", "archived", "unchecked"]
"""Whether an address is known: found, not found, found in an archive only, or not opened yet."""
