"""The publisher dies at every request of a release, and readers never notice."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

import pytest

from tests.publisher.model import Killed, Killing, Memory, Watched
from tests.publisher.readers import crawl_folder, crawl_memory
from tests.publisher.sites import EVERYTHING, run, two
from wellsourced.publisher import publishing
from wellsourced.publisher.audited import Audited
from wellsourced.publisher.targets import Target
from wellsourced.publisher.targets.directory import Directory

ARTICLES = 17  # 40 files with the rest


@pytest.fixture
def served() -> Iterator[Path]:
    """Give a folder in memory where there is one: hundreds of releases are brought to its disk."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def requests(target: Target, old: Audited, new: Audited) -> int:
    """Count the requests of publishing `new` after `old`."""
    counting = Killing(target, 10**9)
    run(publishing.publish(target, old, EVERYTHING))
    run(publishing.publish(counting, new, EVERYTHING))
    return counting.requests


def test_a_reader_who_crawls_all_the_time_sees_old_or_new(tmp_path: Path) -> None:
    old, new = two(tmp_path, ARTICLES)
    target = Memory()
    run(publishing.publish(target, old, EVERYTHING))
    seen: list[str] = []
    watched = Watched(target, lambda: seen.append(crawl_memory(target, (old, new))))
    run(publishing.publish(watched, new, EVERYTHING))
    releases = [old.manifest.release, new.manifest.release]
    assert list(dict.fromkeys(seen)) == releases
    assert seen == sorted(seen, key=releases.index)


@pytest.mark.parametrize("carried_out", [False, True], ids=["before", "after"])
def test_killed_at_every_request_of_a_model(tmp_path: Path, carried_out: bool) -> None:
    old, new = two(tmp_path, ARTICLES)
    assert len(new.files) == 40
    last = requests(Memory(), old, new)
    assert last > 40
    for at in range(1, last + 1):
        target = Memory()
        run(publishing.publish(target, old, EVERYTHING))
        with pytest.raises(Killed):
            run(publishing.publish(Killing(target, at, carried_out=carried_out), new, EVERYTHING))
        assert crawl_memory(target, (old, new))
        run(publishing.publish(target, new, EVERYTHING))
        assert crawl_memory(target, (old, new)) == new.manifest.release


def test_killed_at_every_request_of_the_first_release(tmp_path: Path) -> None:
    old, _ = two(tmp_path)
    counting = Killing(Memory(), 10**9)
    run(publishing.publish(counting, old, EVERYTHING))
    for at in range(1, counting.requests + 1):
        target = Memory()
        with pytest.raises(Killed):
            run(publishing.publish(Killing(target, at), old, EVERYTHING))
        assert crawl_memory(target, (old,)) in ("", old.manifest.release)
        run(publishing.publish(target, old, EVERYTHING))
        assert crawl_memory(target, (old,)) == old.manifest.release


def test_a_process_killed_at_every_request_of_a_folder(tmp_path: Path, served: Path) -> None:
    old, new = two(tmp_path, ARTICLES)
    root = str(served)
    last = requests(Directory(str(tmp_path / "counted")), old, new)
    run(publishing.publish(Directory(root), old, EVERYTHING))

    def publish(site: Audited, at: int) -> None:
        killing = Killing(Directory(root), at, carried_out=True, die=gone)
        run(publishing.publish(killing, site, EVERYTHING))

    back_and_forth(Path(root), (old, new), range(1, last + 1), publish)


def test_a_process_killed_at_every_change_of_a_disk(tmp_path: Path, served: Path) -> None:
    old, new = two(tmp_path)
    root = str(served)
    run(publishing.publish(Directory(root), old, EVERYTHING))

    def publish(site: Audited, at: int) -> None:
        sys.addaudithook(Changes(at).see)
        run(publishing.publish(Directory(root), site, EVERYTHING))

    points = back_and_forth(Path(root), (old, new), count(1), publish)
    assert points > 60


class Changes:
    """Count what changes names on the disk, and be gone before one of them."""

    EVENTS = frozenset("tempfile.mkstemp os.rename os.link os.symlink os.remove os.mkdir".split())

    def __init__(self, at: int) -> None:
        self.left = at

    def see(self, event: str, arguments: object) -> None:
        """Take note of an audit event (PEP 578)."""
        if event in self.EVENTS:
            self.left -= 1
            if self.left == 0:
                gone()


def back_and_forth(
    root: Path,
    sites: tuple[Audited, Audited],
    points: Iterable[int],
    publish: Callable[[Audited, int], None],
) -> int:
    """Kill a publisher at each point, to one release and back, until a run is not reached.

    Each run goes on where the last one left the folder. Gives how many were killed.
    """
    killed = 0
    for at in points:
        is_old = crawl_folder(root, sites) == sites[0].manifest.release
        going = sites[1] if is_old else sites[0]
        fresh = root / "releases" / going.manifest.release
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.with_suffix(".json").unlink(missing_ok=True)
        if not dies(partial(publish, going, at)):
            return killed
        killed += 1
        crawl_folder(root, sites)
        run(publishing.publish(Directory(str(root)), going, EVERYTHING))
        assert crawl_folder(root, sites) == going.manifest.release
        assert not any(path.name.endswith(".part") for path in root.rglob("*"))
        assert not (root / ".staging" / going.manifest.release).exists()
    return killed


def gone() -> NoReturn:
    """Be gone as a killed process is: no `finally`, no thread that is waited for."""
    os._exit(9)


def dies(work: Callable[[], None]) -> bool:
    """Run something in a child, and tell whether it was killed. Raises if it failed otherwise."""
    child = os.fork()
    if child == 0:
        status = 1
        with suppress(BaseException):
            work()
            status = 0
        os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, 9)
    return status == 9
