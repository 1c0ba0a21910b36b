"""Read JSON (RFC 8259) into plain data and keep the place of every key and value.

The YAML reader would not do, although JSON is nearly YAML: it splits the escapes of characters
beyond U+FFFF in two halves, and it accepts trailing commas and comments, which the tools that
share references.json with us do not.
"""

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]  # typeshed leaves it out
from math import isfinite

from wellsourced.diagnostics import Location
from wellsourced.library.positions import BrokenSyntaxError, Lines, Record, Trail, require_printable

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?", re.ASCII)
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_WORD = re.compile(r"[A-Za-z]+")
_DEEPEST = 64
_MAYBE_QUOTE = "or the text before it is not closed where it should be"


def parse(text: str, path: str) -> Record:
    """Give the record of a JSON text; raise `BrokenSyntaxError` where it is not JSON."""
    reader = _Reader(text, path)
    value = reader.document()
    return Record(path, value, reader.values, reader.keys, tuple(reader.duplicates))


class _Reader:
    """Walk one text from left to right."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.lines = Lines(text, path)
        self.at = 0
        self.values: dict[Trail, Location] = {}
        self.keys: dict[Trail, Location] = {}
        self.duplicates: list[tuple[str, Location]] = []

    def document(self) -> object:
        value = self.read(())
        self.skip_space()
        if self.at < len(self.text):
            raise self.fault(
                "The file goes on after its JSON value has ended.",
                "a JSON file holds one value: put all entries inside it",
            )
        return value

    def read(self, trail: Trail) -> object:
        self.skip_space()
        start = self.at
        value = self.any_value(trail)
        self.values[trail] = self.lines.location(start, self.at)
        return value

    def any_value(self, trail: Trail) -> object:
        if len(trail) > _DEEPEST:
            raise self.fault("The brackets are nested too deep.", "write the entry flat")
        match self.text[self.at : self.at + 1]:
            case "{":
                return self.mapping(trail)
            case "[":
                return self.sequence(trail)
            case '"':
                return self.string()
            case _:
                return self.number_or_word()

    def mapping(self, trail: Trail) -> dict[str, object]:
        found: dict[str, object] = {}
        self.at += 1
        comma = None
        while not self.closes("}", comma):
            if comma is None and found:
                raise self.fault('A "," is missing between two fields.', _MAYBE_QUOTE)
            self.key_value(trail, found)
            comma = self.comma()
        return found

    def key_value(self, trail: Trail, found: dict[str, object]) -> None:
        if not self.text.startswith('"', self.at):
            raise self.fault('A field name in double quotes or "}" is expected here.')
        start = self.at
        key = self.string()
        place = self.lines.location(start, self.at)
        self.skip_space()
        if not self.text.startswith(":", self.at):
            raise self.fault(f'A ":" is missing after the field name "{key}".')
        self.at += 1
        if key not in found:
            self.keys[*trail, key] = place
            found[key] = self.read((*trail, key))
            return
        self.duplicates.append((key, place))
        before = (dict(self.values), dict(self.keys))
        self.read((*trail, key))
        self.values, self.keys = before

    def sequence(self, trail: Trail) -> list[object]:
        found: list[object] = []
        self.at += 1
        comma = None
        while not self.closes("]", comma):
            if comma is None and found:
                raise self.fault('A "," is missing between two items.')
            found.append(self.read((*trail, len(found))))
            comma = self.comma()
        return found

    def closes(self, bracket: str, comma: int | None) -> bool:
        """Step over the closing bracket if it is next; a comma must not stand before it."""
        self.skip_space()
        if not self.text.startswith(bracket, self.at):
            return False
        if comma is not None:
            self.at = comma
            raise self.fault(f'A "," stands before "{bracket}".', "remove the comma")
        self.at += 1
        return True

    def comma(self) -> int | None:
        """Step over a comma if it is next and give its offset."""
        self.skip_space()
        if not self.text.startswith(",", self.at):
            return None
        self.at += 1
        return self.at - 1

    def string(self) -> str:
        start = self.at
        try:
            value, self.at = scanstring(self.text, start + 1, True)
        except json.JSONDecodeError as error:
            self.at = error.pos
            if "Unterminated" in error.msg:
                raise self.fault('The text that begins here has no closing ".') from None
            if "control character" in error.msg:
                raise self.fault(
                    "A line break or tab stands inside a text.",
                    r"write \n or \t, or close the text",
                ) from None
            raise self.fault(
                "The backslash here escapes nothing that JSON knows.", r"write a backslash as \\"
            ) from None
        return require_printable(str(value), self.lines.location(start, self.at))

    def number_or_word(self) -> object:
        if found := _NUMBER.match(self.text, self.at):
            place = self.lines.location(*found.span())
            self.at = found.end()
            number = float(found[0]) if found[1] or found[2] else int(found[0][:400])
            if len(found[0]) > 400 or not isfinite(number):
                raise BrokenSyntaxError(place, "This number is too large.")
            return number
        word = _WORD.match(self.text, self.at)
        if word and word[0] in _WORDS:
            self.at = word.end()
            return _WORDS[word[0]]
        if word:
            raise BrokenSyntaxError(
                self.lines.location(*word.span()),
                f"`{word[0]}` is no JSON value.",
                'text stands in double quotes; the bare words are "true", "false" and "null"',
            )
        raise self.fault("A value is expected here.")

    def skip_space(self) -> None:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def fault(self, message: str, hint: str = "") -> BrokenSyntaxError:
        """Make the fault for the character at hand, or say what stands there instead."""
        rest = self.text[self.at : self.at + 2]
        if not rest:
            message, hint = "The file ends in the middle of a value.", "close what is open"
            self.at = len(self.text.rstrip())
        elif rest[0] == "#" or rest in ("//", "/*"):
            message, hint = "JSON has no comments.", 'put the words into a "note" field'
        elif rest[0] == "'":
            message, hint = "Text in JSON stands in double quotes.", """write " instead of '"""
        return BrokenSyntaxError(self.lines.location(self.at), message, hint)
