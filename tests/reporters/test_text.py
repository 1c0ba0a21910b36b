"""The text report points at the fault, whatever stands on the line."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellsourced.reporters import output, text
from wellsourced.reporters.cells import lay_out, starts

from .findings import FINDINGS, TEXTS, finding


def frame(line: str, column: int, end: int) -> tuple[str, str]:
    """Report a finding on one line; give what the frame shows and the marks under it."""
    found = finding("a.md", 1, column, 1, end)
    rows = text.report([found], {"a.md": line}, terminal=False).split("\n")
    return rows[1].partition("| ")[2], rows[2].partition("| ")[2]


def test_a_finding_looks_as_the_readme_shows_it() -> None:
    assert text.report(FINDINGS[:1], TEXTS, terminal=False).split("\n")[:4] == [
        'content/articles/x.md:3:27: error[CIT001] Citation "welton2018" is not in the references.',
        "    3 | Cuffs are more accurate [@welton2018].",
        "      |                           ^^^^^^^^^^",
        '      = help: did you mean "whelton2018"?',
    ]


@pytest.mark.parametrize(
    ("line", "column", "end", "shown", "marks"),
    [
        ("ab", 2, 3, "ab", " ^"),
        ("\tab", 2, 3, "    ab", "    ^"),
        ("a\tb", 2, 3, "a    b", " ^^^^"),
        ("針灸x", 3, 4, "針灸x", "    ^"),
        ("針灸x", 1, 3, "針灸x", "^^^^"),
        ("e\u0301x", 3, 4, "e\u0301x", " ^"),
        ("e\u0301x", 2, 3, "e\u0301x", "^"),
        ("👩\u200d⚕\ufe0fx", 5, 6, "👩\u200d⚕\ufe0fx", "  ^"),
        ("👍🏽x", 3, 4, "👍🏽x", "  ^"),
        ("❤\ufe0fx", 3, 4, "❤\ufe0fx", "  ^"),
        ("🇬🇧x", 3, 4, "🇬🇧x", "  ^"),
        ("ab", 3, 3, "ab", "  ^"),
        ("ab", 3, 4, "ab", "  ^"),
        ("ab", 9, 12, "ab", "  ^"),
        ("", 1, 1, "", "^"),
        ("a\x1b[31mb", 7, 8, "a␛[31mb", "      ^"),
        ("a\u202eb", 3, 4, "a\ufffdb", "  ^"),
        ("a\x85b\u2028c", 5, 6, "a\ufffdb\ufffdc", "    ^"),
    ],
)
def test_marks_stand_under_the_fault(
    line: str, column: int, end: int, shown: str, marks: str
) -> None:
    got, under = frame(line, column, end)
    assert (got, under) == (shown.rstrip(), marks)


@pytest.mark.parametrize("column", [1, 10, 500, 2500, 4990, 5000])
@pytest.mark.parametrize("filling", ["word ", "針灸 治療", "e\u0301e\u0301 ab", "\ta b\t"])
def test_a_long_line_is_cut_round_its_finding(column: int, filling: str) -> None:
    line = (filling * 1000)[:5000]
    line = line[: column - 1] + "#" + line[column:]
    shown, marks = frame(line, column, column + 1)
    cells = lay_out(shown)
    columns = starts(cells)
    assert columns[-1] <= text.WIDTH
    assert len(marks) <= text.WIDTH
    at = columns.index(len(marks) - 1)
    assert "#" in "".join(cell.shown for cell, start in zip(cells, columns, strict=False)
                          if start == columns[at])  # fmt: skip
    assert shown.startswith("…") == (column > 100)
    assert shown.endswith("…") == (column < 4900)


def test_a_long_finding_shows_its_start() -> None:
    shown, marks = frame("a" * 200 + "#" * 500, 201, 701)
    assert marks.lstrip().startswith("^")
    assert shown[len(marks) - len(marks.lstrip())] == "#"
    assert len(marks) <= text.WIDTH


@settings(deadline=None, max_examples=300)
@given(
    text_of_file=st.text(
        st.characters() | st.sampled_from("\t\r\n 針e\u0301👩\u200d⚕\ufe0f🏽🇬🇧\x1b\u202e"),
        max_size=300,
    ),
    repeat=st.integers(1, 30),
    place=st.tuples(*[st.integers(-2, 400)] * 4),
)
def test_no_text_and_no_range_breaks_a_frame(
    text_of_file: str, repeat: int, place: tuple[int, int, int, int]
) -> None:
    line, column, end_line, end_column = place
    found = finding("a", line, column, end_line, end_column)
    report = text.report([found], {"a": text_of_file * repeat}, terminal=False)
    assert all(character == "\n" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl")
               or character == "\u200d" for character in report)  # fmt: skip
    for row in report.split("\n")[1:]:
        number, bar, shown = row.partition("| ")
        if bar and set(shown.strip()) <= {"^"}:
            assert len(shown) <= text.WIDTH
        elif bar and number.strip().isdigit():
            assert starts(lay_out(shown))[-1] <= text.WIDTH


def test_a_finding_over_lines_shows_its_ends() -> None:
    lines = "/// do | A\n\n- one\n  ///\n"
    report = text.report([finding("a", 1, 1, 4, 6)], {"a": lines}, terminal=False)
    assert report.split("\n")[1:6] == [
        "    1 | /// do | A",
        "      | ^^^^^^^^^^",
        "      | …",
        "    4 |   ///",
        "      |   ^^^",
    ]


def test_a_range_that_ends_before_a_line_leaves_that_line_out() -> None:
    report = text.report([finding("a", 1, 2, 2, 1)], {"a": "abc\nd"}, terminal=False)
    assert report.split("\n")[1:3] == ["    1 | abc", "      |  ^^"]
    assert " d" not in report.split("=")[0].split("^^")[1]


def test_the_end_of_the_file_is_named() -> None:
    report = text.report([finding("a", 2, 1, 2, 1)], {"a": "abc\n"}, terminal=False)
    assert report.split("\n")[1:4] == ["    2 |", "      | ^", "      | (end of the file)"]


@pytest.mark.parametrize("texts", [{}, {"content/articles/x.md": "one line"}])
def test_a_finding_without_its_line_has_no_frame(texts: dict[str, str]) -> None:
    assert "|" not in text.report(FINDINGS[:1], texts, terminal=False)


def test_a_message_cannot_steer_the_terminal() -> None:
    report = text.report([finding(message="a\x1b[2Jb\nc", hint="\x07")], {}, terminal=False)
    assert "\x1b" not in report
    assert "\x07" not in report
    assert "b␊c" in report


def test_colour_changes_nothing_but_colour() -> None:

    coloured = text.report(FINDINGS, TEXTS, terminal=True)
    plain = text.report(FINDINGS, TEXTS, terminal=False)
    assert coloured != plain
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [r.rstrip() for r in bare.split("\n")] == [r.rstrip() for r in plain.split("\n")]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "colour"),
    [
        (Terminal(), {"TERM": "xterm"}, True),
        (Terminal(), {"TERM": "xterm", "NO_COLOR": ""}, True),
        (Terminal(), {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {"TERM": "xterm"}, False),
    ],
)
def test_colour_goes_only_to_a_terminal_that_wants_it(
    stream: io.StringIO, environment: dict[str, str], colour: bool
) -> None:
    output.write("text", FINDINGS, TEXTS, stream, environment)
    assert ("\x1b[" in stream.getvalue()) is colour


def test_texts_are_read_from_the_disk_when_they_are_not_known(tmp_path: Path) -> None:
    file = tmp_path / "products.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: \xff\r\n")
    missing = finding(str(tmp_path / "missing.md"))
    texts = output.gather([finding(str(file)), missing, *FINDINGS], TEXTS)
    assert texts == {**TEXTS, str(file): "a: \ufffd\r\n"}
