"""A publisher to an object store is killed at every request that the store gets from it.

The requests are those of HTTP, as a proxy sees them come: the process dies by SIGKILL before one
of them is passed on, or when the store has carried it out and nobody was told. What it had sent
beside that one may still be carried out, as it may be in life.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from tests.publisher.counting import COUNTED
from tests.publisher.processes import publisher
from tests.publisher.sites import EVERYTHING, run, two
from tests.publisher.test_faults import Scene
from tests.servers.faulty import Request
from wellsourced.publisher import lease, publishing, release, verify
from wellsourced.publisher.audited import Audited
from wellsourced.publisher.targets import Target
from wellsourced.publisher.targets.opening import open_target

CREDENTIALS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
PAUSE = 0.25
"""Seconds that a reader of two hundred files rests: a look costs as much as a release."""


@dataclass(frozen=True)
class Point:
    """A request of a process, from 1, and whether the store still carries it out."""

    at: int
    carried_out: bool


class Killer:
    """Kill a process at a point."""

    def __init__(self, point: Point) -> None:
        self.point = point
        self.child: BaseProcess | None = None
        self._asked = 0
        self._last: Request | None = None

    def choose(self, request: Request) -> str:
        """Count a request; the connection of a process that is dead is reset."""
        self._asked += 1
        if self._asked != self.point.at:
            return ""
        self._last = request
        return "" if self.point.carried_out else self._kill()

    def done(self, request: Request) -> None:
        """Hear that the store has carried out a request."""
        if request is self._last:
            self._kill()

    def _kill(self) -> str:
        assert self.child
        assert self.child.pid
        os.kill(self.child.pid, signal.SIGKILL)
        return "unheard"


async def dies(scene: Scene, killer: Killer) -> bool:
    """Publish and be killed, then publish again, while somebody reads; False if it was over."""
    environment = {name: os.environ[name] for name in CREDENTIALS}
    async with scene.through(killer.choose, done=killer.done) as address:
        killer.child = publisher(address, scene.new, environment)
        await asyncio.to_thread(killer.child.join)
        if killer.child.exitcode == 0:
            return False
        assert killer.child.exitcode == -signal.SIGKILL
        await scene.look()
        # Without a lease: the dead one's has not run out.
        await publishing.publish(open_target(scene.address), scene.new, EVERYTHING)
    assert await scene.look() == scene.new.manifest.release
    order = [scene.old.manifest.release, scene.new.manifest.release]
    assert scene.seen == sorted(scene.seen, key=order.index)
    return True


async def back_and_forth(
    address: str, sites: tuple[Audited, Audited], points: Iterable[Point], pause: float
) -> int:
    """Kill a publisher at each point, to one release and back, until one is not reached.

    Gives how many were killed.
    """
    target = open_target(address)
    here, going = sites
    await publishing.publish(target, here, EVERYTHING)
    for killed, point in enumerate(points):
        await forget(target, going)
        if not await dies(Scene(address, here, going, [], pause), Killer(point)):
            return killed
        assert await verify.missing(target, here.manifest.release, here.manifest) == []
        here, going = going, here
    raise AssertionError("the points have no end")


async def forget(target: Target, site: Audited) -> None:
    """Let a release be one that was never sent, and nobody be at work."""
    name = site.manifest.release
    there = await target.list(release.folder(name))
    keys = [entry.key for entry in there]
    await target.delete([lease.KEY, release.manifest_key(name), *keys])


@pytest.mark.parametrize(
    "carried_out",
    [pytest.param(False, id="before"), pytest.param(True, id="after", marks=pytest.mark.gate)],
)
def test_a_small_release_to_s3(s3: str, tmp_path: Path, carried_out: bool) -> None:
    points = (Point(at, carried_out) for at in count(1))
    killed = run(back_and_forth(s3, two(tmp_path, 1), points, 0.02))
    assert killed > 25
    COUNTED["kills of a process publishing to S3"] += killed


@pytest.mark.gate
def test_two_hundred_files_to_ceph(ceph: str, tmp_path: Path) -> None:
    old, new = two(tmp_path, articles=97)
    assert len(old.files) == len(new.files) == 200
    points = (Point(at, at % 2 == 0) for at in count(1))
    killed = run(back_and_forth(ceph, (old, new), points, PAUSE))
    assert killed > 215
    COUNTED["kills of a process publishing to Ceph"] += killed
