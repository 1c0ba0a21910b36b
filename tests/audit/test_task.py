"""`invoke audit` prints what is wrong with a built site, and signs off what is sound."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from wellsourced.audit import manifest
from wellsourced.plugin import release_audit
from wellsourced.plugin import settings as pelican_settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, Any]:
    """Read the development settings, with a cache of this test's own."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795478400")
    cache = str(tmp_path / "cache")
    return pelican_settings.read(ROOT / "pelicanconf.py", {"WELLSOURCED_CACHE": cache})


@pytest.fixture
def release(site: Path, tmp_path: Path) -> Path:
    """Copy the built site, as it would be with the address of a published one."""
    output = shutil.copytree(site, tmp_path / "release")
    for path in output.rglob("*"):
        if path.is_file():
            data = path.read_bytes().replace(b"http://localhost:8000", b"https://site.example")
            path.write_bytes(data.replace(b"tag:localhost", b"tag:site.example"))
    return output


def test_a_sound_release_is_signed_off(release: Path, settings: Mapping[str, Any]) -> None:
    verdict = release_audit.audit_output(settings, release)
    assert verdict.is_sound
    signed = manifest.read(Path(settings["WELLSOURCED_CACHE"]) / manifest.NAME)
    assert signed == manifest.make(release)
    assert f"release {signed.release} is signed off" in verdict.summary


def test_a_site_for_this_machine_is_no_release(site: Path, settings: Mapping[str, Any]) -> None:
    verdict = release_audit.audit_output(settings, site)
    assert verdict.is_sound
    assert "not signed off" in verdict.summary
    assert not (Path(settings["WELLSOURCED_CACHE"]) / manifest.NAME).exists()


def test_one_page_of_another_machine_is_found(release: Path, settings: Mapping[str, Any]) -> None:
    page = release / "about" / "index.html"
    page.write_text(page.read_text("utf-8").replace("</main>", "http://localhost:8000/</main>"))
    found = release_audit.audit_output(settings, release).found
    assert "AUD091" in {one.code for one in found}


def test_a_broken_site_is_not(site: Path, settings: Mapping[str, Any], tmp_path: Path) -> None:
    output = tmp_path / "output"
    shutil.copytree(site, output)
    (output / "robots.txt").write_text("User-agent: *\nDisallow: /\n", "utf-8")
    verdict = release_audit.audit_output(settings, output)
    assert not verdict.is_sound
    assert "not fit" in verdict.summary
    assert not (Path(settings["WELLSOURCED_CACHE"]) / manifest.NAME).exists()
    assert {one.code for one in verdict.found} >= {"AUD087"}
    assert all(one.path.endswith("robots.txt") for one in verdict.found if one.code == "AUD087")


def test_budgets_come_from_the_settings(site: Path, settings: Mapping[str, Any]) -> None:
    found = release_audit.audit_output({**settings, "WELLSOURCED_BUDGETS": {}}, site).found
    assert found == ()
    verdict = release_audit.audit_output({**settings, "WELLSOURCED_BUDGETS": {"article": 9}}, site)
    assert {one.code for one in verdict.found} == {"AUD095"}
    assert verdict.is_sound
