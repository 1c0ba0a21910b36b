"""Disclaimers that are empty, unreadable or of no known kind are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from wellsourced.library import disclaimers


@pytest.mark.parametrize(
    ("name", "content", "code", "place", "hint"),
    [
        ("medical.md", b"", "DIS021", (1, 1), "write its text"),
        ("medical.md", b"\xef\xbb\xbf \r\n", "DIS021", (1, 1), "write its text"),
        ("drug.md", b"ok\ncaf\xe9", "DIS020", (2, 4), "save the file as UTF-8"),
        ("medcal.md", b"Text", "DIS022", (1, 1), 'did you mean "medical.md"?'),
        ("medical.txt", b"Text", "DIS022", (1, 1), 'did you mean "medical.md"?'),
        (
            "notes.rst",
            b"Text",
            "DIS022",
            (1, 1),
            "the files here are medical.md, commercial.md, drug.md",
        ),
    ],
)
def test_planted_faults_are_found(
    name: str, content: bytes, code: str, place: tuple[int, int], hint: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    _, found = disclaimers.load(tmp_path, "content/library/disclaimers")
    assert [(one.path, one.code, (one.line, one.column), one.hint) for one in found] == [
        (f"content/library/disclaimers/{name}", code, place, hint)
    ]


def test_a_sound_disclaimer_has_no_finding(tmp_path: Path) -> None:
    (tmp_path / "medical.md").write_text("Not advice.\n", encoding="utf-8")
    values, found = disclaimers.load(tmp_path)
    assert found == ()
    assert values["medical"].markdown == "Not advice.\n"
