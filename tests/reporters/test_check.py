"""`invoke check`: any file, every format, only what it should on standard output."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pelican.settings import read_settings

from tests.conftest import EPOCH, ROOT
from wellsourced import processes
from wellsourced.plugin import check as checking
from wellsourced.plugin.outsiders import UncheckableError

ARTICLE = "articles/what-is-dry-needling.md"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the shipped content to a folder of its own."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(ROOT / "content", tmp_path / "content"))


@pytest.fixture
def settings(content: Path) -> dict[str, Any]:
    return {**read_settings(str(ROOT / "pelicanconf.py")), "PATH": str(content)}


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Give the settings of the tiny site of the fixtures; the current folder is an empty one."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.chdir(tmp_path)
    path = str(ROOT / "tests" / "sites" / "valid")
    return {**read_settings(str(ROOT / "pelicanconf.py")), "PATH": path}


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def codes(checked: checking.Checked) -> list[tuple[str, str]]:
    return sorted({(d.path, d.code) for d in checked[0]})


def test_the_shipped_content_has_no_finding(settings: dict[str, Any]) -> None:
    assert checking.check(settings)[0] == ()


def test_a_lost_fact_is_found_without_a_build(settings: dict[str, Any], content: Path) -> None:
    change(content / ARTICLE, "10 to 15 minutes", "10 to 51 minutes")
    ledger = "content/articles/what-is-dry-needling.facts.yaml"
    assert codes(checking.check(settings)) == [(ledger, "CLM010")]
    assert codes(checking.check_file(settings, content / ARTICLE)) == [(ledger, "CLM010")]
    assert codes(checking.check_file(settings, Path(ledger))) == [(ledger, "CLM010")]
    about = content / "pages" / "about.md"
    assert checking.check_file(settings, about)[0] == ()


def test_a_change_log_is_checked_with_its_article(settings: dict[str, Any], content: Path) -> None:
    log = (content / ARTICLE).with_suffix(".changes.yaml")
    log.write_text("- {date: 2026-11-23, kind: change, text: Said more.}\n", "utf-8")
    wanted = [("content/articles/what-is-dry-needling.changes.yaml", "CHG003")]
    assert codes(checking.check(settings)) == wanted
    assert codes(checking.check_file(settings, log)) == wanted
    assert codes(checking.check_file(settings, content / ARTICLE)) == wanted


def test_a_file_shows_what_a_whole_check_finds_in_it(
    settings: dict[str, Any], content: Path
) -> None:
    change(content / ARTICLE, "## ", "#### ")
    change(content / "library" / "products.yaml", "maker:", "makr:")
    whole, _ = checking.check(settings)
    for name in (ARTICLE, "library/products.yaml", "library/references.json"):
        path = f"content/{name}"
        found, _ = checking.check_file(settings, content / name)
        assert found == tuple(d for d in whole if d.path == path)
    assert checking.check_file(settings, content / "library" / "products.yaml")[0]


def test_two_processes_find_what_one_finds(
    settings: dict[str, Any], content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (content / ARTICLE).read_text("utf-8")
    for number in range(4):
        copy = content / "articles" / f"copy-{number}.md"
        copy.write_text(text.replace("[@", f"[@no{number}-" if number % 2 else "[@"), "utf-8")
    alone, _ = checking.check(settings)
    monkeypatch.setattr(processes, "_processors", lambda: 2)
    monkeypatch.setattr(processes, "LEAST", 1)
    together, _ = checking.check(settings)
    assert alone == together
    assert len(alone) > 20


def test_an_article_from_elsewhere_is_checked_against_the_library(
    settings: dict[str, Any], content: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "drafts" / "draft.md"
    draft.parent.mkdir()
    shutil.copy(content / ARTICLE, draft)
    assert checking.check_file(settings, draft)[0] == ()
    ledger = draft.with_name("draft.facts.yaml")
    shutil.copy((content / ARTICLE).with_suffix(".facts.yaml"), ledger)
    assert checking.check_file(settings, draft)[0] == ()
    change(draft, "10 to 15 minutes", "10 to 51 minutes")
    assert codes(checking.check_file(settings, draft)) == [("drafts/draft.facts.yaml", "CLM010")]
    draft.write_bytes(b"Title: A\n\nNot UTF-8: \xff\n")
    assert "drafts/draft.md" in {path for path, _ in codes(checking.check_file(settings, draft))}


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("references.json", "[,]", "CIT021"),
        ("products.yaml", "a: [", "PRD021"),
        ("glossary.yaml", "a: [", "GLO021"),
        ("people.yaml", "a: [", "REV021"),
        ("anchors.json", "{,}", "ANC021"),
        ("redirects.yaml", "a: [", "MOV021"),
        ("retractions.json", "{,}", "RET021"),
        ("x.facts.yaml", "- {", "CLM021"),
        ("x.changes.yaml", "- {", "CHG021"),
        ("disclaimers/medical.md", "", "DIS02"),
    ],
)
def test_a_catalogue_from_elsewhere_is_told_by_its_name(
    small: dict[str, Any], tmp_path: Path, name: str, text: str, code: str
) -> None:
    file = tmp_path / "elsewhere" / name
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    (path, found), *_ = codes(checking.check_file(small, file))
    assert path == f"elsewhere/{name}"
    assert found.startswith(code)


def test_each_sound_catalogue_from_elsewhere_passes(
    settings: dict[str, Any], content: Path, tmp_path: Path
) -> None:
    catalogues = [file for file in (content / "library").iterdir() if file.is_file()]
    assert len(catalogues) > 4
    for file in catalogues:
        shutil.copy(file, tmp_path / file.name)
        assert checking.check_file(settings, tmp_path / file.name)[0] == ()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("missing.md", None, "There is no file"),
        (".", None, "is a folder"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0", "is not a text file"),
        ("notes.txt", b"a\0b", "is not a text file"),
        ("other.yaml", b"a: 1", "nothing says what it should hold"),
    ],
)
def test_what_cannot_be_checked_is_named(
    small: dict[str, Any], tmp_path: Path, name: str, data: bytes | None, message: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(UncheckableError, match=message):
        checking.check_file(small, Path(name))


def test_what_is_no_content_in_the_content_is_named(
    settings: dict[str, Any], content: Path
) -> None:
    (content / "images" / "notes.txt").write_text("a", "utf-8")
    with pytest.raises(UncheckableError, match="is no article, page, ledger or catalogue"):
        checking.check_file(settings, content / "images" / "notes.txt")


def invoke(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `invoke check`, from any folder, as an editor does."""
    return subprocess.run(
        [sys.executable, "-m", "invoke", "-r", str(ROOT), "check", *arguments],
        cwd=cwd,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_task_prints_only_the_report(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    shutil.copy(ROOT / "content" / ARTICLE, good)
    shutil.copy(good, bad)
    change(bad, "[@", "[@no-such-")
    done = invoke("--path", "good.md", "--format", "json", cwd=tmp_path)
    assert (done.returncode, json.loads(done.stdout), done.stderr) == (0, [], "")
    done = invoke("--path", "bad.md", "--path", str(good), "--format", "json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert {d["path"] for d in json.loads(done.stdout)} == {"bad.md"}
    done = invoke("--path", "bad.md", "--format", "sarif", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert json.loads(done.stdout)["version"] == "2.1.0"


@pytest.mark.parametrize("arguments", [("--path", "missing.md"), ("--format", "xml")])
def test_the_task_refuses_in_words(tmp_path: Path, arguments: tuple[str, str]) -> None:
    done = invoke(*arguments, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("There is no f")
    assert "Traceback" not in done.stderr
