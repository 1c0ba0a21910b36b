"""Read the `Key: value` lines at the top of a file, as Pelican's Markdown files have them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wellsourced.source.spans import LineIndex, Span

_FIELD = re.compile(r"(?P<key>[A-Za-z][A-Za-z0-9_-]*)[ \t]*:(?:[ \t]+|$)(?P<value>.*?)[ \t]*$")
_MORE = re.compile(r"(?:[ ]{4,}|\t)(?P<value>.*?)[ \t]*$")
_FENCE = re.compile(r"-{3}[ \t]*$")


@dataclass(frozen=True, slots=True)
class Field:
    """One metadata field; `name` is the key in lower case."""

    name: str
    value: str
    key_span: Span
    value_span: Span


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields in order, lines among them that are no field, and where the body starts."""

    fields: tuple[Field, ...]
    stray: tuple[Span, ...]
    body_start: int


class Described:
    """What has metadata fields at its top, or is known by them."""

    __slots__ = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Give its metadata fields in order."""
        raise NotImplementedError

    def metadata(self, name: str) -> Field | None:
        """Give the first metadata field of a name in lower case."""
        return next((f for f in self.fields if f.name == name), None)

    def value(self, name: str) -> str:
        """Give a metadata field's value, or an empty string."""
        found = self.metadata(name)
        return found.value if found else ""

    @property
    def status(self) -> str:
        """Give the status as Pelican takes it, in lower case: published where none is written."""
        return self.value("status").lower() or "published"


def read(index: LineIndex) -> FrontMatter:
    """Read fields up to the first blank line (or the closing `---` of a fenced header)."""
    fields: list[Field] = []
    stray: list[Span] = []
    after_stray = False
    lines = index.lines
    fenced = bool(_FENCE.match(lines[0].text))
    for line in lines[1:] if fenced else lines:
        if fenced and _FENCE.match(line.text):
            return FrontMatter(tuple(fields), tuple(stray), _next_start(index, line.number))
        if not line.text.strip():
            if fenced:
                continue
            return FrontMatter(tuple(fields), tuple(stray), _next_start(index, line.number))
        start = line.span.start
        if found := _FIELD.match(line.text):
            after_stray = False
            fields.append(
                Field(
                    found["key"].lower(),
                    found["value"],
                    Span(start + found.start("key"), start + found.end("key")),
                    Span(start + found.start("value"), start + found.end("value")),
                )
            )
        elif fields and not after_stray and (more := _MORE.match(line.text)):
            last = fields.pop()
            span = Span(last.value_span.start, start + more.end("value"))
            fields.append(Field(last.name, f"{last.value} {more['value']}", last.key_span, span))
        elif fields or fenced:
            stray.append(line.span)
            after_stray = True
        else:
            return FrontMatter((), (), line.span.start)
    return FrontMatter(tuple(fields), tuple(stray), len(index.text))


def _next_start(index: LineIndex, number: int) -> int:
    """Give the offset after line `number`."""
    if number < len(index.lines):
        return index.lines[number].span.start
    return len(index.text)
