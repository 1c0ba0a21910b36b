"""The docs say what the code does: rules, settings, tasks, and links that lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from wellsourced import manual

DOCS = ROOT / "docs"
TASKS = ROOT / "tasks.py"
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_SPOKEN = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]


def spoken() -> str:
    """Join all that the docs say, but for what they quote from the code on tasks."""
    return "\n".join(file.read_text("utf-8") for file in _SPOKEN)


def anchors(markdown: str) -> set[str]:
    """Give the ids that GitHub makes of headings."""
    headings = re.findall(r"^#+ (.*)$", markdown, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in headings}


@pytest.mark.parametrize("name", ["rules.md", "settings.md"])
def test_a_page_is_as_the_code_makes_it(name: str) -> None:
    made = manual.pages(TASKS)[name]
    assert (DOCS / name).read_text("utf-8") == made, "run `invoke docs`"


def test_every_code_has_a_row_and_an_explanation() -> None:
    rules = (DOCS / "rules.md").read_text("utf-8")
    for id, code in manual.codes().items():
        assert rules.count(f"| [{id}](#{id.lower()}) | {code.severity} |") == 1
        assert rules.count(f"\n### {id}\n") == 1


def test_every_task_is_documented() -> None:
    words = spoken()
    for name in manual.load_tasks(TASKS).task_names:
        assert f"invoke {name}" in words


def test_every_setting_is_documented_and_used() -> None:
    files = [*ROOT.glob("*.py"), *(ROOT / "wellsourced").rglob("*.py")]
    code = "\n".join(f.read_text("utf-8") for f in files if f.name != "manual.py")
    used = set(re.findall(r"\bWELLSOURCED_[A-Z_]+\b", code)) - {
        "WELLSOURCED_DESK",
        "WELLSOURCED_SURVEY",
    }
    listed = {setting.name for setting in (*manual.SETTINGS, *manual.ENVIRONMENT)}
    assert used == {name for name in listed if name.startswith("WELLSOURCED_")}
    assert all(f'"{name}"' in code or name in used for name in listed)


@pytest.mark.parametrize("file", _SPOKEN, ids=lambda file: file.name)
def test_links_lead_somewhere(file: Path) -> None:
    text = re.sub(r"(~~~|```).*?\1|`[^`\n]*`", "", file.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"^    .*$", "", text, flags=re.MULTILINE)
    for target in _LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        other = file.parent / path if path else file
        assert other.exists(), target
        if anchor:
            assert anchor in anchors(other.read_text("utf-8")), target


@pytest.mark.parametrize("file", _SPOKEN, ids=lambda file: file.name)
def test_commands_in_the_docs_exist(file: Path) -> None:
    tasks = manual.load_tasks(TASKS)
    named = re.findall(r"\binvoke ([a-z][a-z-]*(?:\.[a-z-]+)?)", file.read_text("utf-8"))
    assert {name for name in named if name not in tasks.task_names} == set()


def test_a_code_that_the_docs_name_exists() -> None:
    families = "|".join(manual.FAMILIES)
    named = set(re.findall(rf"\b(?:{families})\d{{3}}\b", spoken()))
    assert named - manual.codes().keys() <= {"CIT009"}  # the README's example of a new one


def test_a_family_of_no_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(manual.FAMILIES, "TAB")
    with pytest.raises(ValueError, match=r"does not name .*\bTAB"):
        manual.pages(TASKS)
