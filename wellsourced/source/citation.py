"""Read the citation syntax: the pandoc subset that articles may use.

    [@key]   [@a; @b]   [see @key, p. 3]   [-@key, pp. 3-4, on dose]

A citation is the bracket; it holds cites; a cite names a reference by key and may carry a
prefix, a locator and a suffix. Source: Pandoc User's Guide, "Citation syntax".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wellsourced.source.spans import Span

KEY = r"\w(?:[:.#$%&+?<>~/-]?\w)*"
_CITE = re.compile(rf"(?P<prefix>.*?)(?<![\w@])(?P<minus>-?)@(?P<key>{KEY})(?P<rest>.*)", re.DOTALL)
_HOLDS_CITE = re.compile(r"(?<![\w@.])@(?=[\w{]|\s|$|[\];,])")
_LOCATOR = re.compile(
    r"""\s*,?\s*
    (?P<locator>
        (?:(?:pp?|pages?|ch(?:ap)?s?|chapters?|secs?|sections?|§+|figs?|figures?|tables?|tab
           |vols?|volumes?|paras?|paragraphs?|¶+|lines?|ll?|nos?|parts?|app|appendix)\.?\s*)?
        \d[\dA-Za-z.:]*(?:\s*[-–,]\s*\d[\dA-Za-z.:]*)*
    )
    (?P<suffix>.*)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cite:
    """One reference named inside a citation; `key_span` covers the key without its `@`."""

    key: str
    key_span: Span
    prefix: str = ""
    locator: str = ""
    suffix: str = ""
    suppress_author: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A bracket with its cites; `malformed` says what is wrong when it cannot be used."""

    span: Span
    cites: tuple[Cite, ...]
    malformed: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """List the keys in the order written."""
        return tuple(cite.key for cite in self.cites)


def match(text: str, start: int, shift: int = 0) -> Citation | None:
    """Read the citation whose `[` stands at `text[start]`, or None when there is none.

    `shift` is added to every offset of the result.
    """
    end = _closing_bracket(text, start)
    if end is None:
        return None
    inner = text[start + 1 : end]
    if not _HOLDS_CITE.search(inner):
        return None
    span = Span(start + shift, end + 1 + shift)
    cites: list[Cite] = []
    offset = start + 1
    for part in inner.split(";"):
        found = _CITE.fullmatch(part)
        if not found:
            return Citation(span, tuple(cites), f'"{part.strip()}" names no reference')
        cites.append(_cite(found, offset + shift))
        if _HOLDS_CITE.search(found["rest"]):
            return Citation(span, tuple(cites), 'two references stand without a ";" between them')
        offset += len(part) + 1
    return Citation(span, tuple(cites))


def unclosed(text: str, start: int) -> bool:
    """Tell whether a citation opens at `text[start]` and its bracket never closes."""
    return _closing_bracket(text, start) is None and bool(
        re.match(rf"\[-?@{KEY}", text[start:], re.DOTALL)
    )


def _closing_bracket(text: str, start: int) -> int | None:
    """Find the `]` of a bracket; a citation holds no further bracket and no blank line."""
    for position in range(start + 1, len(text)):
        character = text[position]
        if character == "]":
            return position
        if character == "[" or text.startswith("\n\n", position):
            return None
    return None


def _cite(found: re.Match[str], offset: int) -> Cite:
    rest = found["rest"]
    located = _LOCATOR.fullmatch(rest)
    return Cite(
        key=found["key"],
        key_span=Span(offset + found.start("key"), offset + found.end("key")),
        prefix=found["prefix"].strip(),
        locator=located["locator"].strip() if located else "",
        suffix=(located["suffix"] if located else rest).strip(" ,\n\t"),
        suppress_author=bool(found["minus"]),
    )
