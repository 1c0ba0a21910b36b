"""Every check of the audit is shown to find its fault, where it stands, in the built site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import ROOT
from wellsourced import audit
from wellsourced.audit.weights import BUDGETS
from wellsourced.diagnostics import CODES, Diagnostic, Location, Severity
from wellsourced.library.anchors import Anchors
from wellsourced.library.redirects import Moved
from wellsourced.rules import Site, load

from .faults import ARTICLE, FAULTS, Fault

TODAY = date(2026, 11, 24)
ELSEWHERE = {  # code → the test of this file that plants it
    "AUD093": "test_a_draft_that_was_built_is_found",
    "AUD094": "test_a_page_of_a_day_to_come_is_found_in_a_release",
    "AUD096": "test_a_published_page_that_is_gone_is_found",
    "AUD095": "test_what_is_too_heavy_is_told",
}


@pytest.fixture(scope="module")
def content() -> Site:
    """Read the shipped content once."""
    return load(ROOT / "content", "content", TODAY)[0]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Remember what the files that no fault changes came to."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def files(site: Path) -> Mapping[str, Path]:
    """List the built site."""
    return {key: Path(path) for key, path in audit.files_under(site).items()}


@pytest.fixture(scope="module")
def before(files: Mapping[str, Path], content: Site, cache: Path) -> frozenset[Diagnostic]:
    """Audit the site as it was built."""
    return frozenset(audit.audit_build(files, content, cache))


def test_the_shipped_site_is_clean(before: frozenset[Diagnostic]) -> None:
    assert sorted(before) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_found_where_it_stands(
    fault: Fault,
    files: Mapping[str, Path],
    content: Site,
    cache: Path,
    before: frozenset[Diagnostic],
    tmp_path: Path,
) -> None:
    changed = plant(fault, files, tmp_path)
    found = [one for one in audit.audit_build(changed, content, cache) if one not in before]
    assert {one.code for one in found} - set(fault.also) == {fault.code}
    where = [(one.path, one.line, one.column) for one in found if one.code == fault.code]
    path = fault.path or fault.key
    if fault.at:
        text = changed[path].read_text("utf-8")
        match = re.search(fault.at if "[" in fault.at else re.escape(fault.at), text)
        assert match, f"{fault.at} does not stand in {path}"
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        assert (path, line, column) in where
    else:
        assert path in {one.path for one in found if one.code == fault.code}
    for one in found:
        assert one.hint, one
        assert (one.end_line, one.end_column) >= (one.line, one.column) >= (1, 1)


def plant(fault: Fault, files: Mapping[str, Path], folder: Path) -> dict[str, Path]:
    """Give the site's files with the fault in one of them; the built file stays as it is."""
    changed = dict(files)
    if fault.put is None:
        del changed[fault.key]
        return changed
    text = files[fault.key].read_text("utf-8")
    if fault.find is None:
        text = fault.put
    else:
        text, count = re.subn(fault.find, fault.put, text, count=1, flags=re.DOTALL)
        assert count == 1, f"{fault.find} does not stand in {fault.key}"
    changed[fault.key] = folder / "changed"
    changed[fault.key].write_text(text, "utf-8")
    return changed


def test_every_code_is_shown() -> None:
    codes = {code for code in CODES if code.startswith("AUD")}
    assert codes == {fault.code for fault in FAULTS} | ELSEWHERE.keys()
    assert ELSEWHERE.keys().isdisjoint(fault.code for fault in FAULTS)


def test_names_are_unique() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


def test_a_draft_that_was_built_is_found(
    files: Mapping[str, Path], content: Site, tmp_path: Path
) -> None:
    for path in (ROOT / "content").rglob("*"):
        if path.is_file():
            target = tmp_path / path.relative_to(ROOT / "content")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    article = tmp_path / "articles" / "what-is-dry-needling.md"
    article.write_text(f"Status: draft\n{article.read_text('utf-8')}", "utf-8")
    found = audit.audit_build(files, load(tmp_path, "content", TODAY)[0])
    assert {(one.code, one.path) for one in found} == {("AUD093", ARTICLE)}


def test_a_published_page_that_is_gone_is_found(
    files: Mapping[str, Path], content: Site, cache: Path
) -> None:
    gone = Anchors(("risks",), {}, Location("content/library/anchors.json"))
    anchors = {**content.library.anchors, "articles/gone": gone}
    changed = replace(content, library=replace(content.library, anchors=anchors))
    found = audit.audit_build(files, changed, cache)
    assert [(one.code, one.path) for one in found] == [("AUD096", "articles/gone/index.html")]
    moved = {"/articles/gone/": Moved("/about/", "", Location("content/library/redirects.yaml"))}
    library = replace(changed.library, moved=moved)
    assert audit.audit_build(files, replace(changed, library=library), cache) == ()


def release(site: Path, content: Site, **more: object) -> audit.Audit:
    """Audit the built site as one that is to go out."""
    return audit.audit_release(
        site,
        content,
        None,
        **{"shown": "out", "budgets": {}, **more},  # type: ignore[arg-type]
    )


def test_a_page_of_a_day_to_come_is_found_in_a_release(site: Path, content: Site) -> None:
    early = replace(content, today=date(2026, 11, 23))
    found = release(site, early).found
    assert {(one.code, one.path) for one in found} == {("AUD094", f"out/{ARTICLE}")}


def test_what_is_too_heavy_is_told(site: Path, content: Site) -> None:
    found = release(site, content, budgets={"article": 1000, "image": 300}).found
    assert {one.code for one in found} == {"AUD095"}
    assert {one.severity for one in found} == {Severity.WARNING}
    assert f"out/{ARTICLE}" in {one.path for one in found}
    assert release(site, content, budgets=dict.fromkeys(BUDGETS, 10**6)).found == ()


def test_a_folder_of_this_machine_is_found(site: Path, content: Site) -> None:
    words = "Skip to main content"
    found = release(site, content, paths=[words]).found
    assert {one.code for one in found} == {"AUD091"}


def test_a_release_names_every_file(site: Path, content: Site, files: Mapping[str, Path]) -> None:
    signed = release(site, content).manifest
    assert [file.key for file in signed.files] == list(files)
    assert signed == audit.manifest.make(site)
