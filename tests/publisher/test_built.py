"""`invoke publish --built` sends what an earlier job signed off, and builds nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from invoke import Context

from tests.conftest import ROOT
from tests.publisher.sites import pages, site
from wellsourced import manual
from wellsourced.audit import manifest

Run = Callable[[], int]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give the task as a function that returns its exit status; it works in a folder of its own."""
    body = manual.load_tasks(ROOT / "tasks.py")["publish"].body
    names = body.__globals__

    def no_build(*_: object, **__: object) -> bool:
        raise AssertionError("it was built again")

    monkeypatch.setitem(names, "OUTPUT", tmp_path / "output")
    monkeypatch.setitem(names, "_python", no_build)
    monkeypatch.setattr(
        names["pelican_settings"], "read", lambda _: {"WELLSOURCED_CACHE": str(tmp_path)}
    )

    def work() -> int:
        with pytest.raises(SystemExit) as ended:
            body(Context(), target=f"file://{tmp_path / 'served'}", built=True)
        return int(ended.value.code or 0)

    return work


def test_what_was_signed_off_is_sent(tmp_path: Path, run: Run) -> None:
    one = site(tmp_path / "output", pages("one"))
    manifest.write(one.manifest, tmp_path / manifest.NAME)
    assert run() == 0
    home = tmp_path / "served" / "current" / "index.html"
    assert home.read_bytes() == one.read("index.html")


def test_what_was_changed_on_the_way_is_not(
    tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    one = site(tmp_path / "output", pages("one"))
    manifest.write(one.manifest, tmp_path / manifest.NAME)
    (tmp_path / "output" / "index.html").write_text("<p>planted</p>", "utf-8")
    assert run() == 5
    assert "index.html" in capsys.readouterr().err
    assert not (tmp_path / "served" / "current").exists()


def test_without_a_signature_nothing_goes(tmp_path: Path, run: Run) -> None:
    site(tmp_path / "output", pages("one"))
    assert run() == 5
    assert not (tmp_path / "served" / "current").exists()
