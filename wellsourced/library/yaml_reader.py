"""Read YAML 1.2 into plain data and keep the place of every key and value.

Dates stay text, so that a date that no calendar has is found where it stands. Aliases and tags
are faults: an entry that borrows from another cannot be checked or corrected by itself.
"""

from __future__ import annotations

import re
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from wellsourced.diagnostics import Location
from wellsourced.library.positions import BrokenSyntaxError, Lines, Record, Trail, require_printable

_TAG = "tag:yaml.org,2002:"
_NUMBERS = {f"{_TAG}int", f"{_TAG}float"}
_PLAIN = _NUMBERS | {f"{_TAG}{kind}" for kind in ("str", "null", "bool", "timestamp")}
_HINTS = (
    (re.compile(r"mapping values are not allowed"), "put quotes round text that holds a colon"),
    (re.compile(r"found character '\\t'"), "indent with spaces, not tabs"),
    (re.compile(r"cannot start any token"), "put quotes round text that begins with this sign"),
    (re.compile(r"another document"), "one file holds one list of entries: remove the `---`"),
)


def parse(text: str, path: str) -> Record:
    """Give the record of a YAML text; raise `BrokenSyntaxError` where it cannot be read.

    An empty text gives the value None.
    """
    lines = Lines(text, path)
    yaml = YAML(typ="safe", pure=True)
    try:
        top = yaml.compose(text)
        walker = _Walker(text, lines, yaml)
        value = None if top is None else walker.value(top, ())
    except ReaderError as error:
        # `position` is an offset, in characters, into the text handed over.
        raise BrokenSyntaxError(
            lines.location(int(error.position)),
            "A control character stands here, which YAML does not allow.",
            "delete it",
        ) from None
    except MarkedYAMLError as error:
        raise _fault(error, text, lines) from None
    except RecursionError:
        raise BrokenSyntaxError(Location(path), "The lists are nested too deep.") from None
    except YAMLError as error:
        raise BrokenSyntaxError(Location(path), f"This is not YAML: {error}") from None
    return Record(path, value, walker.values, walker.keys, tuple(walker.duplicates))


def _fault(error: MarkedYAMLError, text: str, lines: Lines) -> BrokenSyntaxError:
    problem = str(error.problem or error.context or "the syntax is broken").removeprefix("but ")
    hint = next((hint for pattern, hint in _HINTS if pattern.search(problem)), "")
    mark = error.problem_mark or error.context_mark
    offset = int(mark.index) if mark is not None else 0
    if error.context_mark is not None and not text[offset:].strip():
        # What is not closed is found at the end of the file; where it opens helps more.
        start = int(error.context_mark.index)
        message = f"This is not YAML: `{text[start]}` opens here and is not closed."
        return BrokenSyntaxError(lines.location(start), message, "close it")
    return BrokenSyntaxError(lines.location(offset), f"This is not YAML: {problem}.", hint)


class _Walker:
    """Turn composed nodes into plain data."""

    def __init__(self, text: str, lines: Lines, yaml: Any) -> None:
        self.text = text
        self.lines = lines
        self.yaml = yaml
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
            number: int | float = self.yaml.constructor.construct_object(node)
        except (ValueError, OverflowError):
            raise BrokenSyntaxError(self.place(node), f"`{node.value}` is not a number.") from None
        return number

    def place(self, node: Node) -> Location:
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
        events = YAML(typ="safe", pure=True).parse(self.text)
        alias = next(event for event in events if isinstance(event, AliasEvent))
        return BrokenSyntaxError(
            self.lines.location(int(alias.start_mark.index), int(alias.end_mark.index)),
            f'The alias "*{alias.anchor}" is not read here.',
            "write the value out again",
        )
