"""Part what follows a key into locator and suffix, by the locator terms that Pandoc knows.

Source: Pandoc User's Guide, "Citation syntax"; the terms are those of CSL's English locale,
with `table` and `appendix` beside them.
"""

from __future__ import annotations

import re

_TERMS = (
    "book bk bks chapters chapter chaps chap ch columns column cols col figures figure figs fig "
    "folios folio fols fol numbers number nos no lines line ll l notes note nn n opera opus opp "
    "op pages page pp p paragraphs paragraph paras para parts part pts pt sections section secs "
    "sec verses verse vv v volumes volume vols vol tables table tab appendix app"
).split()
_TERM = (
    rf"(?:(?:sub\s+verbo|s\.vv?|{'|'.join(sorted(_TERMS, key=len, reverse=True))})"
    r"(?![A-Za-z])\.?|§+|¶+)\s*"
)
_NUMBER = r"[A-Za-z]?\d[\dA-Za-z]*(?:[.:]\d[\dA-Za-z]*)*"
_ROMAN = r"[ivxlcdm]+(?![A-Za-z])"
_MORE = r"\s*[-–—,&]\s*"
_NAMED = rf"{_TERM}(?:{_NUMBER}|{_ROMAN})(?:{_MORE}(?:{_NUMBER}|{_ROMAN}))*"
_PAGES = rf"\d[\dA-Za-z]*(?:[.:]\d[\dA-Za-z]*)*(?:{_MORE}\d[\dA-Za-z]*(?:[.:]\d[\dA-Za-z]*)*)*"
_LOCATOR = re.compile(
    rf"\s*,?\s*(?P<locator>(?:{_NAMED}|{_PAGES})(?:\s*,\s*{_NAMED})*)(?![\w])(?P<suffix>.*)",
    re.DOTALL | re.IGNORECASE,
)
_BRACED = re.compile(r"\s*,?\s*\{(?P<locator>[^{}]*)\}(?P<suffix>.*)", re.DOTALL)
_LONGEST = 400
"""Characters of a locator with its suffix that are looked at."""


def locate(rest: str) -> tuple[str, str]:
    """Give the locator and the suffix of what stands between a key and the next `;`.

    A locator in curly brackets is taken as it is; empty ones say that there is none.
    """
    found = _BRACED.fullmatch(rest) or (_LOCATOR.fullmatch(rest) if len(rest) < _LONGEST else None)
    if not found:
        return "", _fold(rest)
    return _fold(found["locator"]), _fold(found["suffix"])


def _fold(words: str) -> str:
    return " ".join(words.strip(" ,\t\r\n").split())
