"""git tells which lines have changed, and the diff is read to the line."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from wellsourced.plugin import changes
from wellsourced.plugin.changes import ALL, NoHistoryError, parse
from wellsourced.reporters.changes import is_changed, on_changed_lines

from .findings import finding


class Checkout:
    """A git checkout in a folder of its own."""

    def __init__(self, top: Path) -> None:
        self.top = top
        top.mkdir()
        self.git("init", "--initial-branch=main")

    def git(self, *arguments: str) -> None:
        names = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
        subprocess.run(
            ["git", *names, *arguments], cwd=self.top, check=True, capture_output=True, text=True
        )

    def write(self, name: str, text: str) -> None:
        (self.top / name).parent.mkdir(parents=True, exist_ok=True)
        (self.top / name).write_bytes(text.encode())

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--message=Change")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    for name, value in {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}.items():
        monkeypatch.setenv(name, value)
    made = Checkout(tmp_path / "site")
    monkeypatch.chdir(made.top)
    return made


def found(checkout: Checkout, base: str = "", files: tuple[Path, ...] = ()) -> dict[str, object]:
    environment = {"GITHUB_BASE_REF": base} if base else {}
    return dict(changes.find(checkout.top, environment, files))


def test_changes_are_counted_from_the_default_branch(checkout: Checkout) -> None:
    checkout.write("a.md", "one\ntwo\nthree\nfour\n")
    checkout.write("b.md", "one\n")
    checkout.commit()
    checkout.git("switch", "--create", "draft")
    checkout.write("a.md", "one\nTWO\nthree\nfour\nfive\nsix")
    checkout.commit()
    checkout.write("b.md", "zero\none\n")
    checkout.write("new/c.md", "text")
    checkout.git("switch", "main")
    checkout.git("switch", "draft")
    assert found(checkout) == {
        "a.md": frozenset({2, 5, 6}),
        "b.md": frozenset({1}),
        "new/c.md": ALL,
    }


def test_main_moving_on_is_no_change_of_ours(checkout: Checkout) -> None:
    checkout.write("a.md", "one\n")
    checkout.commit()
    checkout.git("switch", "--create", "draft")
    checkout.git("switch", "main")
    checkout.write("a.md", "other\n")
    checkout.commit()
    checkout.git("switch", "draft")
    assert found(checkout) == {}


def test_a_checkout_without_commits_is_all_change(checkout: Checkout) -> None:
    checkout.write("a.md", "one\ntwo\n")
    assert found(checkout) == {"a.md": ALL}
    checkout.git("add", "a.md")
    assert found(checkout) == {"a.md": frozenset({1, 2})}


def test_deleted_lines_and_files_leave_no_line(checkout: Checkout) -> None:
    checkout.write("a.md", "one\ntwo\n")
    checkout.write("b.md", "one\n")
    checkout.commit()
    checkout.write("a.md", "one\n")
    (checkout.top / "b.md").unlink()
    assert found(checkout) == {"a.md": frozenset()}


@pytest.mark.parametrize("name", ["a b.md", "tab\there.md", 'quo"te\\.md', "né針.md", "-x.md"])
def test_names_are_read_as_git_writes_them(checkout: Checkout, name: str) -> None:
    checkout.write(name, "one\n")
    checkout.write("second.md", "one\n")
    checkout.commit()
    checkout.write(name, "two\n")
    checkout.write("second.md", "two\n")
    assert found(checkout) == {name: frozenset({1}), "second.md": frozenset({1})}


def test_text_that_looks_like_a_header_is_text(checkout: Checkout) -> None:
    checkout.write("a.md", "-- a/x\n++ b/x\nend")
    checkout.write("b.md", "one\n")
    checkout.commit()
    checkout.write("a.md", "++ b/evil.md\n@@ -1 +1,9 @@\n++ b/worse.md")
    checkout.write("b.md", "one\ntwo\n")
    assert found(checkout) == {"a.md": frozenset({1, 2, 3}), "b.md": frozenset({2})}


def test_a_missing_line_end_is_counted_right() -> None:
    diff = b"""diff --git a/x b/x
