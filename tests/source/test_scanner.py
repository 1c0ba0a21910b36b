"""Every construct is found at its exact line and column, whatever ends the lines.

Each case is a body; `expected` lists what the scanner must find in it, in any order:
(kind, value, line, column), lines counted from the body's first.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from wellsourced import source

from .cases import CASES, Case
from .holding import Construct, constructs, hold

HEAD = "Title: T\n\n"
KNOWN = frozenset({"apta", "boyce2020", "gattie2017"})


def found(text: str, kinds: frozenset[str]) -> list[Construct]:
    """List the constructs of some kinds in a text."""
    document = source.scan(text, "content/articles/x.md", "article", KNOWN)
    hold(document)
    return _sorted(one for one in constructs(document) if one[0] in kinds)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_constructs_stand_where_they_stand(case: Case, mark: str, line_end: str) -> None:
    text = mark + (HEAD + case.body).replace("\n", line_end)
    shift = HEAD.count("\n")
    expected = [(kind, value, line + shift, column) for kind, value, line, column in case.expected]
    assert found(text, case.kinds) == _sorted(expected)


def _sorted(found: Iterable[Construct]) -> list[Construct]:
    return sorted(found, key=lambda one: (one[2], one[3], one))


@pytest.mark.parametrize(
    ("text", "fields", "body"),
    [
        ("Title: A\nTags: b, c\n\nBody",
            [("field", "title: A", 1, 8), ("field", "tags: b, c", 2, 7)], "Body"),
        ("---\nTitle: A\n---\nBody", [("field", "title: A", 2, 8)], "Body"),
        ("---\nTitle: A\n\nDate: 2\n---\n\nBody",
            [("field", "title: A", 2, 8), ("field", "date: 2", 4, 7)], "\nBody"),
        ("Summary: A\n    b\n\tc\n\nBody", [("field", "summary: A b c", 1, 10)], "Body"),
        ("Title:A\nBody", [], "Title:A\nBody"),
        ("Title:\n\nBody", [("field", "title: ", 1, 7)], "Body"),
        ("Title: A", [("field", "title: A", 1, 8)], ""),
        ("Body text", [], "Body text"),
        ("\nTitle: A", [], "Title: A"),
        ("", [], ""),
        ("\n", [], ""),
        ("Title: 🪡 x: y  \nslug: b\n\n",
            [("field", "title: 🪡 x: y", 1, 8), ("field", "slug: b", 2, 7)], ""),
    ],
)  # fmt: skip
def test_front_matter(text: str, fields: list[Construct], body: str) -> None:
    for line_end in ("\n", "\r\n", "\r"):
        written = text.replace("\n", line_end)
        assert found(written, frozenset({"field"})) == fields
        assert source.scan(written, "x").body == body.replace("\n", line_end)


def test_a_byte_that_is_no_utf_8_has_its_place(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(b"\xef\xbb\xbfTitle: T\r\n\r\nCaf\xe9 \xf0\x9f\xaa\xa1\xff.\r\n")
    document = source.read(path, "x.md")
    assert document.undecodable
    assert document.index.position(document.undecodable.start) == (3, 4)
