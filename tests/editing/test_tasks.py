"""The tasks of the desk do on disk what the chores plan, and change nothing when they refuse."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from invoke import Context

from tests.conftest import EPOCH, ROOT
from tests.rules.overlay import lay

EXPORTS = Path(__file__).parent / "imports" / "exports"
ARTICLE = Path("content/articles/saved-on-windows.md")
REFERENCES = Path("content/library/references.json")
SETTINGS = """\
import sys
sys.path.insert(0, {root!r})
from pelicanconf import *
PATH = {content!r}
WELLSOURCED_CACHE = {cache!r}
"""
Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a function that runs a task on the valid site in the current folder; it gives stdout."""
    lay(tmp_path / "content")
    settings = tmp_path / "settings.py"
    names = {"content": str(tmp_path / "content"), "cache": str(tmp_path / "cache")}
    settings.write_text(SETTINGS.format(root=str(ROOT), **names), "utf-8")
    spec = importlib.util.spec_from_file_location("desk_tasks", ROOT / "tasks.py")
    assert spec is not None
    assert spec.loader is not None
    tasks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tasks)
    monkeypatch.setattr(tasks, "SETTINGS", settings)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)

    def task(name: str, **arguments: Any) -> str:
        capsys.readouterr()
        getattr(tasks, name).body(Context(), **arguments)
        return capsys.readouterr().out

    return task


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Read all files below a folder."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_article_is_written_once(run: Run) -> None:
    said = run("new", title="Does heat help?")
    assert said == (
        "Wrote content/articles/does-heat-help.md\n"
        "Wrote content/articles/does-heat-help.facts.yaml\n"
    )
    assert run("check", path=["content/articles/does-heat-help.md"]) == "No findings.\n"
    before = bytes_of(Path("content"))
    with pytest.raises(SystemExit, match="is taken by"):
        run("new", title="Does heat help?")
    assert bytes_of(Path("content")) == before


def test_a_mend_is_made_once_and_not_in_a_dry_run(run: Run) -> None:
    before = ARTICLE.read_bytes()
    broken = before.replace(b"Summary:", b"Sumary:").replace(b"@gattie2017", b"@Gattie2017")
    ARTICLE.write_bytes(broken)
    assert "Would mend 2 findings." in run("fix", path=[str(ARTICLE)], dry_run=True)
    assert ARTICLE.read_bytes() == broken
    said = run("fix", path=[])
    assert f'{ARTICLE}:6:1: mended META003: "Sumary" -> "Summary"\n' in said
    assert ARTICLE.read_bytes() == before
    assert run("fix", path=[]) == "Nothing to mend.\nNo findings.\n"
    with pytest.raises(SystemExit, match=r"There is no article or page none\.md"):
        run("fix", path=["none.md"])


def test_what_no_machine_can_mend_ends_in_an_error(run: Run) -> None:
    ARTICLE.write_bytes(ARTICLE.read_bytes().replace(b"@gattie2017", b"@gatie2017"))
    before = ARTICLE.read_bytes()
    with pytest.raises(SystemExit):
        run("fix", path=[])
    assert ARTICLE.read_bytes() == before


def test_the_calendar_is_shown_and_written(run: Run) -> None:
    said = run("due", days=400, ics="reviews.ics")
    assert said.startswith("Due soon (1)\n  2027-11-24  in 365 days")
    assert "No date set (1)" in said
    written = Path("reviews.ics").read_bytes()
    assert b"DTSTAMP:20261124T000000Z\r\n" in written
    run("due", ics="reviews.ics")
    assert Path("reviews.ics").read_bytes() == written


def test_a_review_is_signed_or_refused(run: Run) -> None:
    before = bytes_of(Path("content"))
    for reviewer, date, told in (
        ("editors", "", "is not a person"),
        ("jdoe", "soon", "is not a date"),
        ("jdoe", "2026-11-25", "lies in the future"),
    ):
        with pytest.raises(SystemExit, match=told):
            run("signoff", path=str(ARTICLE), reviewer=reviewer, date=date)
    assert bytes_of(Path("content")) == before
    said = run("signoff", path=str(ARTICLE), reviewer="jdoe")
    assert said == f"{ARTICLE}: Jane Doe reviewed this text on 2026-11-24.\n"
    assert b"\r\nReviewed_text: sha256:" in ARTICLE.read_bytes()
    assert run("check", path=[str(ARTICLE)]) == "No findings.\n"


def test_references_come_in_or_nothing_does(run: Run) -> None:
    before = REFERENCES.read_bytes()
    file = str(EXPORTS / "zotero.json")
    assert "Would add 2 references." in run("import_references", file=file, dry_run=True)
    with pytest.raises(SystemExit, match=r"Nothing was imported\."):
        run("import_references", file=str(ROOT / "README.md"))
    with pytest.raises(SystemExit, match="There is no tier"):
        run("import_references", file=file, tier="best")
    assert REFERENCES.read_bytes() == before
    assert "added angstrom2001: Muscles\n" in run("import_references", file=file)
    assert REFERENCES.read_bytes().startswith(before.rstrip(b"]\n"))
    assert "CIT035" in run("check", path=[])
    assert "Nothing new to import." in run("import_references", file=file)


@pytest.mark.parametrize("name", ["zotero.ris", "zotero.bib", "zotero.json", "pubmed.nbib"])
def test_a_check_does_not_fail_for_an_import(run: Run, name: str) -> None:
    assert "Added" in run("import_references", file=str(EXPORTS / name))
    said = run("check", path=[])  # it would exit for an error
    assert set(re.findall(r"(?:error|warning)\[(\w+)\]", said)) <= {"CIT035"}


def test_schemas_and_anchors_are_written_once(run: Run) -> None:
    assert "Wrote content/library/schemas/people.schema.json\n" in run("schema")
    assert run("schema") == ""
    run("anchors")
    before = bytes_of(Path("content"))
    assert run("anchors") == ""
    assert bytes_of(Path("content")) == before
