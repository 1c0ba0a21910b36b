"""Append entries to a JSON list as its file writes them; every byte that was there stays."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

_FIRST = re.compile(r"\[(?P<before>\s*)\{(?P<inner>\s*)\"(?:[^\"\\]|\\.)*\"(?P<colon>\s*:\s*)")
_BETWEEN = re.compile(r"\}(?P<gap>\s*,\s*)\{")
_LINE_END = re.compile(r"\r\n|\n|\r")


def append(text: str, entries: Sequence[object]) -> str:
    """Give the text of a JSON list with more entries before its closing bracket.

    Indentation, line ends and the space after a colon are those of the list's first entry; an
    empty text becomes a list indented by two spaces.
    """
    if not text.strip("\ufeff \t\r\n"):
        return text + "[" + _entries(entries, "\n", "  ", "  ") + "\n]\n"
    end = text.rindex("]")
    head, tail = text[:end].rstrip(" \t\r\n"), text[end:]
    ending = found[0] if (found := _LINE_END.search(text)) else "\n"
    first = _FIRST.search(text)
    if first is None:
        return head + _entries(entries, ending, "  ", "  ") + ending + tail
    closing = text[len(head) : end]
    if not _LINE_END.search(first["inner"]):
        return head + _on_one_line(text, first, entries) + closing + tail
    outer = _LINE_END.split(first["before"])[-1] if _LINE_END.search(first["before"]) else ""
    step = _LINE_END.split(first["inner"])[-1].removeprefix(outer) or "  "
    colon = first["colon"]
    return head + "," + _entries(entries, ending, outer, step, colon) + closing + tail


def _entries(
    entries: Sequence[object], ending: str, outer: str, step: str, colon: str = ": "
) -> str:
    """Spell entries over many lines, each line begun with a line end."""
    spelt = []
    for entry in entries:
        text = json.dumps(entry, ensure_ascii=False, indent=step, separators=(",", colon))
        spelt.append(ending + outer + text.replace("\n", ending + outer))
    return ",".join(spelt)


def _on_one_line(text: str, first: re.Match[str], entries: Sequence[object]) -> str:
    """Spell entries each on one line, parted as the file parts its own."""
    comma = ", " if first["colon"].endswith(" ") else ","
    between = _BETWEEN.search(text)
    gap = between["gap"] if between else "," + (first["before"] or comma[1:])
    spelt = (
        json.dumps(entry, ensure_ascii=False, separators=(comma, first["colon"]))
        for entry in entries
    )
    return "".join(gap + one for one in spelt)
