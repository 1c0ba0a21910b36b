"""Every planted fault is found at its exact line and column, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wellsourced.diagnostics import CODES

from .faults import Case, Expected, cases
from .loading import load

CASES = cases()
FAMILIES = ("CIT", "PRD", "GLO", "REV", "ANC", "CLM", "MOV", "CHG")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.title}")
def test_planted_faults_are_found_where_they_stand(case: Case, tmp_path: Path) -> None:
    path = tmp_path / case.file
    path.write_text(case.text, encoding="utf-8", newline="")
    _, found = load(path, f"content/library/{case.file}")
    assert {one.path for one in found} <= {f"content/library/{case.file}"}
    starts = [(one.line, one.column, one.code, one.message, one.hint) for one in found]
    assert sorted(starts) == sorted(
        (one.line, one.column, one.code, one.message, one.hint) for one in case.expected
    )
    for one in found:
        if one.line == one.end_line:
            assert one.end_column - one.column == _width(case.expected, one.line, one.column)


def _width(expected: tuple[Expected, ...], line: int, column: int) -> int:
    return next(one.width for one in expected if (one.line, one.column) == (line, column))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.title}")
def test_faults_stand_in_the_same_place_under_a_mark_and_carriage_returns(
    case: Case, tmp_path: Path
) -> None:
    plain, odd = tmp_path / "plain" / case.file, tmp_path / "odd" / case.file
    for path in (plain, odd):
        path.parent.mkdir()
    plain.write_bytes(case.text.encode())
    odd.write_bytes(b"\xef\xbb\xbf" + case.text.replace("\n", "\r\n").encode())
    assert load(odd, case.file)[1] == load(plain, case.file)[1]


def test_every_code_of_the_library_has_a_planted_fault() -> None:
    planted = {one.code for case in CASES for one in case.expected}
    of_library = {id for id in CODES if id[:-3] in FAMILIES and 20 <= int(id[-3:]) < 40} - {
        f"{family}020" for family in FAMILIES
    }  # unreadable files: test_bytes.py
    assert of_library == planted


def test_every_code_is_explained_with_a_wrong_and_a_right_example() -> None:
    ours = [
        one
        for one in CODES.values()
        if re.fullmatch(r"(CIT|PRD|GLO|REV|DIS|ANC|CHG|MOV)0[2-4]\d|CLM02\d", one.id)
    ]
    assert len(ours) > 50
    for one in ours:
        assert "Wrong:" in one.explanation, one.id
        assert "Right:" in one.explanation, one.id
        assert one.summary.startswith("Find "), one.id
        assert one.summary.endswith("."), one.id
