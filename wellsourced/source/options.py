"""Read a block's indented YAML options with the place of each name and value."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from wellsourced.source.document import Option
from wellsourced.source.spans import LineIndex, Span

OptionsFault = tuple[str, Span]
_OPENED = ("while parsing a flow", "while scanning a quoted")
"""What YAML was in when it ran out of text: the fault is where that opened."""


def read(index: LineIndex, span: Span) -> tuple[Mapping[str, Option], OptionsFault | None]:
    """Read the options in `span`: mapping name → Option, and a fault when they are no YAML mapping.

    The text keeps its indentation, so that a mark's column is the file's column.
    """
    text = index.text[span.start : span.end].replace("\r\n", "\n").replace("\r", "\n")
    first = index.position(span.start)[0]

    def place(mark: Any) -> int:
        return index.offset(first + mark.line, mark.column + 1)

    def cover(node: Node) -> Span:
        return Span(place(node.start_mark), place(node.end_mark))

    yaml = YAML(typ="safe", pure=True)
    try:
        root = yaml.compose(text)
        if root is None:
            return MappingProxyType({}), None
        if not isinstance(root, MappingNode):
            return MappingProxyType({}), ('options are written as "name: value"', cover(root))
        data = yaml.load(text)
    except MarkedYAMLError as error:
        opened = str(error.context or "").startswith(_OPENED)
        mark = error.context_mark if opened else error.problem_mark or error.context_mark
        start = min(place(mark), span.end) if mark else span.start
        return MappingProxyType({}), (
            str(error.problem or "not readable as YAML"),
            Span(start, span.end),
        )
    except YAMLError as error:
        return MappingProxyType({}), (str(error), span)
    options: dict[str, Option] = {}
    for name_node, value_node in root.value:
        if not isinstance(name_node, ScalarNode):
            return MappingProxyType({}), ("an option's name is a plain word", cover(name_node))
        name = str(name_node.value)
        value = data.get(name)
        members: tuple[tuple[object, Span], ...] = ()
        if isinstance(value_node, SequenceNode) and isinstance(value, list):
            spans = (_trim(index.text, cover(node)) for node in value_node.value)
            members = tuple(zip(value, spans, strict=True))
        span_of_value = _trim(index.text, cover(value_node))
        options[name] = Option(name, value, cover(name_node), span_of_value, members)
    return MappingProxyType(options), None


def _trim(text: str, span: Span) -> Span:
    """Leave out the white space that YAML counts to a collection's end."""
    end = span.end
    while end > span.start and text[end - 1].isspace():
        end -= 1
    return Span(span.start, end)
