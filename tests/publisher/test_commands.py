"""What the tasks print, and the exit status that they leave."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.publisher.sites import pages, site, two
from wellsourced.audit import manifest as manifests
from wellsourced.publisher import commands
from wellsourced.publisher.audited import Audited

Publish = Callable[..., int]


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"file://{tmp_path / 'served'}"


@pytest.fixture
def publish(tmp_path: Path, address: str) -> Publish:
    """Give a function that signs a site off and publishes it."""

    def work(one: Audited, **options: object) -> int:
        path = tmp_path / "release.json"
        manifests.write(one.manifest, path)
        environment = options.pop("environment", {})
        given = {"max_delete": "100%"} | options
        return commands.publish(address, one.output, path, environment, **given)  # type: ignore[arg-type]

    return work


def test_a_dry_run_as_json(
    tmp_path: Path, publish: Publish, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = two(tmp_path / "built")
    assert publish(old) == 0
    before = snapshot(tmp_path / "served")
    capsys.readouterr()
    assert publish(new, dry_run=True, as_json=True) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed.keys() == {"release", "uploads", "deletes", "unchanged"}
    assert printed["release"] == new.manifest.release
    reasons = {upload["key"]: upload["reason"] for upload in printed["uploads"]}
    assert reasons["index.html"] == "changed"
    assert reasons["articles/z/index.html"] == "new"
    sizes = {upload["key"]: upload["bytes"] for upload in printed["uploads"]}
    assert sizes["articles/z/index.html"] == len(b"<p>new</p>")
    assert "articles/a0/index.html" in printed["deletes"]
    assert printed["unchanged"] == 8
    assert snapshot(tmp_path / "served") == before


def test_a_release_is_told_in_words(
    tmp_path: Path, publish: Publish, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = two(tmp_path / "built")
    assert publish(old) == 0
    out = capsys.readouterr().out
    assert f"Release {old.manifest.release}: 18 files to send" in out
    assert "  new             404.html" in out
    assert f"Published release {old.manifest.release}; 18 files were sent." in out
    assert publish(new) == 0
    out = capsys.readouterr().out
    assert "10 files to send" in out
    assert "8 unchanged, 2 gone" in out
    assert "  gone            articles/a0/index.html" in out
    assert "No purger is configured (WELLSOURCED_PURGE). A cache must forget:" in out
    assert "\n  /articles/a0\n" in out
    assert publish(new) == 0
    assert "Nothing to publish" in capsys.readouterr().out


def test_the_purger_is_a_command(
    tmp_path: Path, publish: Publish, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = two(tmp_path / "built")
    told = tmp_path / "told"
    assert publish(old) == 0
    assert publish(new, environment={"WELLSOURCED_PURGE": f"tee {told}"}) == 0
    assert "to the purger" in capsys.readouterr().out
    assert "/articles/z/\n" in told.read_text()
    assert publish(old, environment={"WELLSOURCED_PURGE": "false"}) == 4
    failed = capsys.readouterr().err
    assert f"release {old.manifest.release} is out" in failed
    told.unlink()
    assert publish(old, environment={"WELLSOURCED_PURGE": f"tee {told}"}) == 0
    assert "/articles/z/\n" in told.read_text()


def test_states_in_words(
    tmp_path: Path, publish: Publish, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.show_status(address) == 3
    assert "Nothing was published" in capsys.readouterr().err
    old, new = two(tmp_path / "built")
    publish(old)
    publish(new)
    first, second = old.manifest.release, new.manifest.release
    capsys.readouterr()
    assert commands.show_status(address) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{address}: readers get {second} (move 2)"
    assert lines[1].startswith(f"  {second}  18 files, ")
    assert lines[1].endswith("  current")
    assert lines[2].endswith("  previous")
    assert commands.verify_release(address) == 0
    assert "18 files are as they were audited" in capsys.readouterr().out
    assert commands.roll_back(address, "", False, {}) == 0
    assert f"Readers get release {first}." in capsys.readouterr().out
    assert commands.pin(address, second, False) == 0
    assert commands.collect(address, 1, 0) == 0
    assert "Nothing to remove; 2 releases stay." in capsys.readouterr().out


def test_damage_is_told(
    tmp_path: Path, publish: Publish, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    old, _ = two(tmp_path / "built")
    publish(old)
    page = tmp_path / "served" / "current" / "index.html"
    page.write_bytes(page.read_bytes()[::-1])
    capsys.readouterr()
    assert commands.verify_release(address) == 5
    assert "1 of 18 files are missing or wrong: index.html." in capsys.readouterr().err
    assert publish(old) == 0
    assert "  damaged         index.html" in capsys.readouterr().out
    assert commands.verify_release(address) == 0


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        ({"max_delete": "many"}, 2, '"many" is no share of the files'),
        ({"max_delete": "120%"}, 2, '"120%" is no share of the files'),
        ({"environment": {"WELLSOURCED_PURGE": "'"}}, 2, "WELLSOURCED_PURGE is no command"),
        ({"max_delete": "1%"}, 3, "files would go"),
        ({"at_once": False}, 3, "holds releases and a pointer"),
    ],
)
def test_what_is_refused(
    tmp_path: Path,
    publish: Publish,
    capsys: pytest.CaptureFixture[str],
    options: dict[str, object],
    status: int,
    words: str,
) -> None:
    old, new = two(tmp_path / "built")
    publish(old)
    before = snapshot(tmp_path / "served")
    assert publish(new, **options) == status
    assert words in capsys.readouterr().err
    assert snapshot(tmp_path / "served") == before


def test_without_an_audit_nothing_goes_out(
    tmp_path: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.publish(address, tmp_path, tmp_path / "none.json", {}) == 5
    assert "There is no signed-off release" in capsys.readouterr().err
    (tmp_path / "bad.json").write_text("{}")
    assert commands.publish(address, tmp_path, tmp_path / "bad.json", {}) == 5
    assert "bad.json is damaged" in capsys.readouterr().err


def test_a_folder_for_a_host_s_own_publisher(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = site(tmp_path / "built", pages("navy"))
    manifests.write(one.manifest, tmp_path / "release.json")
    folder = tmp_path / "out" / "export"
    assert commands.export(one.output, tmp_path / "release.json", folder) == 0
    assert manifests.make(folder) == one.manifest
    assert commands.export(one.output, tmp_path / "release.json", folder) == 2
    assert "is there already" in capsys.readouterr().err
    (one.output / "index.html").write_bytes(b"changed")
    assert commands.export(one.output, tmp_path / "release.json", tmp_path / "again") == 5
    assert not (tmp_path / "again").exists()


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
