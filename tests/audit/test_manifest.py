"""A release's manifest names its bytes: what is altered in one or the other is refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wellsourced.audit import manifest as manifests
from wellsourced.audit.manifest import ManifestError

SITE = {
    "index.html": b"<p>home",
    "articles/x/index.html": b"<p>x",
    "assets/site.0123456789abcdef.js": b"let a",
}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Write a small output."""
    for key, data in SITE.items():
        (tmp_path / key).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / key).write_bytes(data)
    return tmp_path


def test_a_manifest_holds_each_file_as_it_is_served(output: Path) -> None:
    made = manifests.make(output)
    assert [file.key for file in made.files] == sorted(SITE)
    page, script, _ = made.files
    assert (page.size, page.media_type) == (4, "text/html; charset=utf-8")
    assert "immutable" in script.cache
    assert "immutable" not in page.cache
    assert len(made.release) == 16


def test_what_is_written_is_read(output: Path, tmp_path: Path) -> None:
    made = manifests.make(output)
    manifests.write(made, tmp_path / "kept" / manifests.NAME)
    assert manifests.read(tmp_path / "kept" / manifests.NAME) == made
    assert [path.name for path in (tmp_path / "kept").iterdir()] == [manifests.NAME]


def test_a_release_is_named_after_every_byte(output: Path) -> None:
    before = manifests.make(output).release
    assert manifests.make(output).release == before
    (output / "index.html").write_bytes(b"<p>Home")
    changed = manifests.make(output).release
    (output / "index.html").rename(output / "home.html")
    assert len({before, changed, manifests.make(output).release}) == 3


def _file(change: Callable[[dict[str, Any]], object]) -> Callable[[dict[str, Any]], object]:
    return lambda fields: change(fields["files"][0])


@pytest.mark.parametrize(
    "damage",
    [
        lambda fields: fields.update(version=2),
        lambda fields: fields.update(release="0" * 16),
        lambda fields: fields["files"].pop(),
        lambda fields: fields["files"].append(fields["files"][0]),
        lambda fields: fields.pop("files"),
        _file(lambda file: file.update(size=3)),
        _file(lambda file: file.update(size=-1)),
        _file(lambda file: file.update(size="4")),
        _file(lambda file: file.update(sha256="f" * 64)),
        _file(lambda file: file.update(sha256="short")),
        _file(lambda file: file.update(key="articles/y/index.html")),
        _file(lambda file: file.update(key="../x")),
        _file(lambda file: file.update(key="/x")),
        _file(lambda file: file.update(cache="no-store")),
        _file(lambda file: file.pop("type")),
        _file(lambda file: file.update(more=1)),
    ],
)
def test_a_damaged_manifest_is_refused(
    output: Path, damage: Callable[[dict[str, Any]], object]
) -> None:
    fields = json.loads(manifests.dump(manifests.make(output)))
    damage(fields)
    with pytest.raises(ManifestError):
        manifests.parse(json.dumps(fields).encode())


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"1", b"\xff", b'{"version": 1}'])
def test_what_is_no_manifest_is_refused(data: bytes) -> None:
    with pytest.raises(ManifestError):
        manifests.parse(data)


def test_a_key_that_leads_elsewhere_is_refused_under_its_right_name(output: Path) -> None:
    made = manifests.make(output)
    files = (manifests.file_of("../outside", b""), *made.files)
    with pytest.raises(ManifestError, match="no key"):
        manifests.parse(manifests.dump(manifests.of(files)))
