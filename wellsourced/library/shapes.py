"""Declare the findings that every catalogue file can have: its reading and its shape.

Each family has its own codes for them, so that a code names the file it is about; the
explanations differ only in that file's name and example.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wellsourced.diagnostics import code

_UNREADABLE = """Find {file} unreadable or not UTF-8.

Checks that the file opens and that its bytes are UTF-8 (RFC 3629).
Bytes read in the wrong encoding turn names, signs and doses into others, so that the reader is
shown what no editor wrote.

Wrong: {file} saved as Windows-1252, where "é" is the byte E9.
Right: {file} saved as UTF-8, where "é" is the bytes C3 A9.
"""
_SYNTAX = """Find {file} with broken {format} syntax.

Checks that the file is {format} and that its top level is {top}.
What cannot be read cannot be checked: the page would show old facts, or none.

Wrong:
    {broken}
Right:
    {right}
"""
_DUPLICATE = """Find a key given twice in {file}.

Checks that no mapping holds the same key two times.
Readers of {format} keep one of the two and drop the other in silence, so a fact that an editor
sees in the file is missing on the page.

Wrong:
    {right}
    {right}
Right:
    {right}
"""
_UNKNOWN = """Find an unknown field in {file}.

Checks that each field is one that the site knows.
A misspelt field is never shown: a safety note or a source that an editor wrote would not reach
the reader.

Wrong:
    {misspelt}
Right:
    {right}
"""
_MISSING = """Find a needed field missing in {file}.

Checks that each entry has all the fields that the page cannot do without.
Without them the reader gets an entry with a hole in it, or a fact that cannot be traced.

Wrong: an entry without
    {right}
Right: an entry with it.
"""
_VALUE = """Find a value of the wrong kind in {file}.

Checks that text is text, a list is a list, an address begins with https:// or http://, and that
no text is empty.
A value of another kind would be printed as something else than what was meant (`no` as false,
1.10 as 1.1), or as nothing.

Wrong:
    {bad_value}
Right:
    {right}
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """Name the codes that a catalogue file's reading and shape are reported under."""

    file: str
    unreadable: str
    syntax: str
    duplicate_key: str
    unknown_field: str
    missing_field: str
    bad_value: str


@dataclass(frozen=True, slots=True)
class Example:
    """Lines of one catalogue for the explanations: a right one and its faulty twins."""

    right: str
    broken: str
    misspelt: str
    bad_value: str


def declare(prefix: str, file: str, top: str, example: Example) -> Shape:
    """Register the six codes PREFIX020 to PREFIX025 for a file; `top` names its top level."""
    words = {
        "file": file,
        "format": "JSON" if file.endswith(".json") else "YAML",
        "top": top,
        "right": example.right,
        "broken": example.broken,
        "misspelt": example.misspelt,
        "bad_value": example.bad_value,
    }
    explanations = (_UNREADABLE, _SYNTAX, _DUPLICATE, _UNKNOWN, _MISSING, _VALUE)
    ids = [
        _register(f"{prefix}{number:03}", explanation.format(**words))
        for number, explanation in enumerate(explanations, start=20)
    ]
    return Shape(file, *ids)


def _register(id: str, explanation: str) -> str:
    def finding() -> None: ...

    finding.__doc__ = explanation
    register: Callable[[Callable[[], None]], Callable[[], None]] = code(id)
    register(finding)
    return id
