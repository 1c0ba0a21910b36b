"""Read single values out of a reference's CSL variables, as the export formats need them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast

from wellsourced.library.bibliography import Reference

_MARKUP = re.compile(r"</?(?:i|b|sub|sup|sc|span)\b[^<>]*>")


def text(reference: Reference, variable: str) -> str:
    """Give a text or number variable on one line; "" when the item has none."""
    return " ".join(str(reference.csl.get(variable, "")).split())


def without_markup(words: str) -> str:
    """Drop the HTML-like tags that CSL-JSON allows in text (CSL 1.0.2, "Rich text")."""
    return _MARKUP.sub("", words)


def names(reference: Reference, variable: str) -> Sequence[Mapping[str, str]]:
    """Give the names of a name variable; empty when the item has none."""
    return cast(Sequence[Mapping[str, str]], reference.csl.get(variable) or ())


def date_parts(reference: Reference, variable: str) -> tuple[int, ...]:
    """Give the known parts of a date, or of the start of a range: year, month, day."""
    value = reference.csl.get(variable)
    parts = value.get("date-parts") if isinstance(value, Mapping) else None
    return tuple(int(part) for part in parts[0]) if parts else ()


def whole_name(name: Mapping[str, str]) -> str:
    """Give the name of an organisation or of someone with one name; "" for any other."""
    if literal := name.get("literal"):
        return literal
    family, given = name.get("family", ""), name.get("given", "")
    return "" if family and given else family or given


def family_name(name: Mapping[str, str]) -> str:
    """Give the family name with the particles that stand before it."""
    parts = (name.get("dropping-particle"), name.get("non-dropping-particle"), name.get("family"))
    return " ".join(part for part in parts if part)
