"""Read a block's indented YAML options with the place of each name and value."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from wellsourced.diagnostics import Location
from wellsourced.library import yaml_reader
from wellsourced.library.positions import BrokenSyntaxError, Record
from wellsourced.source.document import Option
from wellsourced.source.spans import LineIndex, Span

OptionsFault = tuple[str, Span]
_NONE: Mapping[str, Option] = MappingProxyType({})


def read(index: LineIndex, span: Span) -> tuple[Mapping[str, Option], OptionsFault | None]:
    """Read the options in `span`: mapping name → Option, and a fault when they are no YAML mapping.

    The text keeps its indentation, so that a column in it is the file's column.
    """
    first = index.position(span.start)[0]

    def cover(at: Location) -> Span:
        return Span(
            index.offset(first + at.line - 1, at.column),
            min(span.end, index.offset(first + at.end_line - 1, at.end_column)),
        )

    try:
        record = yaml_reader.parse(index.text[span.start : span.end], "")
    except BrokenSyntaxError as error:
        reason = error.message.removeprefix("This is not YAML: ").rstrip(".")
        return _NONE, (reason, Span(cover(error.at).start, span.end))
    if record.value is None:
        return _NONE, None
    if not isinstance(record.value, dict):
        return _NONE, ('options are written as "name: value"', cover(record.value_at(())))
    if record.duplicates:
        name, at = record.duplicates[0]
        return _NONE, (f'"{name}" is given twice', cover(at))
    options = {
        name: Option(
            name,
            value,
            cover(record.key_at((name,))),
            cover(record.value_at((name,))),
            tuple((item, cover(at)) for item, at in _members(record, name, value)),
        )
        for name, value in record.value.items()
    }
    return MappingProxyType(options), None


def _members(record: Record, name: str, value: object) -> list[tuple[object, Location]]:
    """Pair each member of a list with its place."""
    members = value if isinstance(value, list) else []
    return [(item, record.value_at((name, at))) for at, item in enumerate(members)]
