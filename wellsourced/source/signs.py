"""Tell quickly that a pattern cannot be in a text: a plain search is many times faster."""

from __future__ import annotations

from collections.abc import Iterable


def holds(text: str, signs: Iterable[str]) -> bool:
    """Tell whether a text holds one of some signs."""
    for sign in signs:  # noqa: SIM110 — a generator would cost more than the searches
        if sign in text:
            return True
    return False
