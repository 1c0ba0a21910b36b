"""Read YAML 1.2 into plain data and keep the place of every key and value.

libyaml finds the nodes, twenty times as fast as a reader in Python; what a plain word means is
YAML 1.2's core schema (§ 10.3.2), so that `no` stays a word. Dates stay text, so that a date that
no calendar has is found where it stands. Aliases and tags are faults: an entry that borrows from
another cannot be checked or corrected by itself.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import AliasEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from wellsourced.diagnostics import Location
from wellsourced.library.positions import BrokenSyntaxError, Lines, Record, Trail, require_printable

_TAG = "tag:yaml.org,2002:"
_NUMBERS = {f"{_TAG}int", f"{_TAG}float"}
_PLAIN = _NUMBERS | {f"{_TAG}{kind}" for kind in ("str", "null", "bool")}
# YAML 1.2.2 § 5.1: what a stream may hold.
_UNREADABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_HINTS = (
    (re.compile(r"mapping values are not allowed"), "put quotes round text that holds a colon"),
    (re.compile(r"a tab that cannot start"), "indent with spaces, not tabs"),
    (re.compile(r"cannot start any token"), "put quotes round text that begins with this sign"),
    (re.compile(r"another document"), "one file holds one list of entries: remove the `---`"),
)


class _CoreSchema(yaml.CBaseLoader):
    """Compose nodes with libyaml, tagged by the core schema."""


for _kind, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        "-+0123456789.",
    ),
):
    _firsts = [*_first.replace("\0", ""), *([""] if "\0" in _first else [])]
    _CoreSchema.add_implicit_resolver(f"{_TAG}{_kind}", re.compile(rf"(?:{_pattern})$"), _firsts)


def parse(text: str, path: str) -> Record:
    """Give the record of a YAML text; raise `BrokenSyntaxError` where it cannot be read.

    An empty text gives the value None.
    """
    lines = Lines(text, path)
    if control := _UNREADABLE.search(text):
        raise BrokenSyntaxError(
            lines.location(control.start()),
            "A control character stands here, which YAML does not allow.",
            "delete it",
        )
    try:
        top = yaml.compose(text, Loader=_CoreSchema)
        walker = _Walker(text, lines)
        value = None if top is None else walker.value(top, ())
    except MarkedYAMLError as error:
        raise _fault(error, text, lines) from None
    except RecursionError:
        raise BrokenSyntaxError(Location(path), "The lists are nested too deep.") from None
    except YAMLError as error:
        raise BrokenSyntaxError(Location(path), f"This is not YAML: {error}") from None
    return Record(path, value, walker.values, walker.keys, tuple(walker.duplicates))


def _fault(error: MarkedYAMLError, text: str, lines: Lines) -> BrokenSyntaxError:
    problem = str(error.problem or error.context or "the syntax is broken")
    problem = problem.removeprefix("but ").replace("did not find expected", "here should stand")
    mark = error.problem_mark or error.context_mark
    offset = int(mark.index) if mark is not None else 0
    start = int(error.context_mark.index) if error.context_mark is not None else offset
    if text[offset : offset + 1] == "\t":
        problem = problem.replace("found character", "found a tab")
    hint = next((hint for pattern, hint in _HINTS if pattern.search(problem)), "")
    if not text[offset:].strip() and text[start:].strip():
        # What is not closed is found at the end of the file; where it opens helps more.
        message = f"This is not YAML: `{text[start]}` opens here and is not closed."
        return BrokenSyntaxError(lines.location(start), message, "close it")
    return BrokenSyntaxError(lines.location(offset), f"This is not YAML: {problem}.", hint)


class _Walker:
    """Turn composed nodes into plain data."""

    def __init__(self, text: str, lines: Lines) -> None:
        self.text = text
        self.lines = lines
        self.seen: set[int] = set()
        self.values: dict[Trail, Location] = {}
        self.keys: dict[Trail, Location] = {}
        self.duplicates: list[tuple[str, Location]] = []

    def value(self, node: Node, trail: Trail) -> object:
        if id(node) in self.seen:
            raise self.alias_fault()
        self.seen.add(id(node))
        place = self.place(node)
        self.values[trail] = place
        if isinstance(node, MappingNode):
            self.check_tag(node, f"{_TAG}map")
            return self.mapping(node, trail)
        if isinstance(node, SequenceNode):
            self.check_tag(node, f"{_TAG}seq")
            return [self.value(item, (*trail, at)) for at, item in enumerate(node.value)]
        return self.scalar(node)

    def mapping(self, node: MappingNode, trail: Trail) -> dict[str, object]:
        found: dict[str, object] = {}
        for key_node, value_node in node.value:
            place = self.place(key_node)
            if not isinstance(key_node, ScalarNode):
                raise BrokenSyntaxError(place, "A field name is a list here.", "write a plain name")
            key = require_printable(str(key_node.value), place)
            if key in found:
                self.duplicates.append((key, place))
                continue
            self.keys[*trail, key] = place
            found[key] = self.value(value_node, (*trail, key))
            if value_node.start_mark.index == value_node.end_mark.index:
                # A field left blank has no place of its own.
                self.values[*trail, key] = place
        return found

    def scalar(self, node: Node) -> object:
        if node.tag not in _PLAIN:
            self.check_tag(node, "")
        text = require_printable(str(node.value), self.place(node))
        if node.tag == f"{_TAG}null":
            return None
        if node.tag == f"{_TAG}bool":
            return text.lower() == "true"
        if node.tag in _NUMBERS:
            return self.number(node)
        return text

    def number(self, node: Node) -> object:
        try:
            if node.tag == f"{_TAG}int":
                return int(node.value, 0 if node.value[:2] in ("0o", "0x") else 10)
            return float(node.value.lower().replace(".inf", "inf").replace(".nan", "nan"))
        except ValueError:  # more digits than Python reads
            raise BrokenSyntaxError(self.place(node), f"`{node.value}` is not a number.") from None

    def place(self, node: Any) -> Location:
        """Give the range of a node or of an alias."""
        # A block's end mark stands at the next token, lines below the last word of the block.
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        return self.lines.location(start, start + len(self.text[start:end].rstrip()))

    def check_tag(self, node: Node, wanted: str) -> None:
        if node.tag != wanted:
            shown = str(node.tag).removeprefix(_TAG)
            raise BrokenSyntaxError(
                self.place(node), f'The tag "{shown}" is not read here.', "remove the tag"
            )

    def alias_fault(self) -> BrokenSyntaxError:
        events = yaml.parse(self.text, Loader=_CoreSchema)
        alias = next(event for event in events if isinstance(event, AliasEvent))
        return BrokenSyntaxError(
            self.place(alias),
            f'The alias "*{alias.anchor}" is not read here.',
            "write the value out again",
        )
