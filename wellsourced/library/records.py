"""Read one catalogue file: from bytes on disk to a `Record`, or to what is wrong with them."""

from __future__ import annotations

import codecs
from pathlib import Path

from wellsourced.diagnostics import Diagnostic, Location, diagnose
from wellsourced.library import json_reader, yaml_reader
from wellsourced.library.positions import BrokenSyntaxError, Record
from wellsourced.library.shapes import Shape

_KINDS: dict[type, str] = {dict: "a mapping of entries", list: "a list of entries"}


def read(
    path: Path, display: str, shape: Shape, top: type[dict[str, object]] | type[list[object]]
) -> tuple[Record | None, tuple[Diagnostic, ...]]:
    """Read a YAML or, by its name, JSON file whose top level is a `dict` or a `list`.

    `display` is the path that findings show. Gives no record when the file does not exist (no
    finding) or cannot be used (one finding).
    """
    text, unreadable = read_text(path, display, shape.unreadable)
    if text is None:
        return None, unreadable
    parse = json_reader.parse if path.suffix == ".json" else yaml_reader.parse
    try:
        record = parse(text, display)
    except BrokenSyntaxError as fault:
        return None, (diagnose(fault.at, shape.syntax, fault.message, fault.hint),)
    if not isinstance(record.value, top):
        return None, (_wrong_top(record, shape, top),)
    return record, tuple(
        diagnose(
            at,
            shape.duplicate_key,
            f'The key "{key}" is given twice here.',
            "merge the two, or give one of them its own name",
        )
        for key, at in record.duplicates
    )


def read_text(path: Path, display: str, id: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Read a UTF-8 file, its byte order mark dropped; None when it is missing or unreadable.

    `id` is the code for a file that cannot be opened or decoded.
    """
    try:
        # Without its mark: utf-8-sig would count the place of a bad byte from after it.
        data = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    except FileNotFoundError:
        return None, ()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, (diagnose(Location(display), id, f"The file cannot be read: {reason}."),)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        return None, (_not_utf8(data, error.start, display, id),)


def _not_utf8(data: bytes, offset: int, display: str, id: str) -> Diagnostic:
    before = data[:offset].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    return diagnose(
        Location(display, line, column, line, column + 1),
        id,
        f"The byte {data[offset]:02X} here is not UTF-8.",
        "save the file as UTF-8",
    )


def _wrong_top(record: Record, shape: Shape, top: type) -> Diagnostic:
    at = record.value_at(())
    if record.value is None:
        return diagnose(
            Location(record.path),
            shape.syntax,
            "The file is empty.",
            f"restore its entries, or delete the file; its top level is {_KINDS[top]}",
        )
    found = _KINDS.get(type(record.value), "a single value")
    return diagnose(
        Location(at.path, at.line, at.column, at.line, at.column + 1),
        shape.syntax,
        f"The top level is {found}, where {_KINDS[top]} is expected.",
    )
