"""What goes wrong at each kind of target is told in one message, with its exit status.

Readers keep the release that they have.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.publisher.counting import COUNTED
from tests.publisher.processes import start, wait
from tests.publisher.readers import crawl
from tests.publisher.sites import run, two
from tests.servers.radosgw import Radosgw
from wellsourced.audit import manifest as manifests
from wellsourced.publisher import commands, lease
from wellsourced.publisher.audited import Audited
from wellsourced.publisher.targets.opening import open_target

PAGE = "articles/z/index.html"
NOBODY = 65534
CHANGES: dict[str, Callable[[Path], object]] = {
    "changed": lambda page: page.write_bytes(page.read_bytes() + b" "),
    "swapped": lambda page: page.write_bytes(page.read_bytes().replace(b"new", b"old")),
    "added": lambda page: page.with_name("draft.html").write_bytes(b"not yet"),
    "removed": lambda page: page.unlink(),
}
"""What may happen to a page between its audit and its publishing; a swap keeps its size."""


@dataclass(frozen=True)
class Desk:
    """Where somebody publishes from: two releases, and what was said."""

    old: Audited
    new: Audited
    capsys: pytest.CaptureFixture[str]

    def publish(self, address: str, site: Audited) -> tuple[int, str]:
        """Publish as the task does; gives the exit status and what was said."""
        signed = site.output.with_suffix(".json")
        manifests.write(site.manifest, signed)
        self.capsys.readouterr()
        status = commands.publish(address, site.output, signed, {}, max_delete="100%")
        return status, self.capsys.readouterr().err

    def refused(self, address: str, site: Audited, status: int, *words: str) -> None:
        """Publish, and be told why that cannot be: one message, one hint, no secret."""
        found, said = self.publish(address, site)
        assert found == status, said
        assert all(word in said for word in words), said
        assert said.startswith("error: ")
        assert "\n  = help: " in said
        assert said.count("\n") == 2
        COUNTED["mishaps told"] += 1


@pytest.fixture
def desk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Desk:
    """Give two releases; a lease that a full store does not take back is not waited for long."""
    monkeypatch.setattr(lease, "SECONDS", 5)
    return Desk(*two(tmp_path / "built", 1), capsys)


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_after_the_audit(address: str, desk: Desk, change: str) -> None:
    assert desk.publish(address, desk.old) == (0, "")
    manifests.write(desk.new.manifest, desk.new.output.with_suffix(".json"))
    CHANGES[change](desk.new.output / PAGE)
    name = PAGE.replace("index", "draft") if change == "added" else PAGE
    desk.refused(address, desk.new, 5, f'error: "{name}" ', "audit", "nothing was published")
    assert run(crawl(open_target(address), (desk.old,))) == desk.old.manifest.release


def test_a_place_that_is_not_there(address: str, desk: Desk) -> None:
    parts = urlsplit(address)
    if parts.scheme == "file":
        words = "there is no folder"
        nowhere = f"{address}/none/served"
    else:
        words = "there is no such bucket or container"
        nowhere = urlunsplit(parts._replace(netloc="nobodys-bucket"))
    desk.refused(nowhere, desk.old, 2, words, "make it first")


def test_keys_that_azure_does_not_know(
    azure: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk.publish(azure, desk.old) == (0, "")
    with monkeypatch.context() as wrong:
        key = base64.b64encode(b"a key that nobody has").decode()
        wrong.setenv("AZURE_STORAGE_ACCOUNT_KEY", key)
        desk.refused(azure, desk.new, 2, "refuses our credentials", "from the environment")
    assert run(crawl(open_target(azure), (desk.old,))) == desk.old.manifest.release


@pytest.mark.gate
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("AWS_SECRET_ACCESS_KEY", "SignatureDoesNotMatch"),
        ("AWS_ACCESS_KEY_ID", "InvalidAccessKeyId"),
    ],
)
def test_keys_that_ceph_does_not_know(
    ceph: str, desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, code: str
) -> None:
    assert desk.publish(ceph, desk.old) == (0, "")
    with monkeypatch.context() as wrong:
        wrong.setenv(name, "nobodys")
        desk.refused(ceph, desk.new, 2, f"refuses our credentials: {code}", "from the environment")
    assert run(crawl(open_target(ceph), (desk.old,))) == desk.old.manifest.release


def test_a_folder_that_is_not_ours(desk: Desk) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)  # tmp_path is closed to anybody but its owner
        old, _ = two(folder, 1)
        closed = folder / "closed"
        closed.mkdir(0o555)

        def publish() -> None:
            if os.getuid() == 0:  # to whom no folder is closed
                os.setuid(NOBODY)
            desk.refused(f"file://{closed}/served", old, 2, "Permission denied", "write")

        assert wait(start(publish)) == 0
        assert not [*closed.iterdir()]


@pytest.mark.gate
def test_a_bucket_that_is_full(ceph: str, radosgw: Radosgw, desk: Desk) -> None:
    bucket = urlsplit(ceph).netloc
    radosgw.limit(bucket, 2 * len(desk.old.files))
    assert desk.publish(ceph, desk.old) == (0, "")
    desk.refused(ceph, desk.new, 4, "is full: QuotaExceeded", "raise its quota")
    assert run(crawl(open_target(ceph), (desk.old,))) == desk.old.manifest.release
    radosgw.limit(bucket, 1000)
    status, said = desk.publish(ceph, desk.new)
    assert status == 0, said  # after a wait, since the lease could not be given back
    assert run(crawl(open_target(ceph), (desk.new,))) == desk.new.manifest.release
