"""Every code is shown to find its fault, at its exact place, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import EPOCH
from wellsourced import manual
from wellsourced.diagnostics import Diagnostic

from .findings import find
from .overlay import Overlay, lay, overlays

CODES = manual.codes()
NOT_PROVOKED = {
    "INT002": "Pelican's own error; no content that passes the other rules brings one about",
    "INT003": "a fault of the theme, not of the content",
    "INT004": "a fault of the indexer; tests/search brings it about",
}
PUBLISHING_ONLY = {"ANC002"}
# Each says in its message which kind of value is wanted.
WITHOUT_HINT = {
    "ANC025",
    "CHG021",
    "CHG025",
    "CIT021",
    "GLO025",
    "MOV021",
    "MOV025",
    "PRD021",
    "PRD025",
    "REV025",
}
OVERLAYS = overlays()
CASES = [pytest.param(over, id=over.name) for over in OVERLAYS]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give one folder for formatted references: most fixtures share those of valid/."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _dated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Fix today's date, and stand where paths are shown as `content/…`."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.chdir(tmp_path)


def shown(found: tuple[Diagnostic, ...]) -> list[str]:
    """Write findings as expected.txt has them."""
    return [f"{one.code} {one.path}:{one.line}:{one.column}" for one in found]


@pytest.mark.parametrize("publishing", [False, True])
def test_the_valid_site_has_no_finding(tmp_path: Path, cache: Path, publishing: bool) -> None:
    lay(tmp_path / "content")
    assert find(tmp_path / "content", cache, publishing=publishing) == ()


@pytest.mark.parametrize("over", CASES)
def test_a_fault_is_found_where_it_stands_and_nothing_else(
    over: Overlay, tmp_path: Path, cache: Path
) -> None:
    lay(tmp_path / "content", over)
    found = find(tmp_path / "content", cache, publishing=over.code in PUBLISHING_ONLY)
    assert shown(found) == list(over.expected)
    assert over.code in {one.code for one in found}
    for one in found:
        assert (one.end_line, one.end_column) >= (one.line, one.column)
        assert one.message.strip()
        assert one.hint or one.code in WITHOUT_HINT, f"{one.code} has no hint: {one.message}"


def test_every_code_has_a_fault_that_shows_it() -> None:
    shown_codes = {line.split()[0] for over in OVERLAYS for line in over.expected}
    # IMP codes are about files to be imported, AUD codes about built ones, which are no content;
    # tests/editing and tests/audit plant them.
    of_content = {code for code in CODES if not code.startswith(("IMP", "AUD"))}
    assert of_content - shown_codes == set(NOT_PROVOKED)
    assert {over.code for over in OVERLAYS} == shown_codes


@pytest.mark.parametrize("id", sorted(CODES))
def test_every_code_says_what_is_wrong_and_what_is_right(id: str) -> None:
    explanation = CODES[id].explanation
    assert CODES[id].summary.endswith("."), "no summary in one sentence"
    assert 10 < len(CODES[id].summary) <= 100
    wrong, right = explanation.find("\nWrong:"), explanation.find("\nRight:")
    assert 0 < wrong < right, "no Wrong: and then Right:"
    why = explanation[len(CODES[id].summary) : wrong].strip()
    assert why, "not a word on why it harms readers"
