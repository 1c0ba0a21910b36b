"""The sparing inline pass gives the bytes that Python-Markdown's own gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from wellsourced.rendering import inline_pass

ROOT = Path(__file__).resolve().parent.parent.parent
EXTENSIONS = ["extra", "sane_lists", "smarty", "toc"]
TEXTS = sorted(
    path
    for folder in ("content", "docs", "tests/sites/valid")
    for path in (ROOT / folder).rglob("*.md")
)
PIECES = st.sampled_from(
    [
        *"`*_[]()<>&!\\\n @#|~^:{}\"'",
        "  \n",
        "\n\n",
        "**",
        "__",
        "``",
        "![",
        "](",
        "[a]: http://b.c\n\n",
        "[a]",
        "[x][a]",
        "<http://a.b>",
        "<a@b.c>",
        "&amp;",
        "&#65;",
        "<b>",
        "</b>",
        "\\*",
        "\\[",
        "word",
        "[^1]",
        "two words",
        "- item\n",
        "> quote\n",
        "1. one\n",
        "*[HTML]: x\n",
        "| a | b |\n|---|---|\n| c | d |\n",
    ]
)


def both(text: str, extensions: list[str]) -> tuple[str, str]:
    plain = Markdown(extensions=extensions)
    sparing = Markdown(extensions=extensions)
    inline_pass.install(sparing)
    return plain.convert(text), sparing.convert(text)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_documents_of_this_project_stay_the_same(path: Path) -> None:
    expected, got = both(path.read_text("utf-8"), EXTENSIONS)
    assert got == expected


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=400)
def test_any_text_stays_the_same(text: str) -> None:
    for extensions in ([], EXTENSIONS):
        expected, got = both(text, extensions)
        assert got == expected


def test_a_wrong_need_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inline_pass, "NEEDS", {**inline_pass.NEEDS, "em_strong": "\x00"})
    expected, got = both("*a*", [])
    assert got != expected


def test_every_need_names_a_pattern() -> None:
    ours = {"citation", "term"}
    known = Markdown().inlinePatterns
    assert all(name in known for name in inline_pass.NEEDS if name not in ours)
