"""A quick fix is offered only where it is plain what to replace."""

from __future__ import annotations

import pytest
from lsprotocol.types import Position, Range

from wellsourced.diagnostics import Diagnostic, Fix, Location, Suggestion, diagnose
from wellsourced.language_server.actions import quick_fixes
from wellsourced.language_server.positions import Text

WHOLE = Range(Position(0, 0), Position(9, 0))


def finding(text: str, hint: str = "", fix: Fix | None = None) -> Diagnostic:
    return diagnose(Location("x.md", 1, 1, 1, len(text) + 1), "CIT001", "Wrong.", hint, fix)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ('"gatti"', '"gattie"'),
        ("🙂 gatti.", "🙂 gattie."),
        ("Gatti", "gattie"),
        ("gatti gatti", None),
        ("gattiother", None),
        ("nothing", None),
    ],
)
def test_a_suggestion_replaces_the_one_place_of_the_name(text: str, mended: str | None) -> None:
    hint = Suggestion('did you mean "gattie"?', "gatti", "gattie")
    actions = list(quick_fixes([finding(text, hint)], Text(text), "file:///x.md", WHOLE))
    if mended is None:
        assert actions == []
        return
    [action] = actions
    assert action.is_preferred is False
    assert action.edit
    assert action.edit.changes
    [edit] = action.edit.changes["file:///x.md"]
    start, end = (Text(text).offset(p) for p in (edit.range.start, edit.range.end))
    assert text[:start] + edit.new_text + text[end:] == mended


@pytest.mark.parametrize(
    ("text", "new", "title"),
    [
        ("one", "two", 'Replace "one" with "two"'),
        ("one", "", 'Remove "one"'),
        ("", "two", 'Insert "two"'),
        ("a\nb", "c" * 50, f'Replace "a b" with "{"c" * 39}…"'),
    ],
)
def test_a_title_says_what_will_happen(text: str, new: str, title: str) -> None:
    at = Location("x.md", 1, 1, text.count("\n") + 1, len(text.split("\n")[-1]) + 1)
    found = diagnose(at, "CIT001", "Wrong.", fix=Fix(new))
    [action] = quick_fixes([found], Text(text), "file:///x.md", WHOLE)
    assert (action.title, action.is_preferred) == (title, True)


def test_a_hint_in_plain_words_is_no_fix() -> None:
    found = [finding("gatti", 'did you mean "gattie"?')]
    assert list(quick_fixes(found, Text("gatti"), "file:///x.md", WHOLE)) == []


def test_a_finding_elsewhere_is_left_alone() -> None:
    elsewhere = Range(Position(1, 0), Position(1, 1))
    found = [finding("one", fix=Fix("two"))]
    assert list(quick_fixes(found, Text("one\nmore"), "file:///x.md", elsewhere)) == []
