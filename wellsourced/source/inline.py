"""Find the inline constructs of a body: code, escapes, links, images, tags, cites, terms.

The order is Python-Markdown's own: code spans first, then escapes, links, images, autolinks
and raw tags; cites and terms are sought in what is left, so that none is found inside them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from wellsourced.source import citation
from wellsourced.source.citation import Citation
from wellsourced.source.document import Image, Link, RawTag, TermUse
from wellsourced.source.spans import Span
from wellsourced.source.structure import BLANK

_CODE = re.compile(r"(?<!\\)(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
_ESCAPE = re.compile(r"\\[\\`*_{}\[\]>()#+\-.!|]")
_DEFINITION = re.compile(
    r"^[ ]{0,3}\[(?P<label>[^\[\]\n]+)\]:[ ]*(?P<target>\S+)"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ ]*$",
    re.MULTILINE,
)
_AUTOLINK = re.compile(r"<(?P<target>(?:[Ff]|[Hh][Tt])[Tt][Pp][Ss]?://[^<>]*)>")
_AUTOMAIL = re.compile(r"<(?P<target>[^<> !]+@[^@<> ]+)>")
_TAG = re.compile(r"</?(?P<name>[a-zA-Z][\w-]*)(?:[ \t\n][^<>]*)?/?>")
_TERM = re.compile(r"\[\[(?P<shown>[^\[\]|\n]+(?:\n[^\[\]|\n]+)?)(?:\|(?P<name>[^\[\]|\n]+))?\]\]")
_LABEL = re.compile(r"\s?\[(?P<label>[^\[\]]*)\]")


@dataclass(slots=True)
class Inline:
    """What the inline pass found, each list in the order of the text."""

    citations: list[Citation] = field(default_factory=list)
    broken: list[Span] = field(default_factory=list)
    terms: list[TermUse] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    tags: list[RawTag] = field(default_factory=list)


def read(text: str, masked: list[str], html_lines: list[Span]) -> Inline:
    """Read the inline constructs left visible in `masked`, which is blanked further on the way."""
    found = Inline()
    for pattern in (_CODE, _ESCAPE):
        for match in pattern.finditer("".join(masked)):
            _blank(masked, match.start(), match.end())
    definitions = _definitions(text, masked)
    _read_links(found, text, masked, definitions)
    _read_tags(found, masked, html_lines)
    _read_cites(found, "".join(masked))
    return found


def _blank(masked: list[str], start: int, end: int) -> None:
    for offset in range(start, end):
        if masked[offset] not in "\r\n":
            masked[offset] = BLANK


def _definitions(text: str, masked: list[str]) -> dict[str, tuple[str, Span]]:
    """Read `[label]: target` lines: mapping label in lower case → target and its span."""
    definitions: dict[str, tuple[str, Span]] = {}
    for match in _DEFINITION.finditer("".join(masked).replace("\r", " ")):
        target = text[match.start("target") : match.end("target")].strip("<>")
        span = Span(match.start("target"), match.end("target"))
        definitions.setdefault(match["label"].strip().lower(), (target, span))
        _blank(masked, match.start(), match.end())
    return definitions


def _read_links(
    found: Inline, text: str, masked: list[str], definitions: dict[str, tuple[str, Span]]
) -> None:
    visible = "".join(masked)
    position = 0
    while (start := visible.find("[", position)) != -1:
        position = start + 1
        end = _bracket_end(visible, start)
        if end is None:
            continue
        is_image = start > 0 and visible[start - 1] == "!"
        whole_start = start - 1 if is_image else start
        target: tuple[str, Span] | None = None
        whole_end = end
        if end < len(visible) and visible[end] == "(":
            parsed = _target(visible, text, end)
            if parsed:
                target, whole_end = parsed
        if target is None:
            label = _LABEL.match(visible, end)
            name = (label["label"] if label else "") or visible[start + 1 : end - 1]
            target = definitions.get(" ".join(name.lower().split()))
            if target and label:
                whole_end = label.end()
        if target is None:
            continue
        shown = text[start + 1 : end - 1]
        span = Span(whole_start, whole_end)
        if is_image:
            found.images.append(Image(shown, target[0], span, target[1]))
            _blank(masked, whole_start, whole_end)
            position = whole_end
        else:
            found.links.append(Link(shown, target[0], span, target[1]))
            _read_images_within(found, text, visible, Span(start + 1, end - 1))
            _blank(masked, whole_start, whole_end)
            position = whole_end


def _read_images_within(found: Inline, text: str, visible: str, span: Span) -> None:
    """Read images that stand in a link's text."""
    start = visible.find("![", span.start, span.end)
    if start == -1:
        return
    end = _bracket_end(visible, start + 1)
    if end is None or end >= span.end or visible[end] != "(":
        return
    parsed = _target(visible, text, end)
    if parsed:
        (target, target_span), whole_end = parsed
        found.images.append(
            Image(text[start + 2 : end - 1], target, Span(start, whole_end), target_span)
        )


