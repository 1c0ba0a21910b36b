"""A release of two hundred files, its publisher killed at every request while a reader crawls.

`make test` takes every so-many-th request, the gates take them all.
"""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.publisher.counting import COUNTED
from tests.publisher.model import Killed, Killing, Memory, Watched
from tests.publisher.processes import killed, start, wait
from tests.publisher.readers import crawl_folder, crawl_memory
from tests.publisher.sites import EVERYTHING, run, two
from wellsourced.publisher import publishing
from wellsourced.publisher.audited import Audited
from wellsourced.publisher.targets import Target
from wellsourced.publisher.targets.directory import Directory

Sites = tuple[Audited, Audited]
ALL = pytest.param(1, marks=pytest.mark.gate)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """Give two releases of two hundred files each."""
    old, new = two(tmp_path_factory.mktemp("built"), articles=97)
    assert len(old.files) == len(new.files) == 200
    return old, new


@pytest.fixture
def served() -> Iterator[Path]:
    """Give a folder in memory where there is one: hundreds of releases are brought to its disk."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def requests(target: Target, sites: Sites) -> int:
    """Publish both releases, and count the requests of the second."""
    counting = Killing(target, 10**9)
    run(publishing.publish(target, sites[0], EVERYTHING))
    run(publishing.publish(counting, sites[1], EVERYTHING))
    return counting.requests


@pytest.mark.parametrize("step", [17, ALL])
@pytest.mark.parametrize("carried_out", [False, True], ids=["before", "after"])
def test_a_model(sites: Sites, carried_out: bool, step: int) -> None:
    old, new = sites
    last = requests(Memory(), sites)
    assert last > 200
    published = Memory()
    run(publishing.publish(published, old, EVERYTHING))
    order = [old.manifest.release, new.manifest.release]
    for at in range(1, last + 1, step):
        target, seen = Memory(), list[str]()
        target.objects = dict(published.objects)
        watched = Watched(target, lambda: seen.append(crawl_memory(target, sites)))  # noqa: B023
        with pytest.raises(Killed):
            run(publishing.publish(Killing(watched, at, carried_out=carried_out), new, EVERYTHING))
        run(publishing.publish(watched, new, EVERYTHING))
        assert seen == sorted(seen, key=order.index)
        assert crawl_memory(target, sites) == order[1]
        COUNTED["kills of a publisher to a model"] += 1


@pytest.mark.parametrize("step", [53, ALL])
@pytest.mark.parametrize("carried_out", [False, True], ids=["before", "after"])
def test_a_process_and_a_folder(
    sites: Sites, tmp_path: Path, served: Path, carried_out: bool, step: int
) -> None:
    last = requests(Directory(str(tmp_path / "counted")), sites)
    run(publishing.publish(Directory(str(served)), sites[0], EVERYTHING))
    for at in range(1, last + 1, step):
        is_old = crawl_folder(served, sites) == sites[0].manifest.release
        going = sites[is_old]
        forget(served, going)

        def publish(site: Audited = going, at: int = at) -> None:
            killing = Killing(Directory(str(served)), at, carried_out=carried_out, die=killed)
            run(publishing.publish(killing, site, EVERYTHING))

        assert wait(start(publish), lambda: crawl_folder(served, sites)) == -signal.SIGKILL
        run(publishing.publish(Directory(str(served)), going, EVERYTHING))
        assert crawl_folder(served, sites) == going.manifest.release
        assert not [*served.rglob("*.part"), *(served / ".staging").glob("*")]
        COUNTED["kills of a process publishing to a folder"] += 1


def forget(served: Path, site: Audited) -> None:
    """Let a release be one that was never sent."""
    release = served / "releases" / site.manifest.release
    shutil.rmtree(release, ignore_errors=True)
    release.with_suffix(".json").unlink(missing_ok=True)