--- a/x
+++ b/x
@@ -2 +2 @@
-old
\\ No newline at end of file
+++ b/evil
\\ No newline at end of file
diff --git a/y b/y
--- a/y
+++ b/y
@@ -0,0 +1,2 @@
+a
+b
"""
    assert list(parse(diff)) == [(b"x", frozenset({2})), (b"y", frozenset({1, 2}))]


def test_settings_of_the_writer_do_not_matter(checkout: Checkout) -> None:
    checkout.write("a.md", "one\n")
    checkout.commit()
    for setting in ("diff.noprefix=true", "diff.mnemonicPrefix=true", "color.ui=always",
                    "diff.external=false", "core.quotePath=false"):  # fmt: skip
        checkout.git("config", *setting.split("="))
    checkout.write("a.md", "two\n")
    assert found(checkout) == {"a.md": frozenset({1})}


def test_a_moved_file_has_only_its_new_lines(checkout: Checkout) -> None:
    text = "".join(f"line {number}\n" for number in range(30))
    checkout.write("a.md", text)
    checkout.commit()
    checkout.git("mv", "a.md", "b.md")
    checkout.write("b.md", text + "new\n")
    assert found(checkout) == {"b.md": frozenset({31})}


def test_lone_carriage_returns_count_as_all_changed(checkout: Checkout) -> None:
    checkout.write("a.md", "one\rtwo\r")
    checkout.write("b.md", "one\r\ntwo\r\n")
    checkout.commit()
    checkout.write("a.md", "one\rTWO\r")
    checkout.write("b.md", "one\r\nTWO\r\n")
    assert found(checkout) == {"a.md": ALL, "b.md": frozenset({2})}


def test_named_files_that_git_does_not_hold_are_all_changed(
    checkout: Checkout, tmp_path: Path
) -> None:
    checkout.write(".gitignore", "drafts/\n")
    checkout.write("a.md", "one\n")
    checkout.commit()
    checkout.write("drafts/x.md", "one\n")
    outside = tmp_path / "y.md"
    outside.write_text("one\n", "utf-8")
    named = (Path("drafts/x.md"), Path("a.md"), outside)
    assert found(checkout, files=named) == {"drafts/x.md": ALL, str(outside): ALL}


def test_the_current_folder_does_not_matter(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout.write("content/a.md", "one\n")
    checkout.write("b.md", "one\n")
    checkout.commit()
    checkout.write("content/a.md", "two\n")
    checkout.write("b.md", "two\n")
    monkeypatch.chdir(checkout.top / "content")
    (path,) = [path for path in found(checkout) if not path.startswith("/")]
    assert path == "a.md"
    assert str(checkout.top / "b.md") in found(checkout)


def test_what_git_cannot_tell_is_said(checkout: Checkout, tmp_path: Path) -> None:
    with pytest.raises(NoHistoryError, match="is not in a git checkout"):
        changes.find(tmp_path, {})
    checkout.write("a.md", "one\n")
    checkout.commit()
    with pytest.raises(NoHistoryError, match='branch "release" is not in this checkout'):
        found(checkout, "release")
    checkout.git("switch", "--orphan", "island")
    checkout.write("b.md", "one\n")
    checkout.commit()
    with pytest.raises(NoHistoryError, match="no common commit"):
        found(checkout)


def test_a_finding_is_changed_when_one_of_its_lines_is() -> None:
    lines = {"a": frozenset({3})}
    within, around, beside, other = (
        finding("a", 3),
        finding("a", 1, 1, 9, 2),
        finding("a", 4),
        finding("b", 3),
    )
    assert is_changed(within, lines)
    assert on_changed_lines((within, around, beside, other), lines) == (within, around)
