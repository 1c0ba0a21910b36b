"""Read Pandoc's citation syntax.

    [@key]   [@a; @b]   [see @key, pp. 3-4, on dose]   [-@key]   [@{odd/key}, {iv}]
    @key says   @key [p. 33]   @key [p. 33; @other]   -@key

A citation is the bracket, or the `@key` in running text with the bracket after it; it holds
cites; a cite names a reference by key and may carry a prefix, a locator and a suffix.
Source: Pandoc User's Guide, "Citation syntax".
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from wellsourced.source.locators import locate
from wellsourced.source.spans import Span

KEY = r"\w(?:[:.#$%&+?<>~/-]?\w)*"
NARRATIVE = rf"(?<![\w@./:;=+&#%~\]\\\x00\x03-])-?@(?:{KEY}|\{{[^{{}}\s]+\}})"
"""A cite in running text: no e-mail address, no part of a web address, right after no markup.

What stands before it as markup is blanked when the file is scanned, and ends in U+0003 when
Python-Markdown reads it.
"""

_AT_KEY = rf"(?P<minus>-?)@(?:(?P<key>{KEY})|\{{(?P<braced>[^{{}}\s]+)\}})"
_CITE = re.compile(rf"(?P<prefix>.*?)(?<![\w@]){_AT_KEY}(?P<rest>.*)", re.DOTALL)
_HOLDS_CITE = re.compile(r"(?<![\w@.])@(?=[\w{]|\s|$|[\];,])")
_NARRATIVE = re.compile(NARRATIVE)
_BARE = re.compile(_AT_KEY)
_OPENS = re.compile(rf"\[[^\[\]@\n]{{0,80}}(?<![\w@])-?@(?:{KEY}|\{{)")
_BRACKET = re.compile(r"[ ]?\[(?!\[)")


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
    """A bracket, or a key in running text, with its cites.

    `narrative` tells that the first cite stands in running text, where its author is named;
    `malformed` says what is wrong when the citation cannot be used.
    """

    span: Span
    cites: tuple[Cite, ...]
    malformed: str = ""
    narrative: bool = field(default=False, compare=False)

    @property
    def keys(self) -> tuple[str, ...]:
        """List the keys in the order written."""
        return tuple(cite.key for cite in self.cites)


def match(text: str, start: int, shift: int = 0, raw: str | None = None) -> Citation | None:
    """Read the citation whose `[` stands at `text[start]`, or None when there is none.

    `shift` is added to every offset of the result; `raw` is the text as written when `text`
    has parts of it blanked.
    """
    end = _closing_bracket(text, start)
    if end is None or not _HOLDS_CITE.search(text, start + 1, end):
        return None
    span = Span(start + shift, end + 1 + shift)
    cites, fault = _cites(text, start + 1, end, shift, raw or text)
    return Citation(span, cites, fault)


def match_narrative(
    text: str, start: int, shift: int = 0, raw: str | None = None
) -> Citation | None:
    """Read the citation whose `@` or `-@` stands at `text[start]` in running text."""
    if not _NARRATIVE.match(text, start) or not (found := _BARE.match(text, start)):
        return None
    raw = raw or text
    first = _cite(found, "", "", shift)
    alone = Citation(Span(start + shift, found.end() + shift), (first,), narrative=True)
    bracket = _BRACKET.match(text, found.end())
    end = _closing_bracket(text, bracket.end() - 1) if bracket else None
    if bracket is None or end is None or text[end + 1 : end + 2] in ("(", "["):
        return alone
    head_end = text.find(";", bracket.end(), end)
    head_end = end if head_end == -1 else head_end
    if _HOLDS_CITE.search(text, bracket.end(), head_end) or not raw[bracket.end() : end].strip():
        return alone
    first = _cite(found, "", raw[bracket.end() : head_end], shift)
    more: tuple[Cite, ...] = ()
    fault = ""
    if head_end != end:
        more, fault = _cites(text, head_end + 1, end, shift, raw)
    return Citation(Span(start + shift, end + 1 + shift), (first, *more), fault, narrative=True)


def unclosed(text: str, start: int) -> bool:
    """Tell whether a citation opens at `text[start]` and its bracket never closes."""
    return bool(_OPENS.match(text, start)) and _closing_bracket(text, start) is None


def _closing_bracket(text: str, start: int) -> int | None:
    """Find the `]` of a bracket; a citation holds no further bracket and no blank line."""
    end = text.find("]", start + 1)
    if end == -1:
        return None
    if text.find("[", start + 1, end) != -1 or text.find("\n\n", start + 1, end) != -1:
        return None
    return end


def _cites(text: str, start: int, end: int, shift: int, raw: str) -> tuple[tuple[Cite, ...], str]:
    """Read the cites between two offsets, parted by `;`, and say what is wrong with one."""
    cites: list[Cite] = []
    offset = start
    for part in text[start:end].split(";"):
        stop = offset + len(part)
        found = _CITE.fullmatch(text, offset, stop)
        if not found:
            return tuple(cites), f'"{raw[offset:stop].strip()}" names no reference'
        rest = raw[found.start("rest") : found.end("rest")]
        cites.append(_cite(found, raw[offset : found.end("prefix")], rest, shift))
        if _HOLDS_CITE.search(text, found.start("rest"), stop):
            return tuple(cites), 'two references stand without a ";" between them'
        offset = stop + 1
    return tuple(cites), ""


def _cite(found: re.Match[str], prefix: str, rest: str, shift: int) -> Cite:
    group = "key" if found["key"] is not None else "braced"
    locator, suffix = locate(rest)
    return Cite(
        key=found[group],
        key_span=Span(found.start(group) + shift, found.end(group) + shift),
        prefix=prefix.strip(),
        locator=locator,
        suffix=suffix,
        suppress_author=bool(found["minus"]),
    )


def is_key(word: str, known: Collection[str]) -> bool:
    """Tell whether an `@word` in running text is a cite.

    It is one when the references have it, or when it holds a digit as keys do (boyce2020);
    any other word is a name on a social network, and stays text.
    """
    return word in known or any(character.isdigit() for character in word)
