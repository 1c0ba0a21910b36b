"""Split prose into sentences."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|vs|etc|e\.g|i\.e|cf|al|No|no|Fig|fig|pp|p|vol|approx|U\.S|U\.K|D\.C)|\b[A-Z])\.$"
)


def split(text: str) -> tuple[str, ...]:
    """Split a plain text into sentences; an abbreviation's full stop ends none."""
    sentences: list[str] = []
    start = 0
    for end in _END.finditer(text):
        candidate = text[start : end.start()]
        if _ABBREVIATION.search(candidate):
            continue
        sentences.append((text[start : end.end()]).strip())
        start = end.end()
    if rest := text[start:].strip():
        sentences.append(rest)
    return tuple(sentences)
