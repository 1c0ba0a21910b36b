"""Tell in which language a document is: its own `Lang`, or that of the site."""

from __future__ import annotations

from typing import Protocol

SITE = "en"
"""The language of the library, and of the words that rules look for (BCP 47)."""


class _HasFields(Protocol):
    def value(self, name: str) -> str: ...


def of(document: _HasFields) -> str:
    """Give the BCP 47 tag of a document's language."""
    return document.value("lang") or SITE
