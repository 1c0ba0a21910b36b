"""A save is shown ahead of the build, and the build has the last word."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import ROOT, settings_file
from wellsourced.preview.session import Session, State


class Editor:
    """An editor at work on a small site, and all that its preview has shown at each moment."""

    def __init__(self, folder: Path) -> None:
        self.content, self.output = folder / "content", folder / "out"
        shutil.copytree(ROOT / "tests/sites/valid", self.content)
        self.articles = sorted((self.content / "articles").glob("*.md"))
        settings = settings_file(folder, PATH=self.content, WELLSOURCED_CACHE=folder / "c")
        self.session = Session(settings, self.output)
        self.moments: list[tuple[State, Mapping[str, bytes], Mapping[str, bytes]]] = []

    def saves(self, *files: Path) -> State:
        """Save; each moment is the state, the pages shown ahead of the build, and those built."""
        self.moments.clear()

        def tell(state: State) -> None:
            self.moments.append((state, self.session.pages, self.built))

        return self.session.rebuild(files, tell)

    def writes(self, article: Path, sentence: str) -> None:
        article.write_text(article.read_text("utf-8").rstrip() + f"\n\n{sentence}\n", "utf-8")

    @property
    def built(self) -> Mapping[str, bytes]:
        pages = self.output.rglob("*.html")
        return {page.relative_to(self.output).as_posix(): page.read_bytes() for page in pages}


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    at_work = Editor(tmp_path)
    assert at_work.saves().version == 1
    return at_work


def test_a_saved_article_is_shown_before_it_is_built(editor: Editor) -> None:
    editor.writes(editor.articles[0], "A nurse sat in the garden.")
    end = editor.saves(editor.articles[0])
    state, ahead, built = editor.moments[0]
    ((name, page),) = ahead.items()
    assert b"sat in the garden" in page
    assert b"sat in the garden" not in built[name]
    assert state.version == 2
    assert editor.built[name] == page
    assert end.version == 2, "the same page was loaded twice"
    assert not editor.session.pages


def test_another_edit_is_shown_ahead_too(editor: Editor) -> None:
    for sentence in ("One came by train.", "Two came by boat.", "Three walked."):
        editor.writes(editor.articles[0], sentence)
        editor.saves(editor.articles[0])
        ((_, page),) = editor.moments[0][1].items()
        assert sentence.encode() in page


def test_a_mistake_is_told_ahead_and_no_page_is_shown(editor: Editor) -> None:
    editor.writes(editor.articles[0], "So it was [@nobody1999].")
    end = editor.saves(editor.articles[0])
    state, ahead, _ = editor.moments[0]
    assert "CIT001" in {finding.code for finding in state.findings}
    assert not ahead
    assert state.version == end.version == 1
    assert end.findings == state.findings


def test_no_page_is_shown_while_another_file_is_wrong(editor: Editor) -> None:
    first, second = editor.articles[:2]
    editor.writes(first, "So it was [@nobody1999].")
    editor.saves(first)
    editor.writes(second, "A nurse sat in the garden.")
    end = editor.saves(second)
    assert not editor.moments[0][1]
    assert end.version == 1
    editor.writes(first, "")
    first.write_text(first.read_text("utf-8").replace(" [@nobody1999]", ""), "utf-8")
    end = editor.saves(first)
    assert end.version > 1
    assert any(b"sat in the garden" in page for page in editor.built.values())


def test_what_others_show_of_an_article_comes_with_the_build(editor: Editor) -> None:
    article = editor.articles[0]
    text = article.read_text("utf-8")
    title = text.partition("Title: ")[2].partition("\n")[0]
    article.write_text(text.replace(f"Title: {title}", "Title: What a nurse may see", 1), "utf-8")
    end = editor.saves(article)
    assert editor.moments[0][0].version == 2
    assert end.version == 3, "the lists were not loaded again"
    assert b"What a nurse may see" in editor.built["articles/index.html"]


def test_several_files_and_other_files_wait_for_the_build(editor: Editor) -> None:
    library = editor.content / "library" / "glossary.yaml"
    for files in ((library,), tuple(editor.articles[:2]), (editor.articles[0], library)):
        for file in files:
            os.utime(file)
        editor.saves(*files)
        assert all(not ahead for _, ahead, _ in editor.moments)


def test_a_file_that_stood_for_the_save_is_no_other_file(editor: Editor) -> None:
    editor.writes(editor.articles[0], "A nurse sat in the garden.")
    editor.saves(editor.articles[0], editor.articles[0].with_name(".saving"))
    assert editor.moments[0][1]


def test_an_article_that_is_gone_is_left_to_the_build(editor: Editor) -> None:
    gone = editor.articles[0]
    gone.unlink()
    editor.saves(gone)
    assert all(not ahead for _, ahead, _ in editor.moments)
