"""Real publishers side by side, asleep, and on a full disk: processes, not models of them."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.publisher.counting import COUNTED
from tests.publisher.model import Around
from tests.publisher.processes import start, wait
from tests.publisher.readers import crawl_folder
from tests.publisher.sites import EVERYTHING, releases, run, two
from wellsourced.publisher import pointer, publishing
from wellsourced.publisher.audited import Audited
from wellsourced.publisher.export import export
from wellsourced.publisher.problems import TransportError
from wellsourced.publisher.targets import Target
from wellsourced.publisher.targets.directory import Directory

WORDS = "red blue green black navy teal olive maroon silver".split()


def publishing_to(
    root: Path, site: Audited, lease: float = 0, around: Callable[[Target], Target] = lambda t: t
) -> Callable[[], None]:
    """Give what publishes a site to a folder."""

    def publish() -> None:
        target = around(Directory(str(root)))
        run(publishing.publish(target, site, replace(EVERYTHING, lease=lease)))

    return publish


@pytest.mark.parametrize("lease", [0, 60], ids=["without a lease", "with a lease"])
def test_eight_publishers_at_once(tmp_path: Path, lease: float) -> None:
    first, *others = releases(tmp_path / "built", *WORDS)
    root = tmp_path / "served"
    publishing_to(root, first)()
    children = [start(publishing_to(root, one, lease)) for one in others]
    statuses = [wait(one, lambda: crawl_folder(root, (first, *others))) for one in children]
    assert set(statuses) <= {0, 3}
    won = statuses.count(0)
    assert won >= 1
    # Who comes after another plans anew, so that a lease lets all go out, one after the other.
    assert won == len(others) or not lease
    held = run(pointer.read(Directory(str(root))))
    assert held
    assert held.pointer.sequence == 1 + won
    assert crawl_folder(root, tuple(others)) == held.pointer.release
    COUNTED["publishers at once"] += len(others)


class Asleep(Around):
    """Be stopped by the system right before the pointer is moved."""

    async def before(self, method: str, arguments: tuple[Any, ...]) -> None:
        """Stop until somebody sends SIGCONT."""
        if method == "put" and arguments[0] == pointer.KEY:
            os.kill(os.getpid(), signal.SIGSTOP)


def test_a_process_that_wakes_two_releases_later(tmp_path: Path) -> None:
    first, sleepy, *later = releases(tmp_path / "built", *WORDS[:4])
    root = tmp_path / "served"
    publishing_to(root, first)()
    child = start(publishing_to(root, sleepy, around=Asleep))
    assert os.WIFSTOPPED(os.waitpid(child, os.WUNTRACED)[1])
    for one in later:
        publishing_to(root, one)()
    os.kill(child, signal.SIGCONT)
    assert wait(child) == 3
    assert crawl_folder(root, tuple(later)) == later[-1].manifest.release
    COUNTED["publishers that slept"] += 1


def test_a_file_that_the_system_refuses(tmp_path: Path) -> None:
    old, new = two(tmp_path / "built")
    root = tmp_path / "served"
    publishing_to(root, old)()
    longest = max(file.size for file in new.manifest.files)

    for size in range(0, longest + 1, 7):

        def limited(size: int = size) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            publishing_to(root, new)()

        # At the last size every page fits, and what fails is the manifest.
        assert wait(start(limited)) == 4
        assert crawl_folder(root, (old, new)) == old.manifest.release
        COUNTED["sizes at which a file no longer fits"] += 1
    publishing_to(root, new)()
    assert crawl_folder(root, (old, new)) == new.manifest.release


def test_an_export_that_the_system_refuses(tmp_path: Path) -> None:
    site, _ = two(tmp_path / "built")
    folder = tmp_path / "export"

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))
        with pytest.raises(TransportError, match="File too large") as caught:
            export(site, folder)
        assert "nothing was left there" in caught.value.hint
        raise caught.value

    assert wait(start(limited)) == 4
    assert [path.name for path in tmp_path.iterdir()] == ["built"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of 256 KiB, where this process may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    command = [str(mount), "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("this process may not mount a disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.gate
def test_a_disk_that_is_full(tmp_path: Path, small_disk: Path) -> None:
    old, new = two(tmp_path / "built")
    root = small_disk / "served"
    publishing_to(root, old)()
    # Each run is given another page of the disk, and goes on where the last one had none left.
    for pages in range(64):
        filler = small_disk / "filler"
        free = shutil.disk_usage(small_disk).free - pages * resource.getpagesize()
        filler.write_bytes(bytes(max(0, free)))
        status = wait(start(publishing_to(root, new)))
        filler.unlink()
        if status == 0:
            break
        assert status == 4
        assert crawl_folder(root, (old, new)) == old.manifest.release
        COUNTED["runs on a full disk"] += 1
    assert pages > 3
    assert crawl_folder(root, (old, new)) == new.manifest.release