def _bracket_end(visible: str, start: int) -> int | None:
    """Give the offset after the `]` that closes the `[` at `start`, brackets inside counted."""
    depth = 0
    for position in range(start, len(visible)):
        character = visible[position]
        if character == "[":
            depth += 1
        elif character == "]":
            depth -= 1
            if depth == 0:
                return position + 1
        elif character == "\n" and not visible[position + 1 :].split("\n", 1)[0].strip():
            return None
    return None


def _target(visible: str, text: str, start: int) -> tuple[tuple[str, Span], int] | None:
    """Read `(target "title")` whose `(` stands at `start`: target, its span, offset after `)`."""
    match = re.compile(
        r"""\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<bare>(?:[^\s()]|\((?:[^\s()]|\([^\s()]*\))*\))*))
        (?:\s+(?P<title>"[^"]*"|'[^']*'))?\s*\)""",
        re.VERBOSE,
    ).match(visible, start)
    if not match:
        return None
    group = "angled" if match["angled"] is not None else "bare"
    span = Span(match.start(group), match.end(group))
    return (text[span.start : span.end], span), match.end()


def _read_tags(found: Inline, masked: list[str], html_lines: list[Span]) -> None:
    visible = "".join(masked)
    for pattern in (_AUTOLINK, _AUTOMAIL):
        for match in pattern.finditer(visible):
            span = Span(match.start("target"), match.end("target"))
            target = match["target"] if pattern is _AUTOLINK else f"mailto:{match['target']}"
            found.links.append(
                Link(match["target"], target, Span(match.start(), match.end()), span)
            )
            _blank(masked, match.start(), match.end())
    found.links.sort(key=lambda link: link.span)
    for match in _TAG.finditer("".join(masked)):
        closing = "/" if match[0].startswith("</") else ""
        block_level = any(match.start() in line for line in html_lines)
        span = Span(match.start(), match.end())
        found.tags.append(RawTag(closing + match["name"].lower(), span, block_level))
        _blank(masked, match.start(), match.end())
    for line in html_lines:
        _blank(masked, line.start, line.end)


def _read_cites(found: Inline, visible: str) -> None:
    position = 0
    while (start := visible.find("[", position)) != -1:
        position = start + 1
        if term := _TERM.match(visible, start):
            group = "name" if term["name"] else "shown"
            name_span = Span(term.start(group), term.end(group))
            name = " ".join(term[group].split())
            shown = " ".join(term["shown"].split())
            found.terms.append(TermUse(shown, name, Span(start, term.end()), name_span))
            position = term.end()
        elif cited := citation.match(visible, start):
            found.citations.append(cited)
            position = cited.span.end
        elif citation.unclosed(visible, start):
            end = start + 1
            while end < len(visible) and visible[end] not in " \r\n\t,;":
                end += 1
            found.broken.append(Span(start, end))
