"""A lease saves double work, and promises nothing."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.publisher.model import Around, Memory, Waiting
from tests.publisher.readers import crawl_memory
from tests.publisher.sites import releases, run, site, two
from tests.publisher.test_publishing import Noted
from wellsourced.publisher import lease, pointer, publishing
from wellsourced.publisher.problems import ConditionFailedError, TransportError
from wellsourced.publisher.publishing import Options, Outcome


def options(waiting: list[str] | None = None) -> Options:
    heard = waiting if waiting is not None else []
    return Options(max_delete=1, lease=5, waiting=lambda: heard.append("waiting"))


class Slow(Around):
    """Take a moment for each request, as a network does."""

    async def before(self, method: str, arguments: tuple[Any, ...]) -> None:
        """Take a moment."""
        await asyncio.sleep(0.001)


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "_POLL_SECONDS", 0.01)


def test_publishers_of_one_release_send_it_once(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    target, waiting = Memory(), list[str]()
    run(publishing.publish(target, old, options()))
    noted = Noted(Slow(target))

    async def all_at_once() -> list[Outcome]:
        each = (publishing.publish(noted, new, options(waiting)) for _ in range(4))
        return await asyncio.gather(*each)

    outcomes = run(all_at_once())
    assert sorted(one.moved for one in outcomes) == [False, False, False, True]
    assert len(waiting) == 3
    placed = [key for key in noted.written if key.startswith(f"releases/{new.manifest.release}/")]
    assert len(placed) == len(new.files)


def test_publishers_of_two_releases_come_one_after_the_other(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    third = site(tmp_path / "third", {key: new.read(key) for key in new.files} | {"x.txt": b"x"})
    target = Memory()
    run(publishing.publish(target, old, options()))

    async def both() -> list[Outcome]:
        each = (publishing.publish(Slow(target), one, options()) for one in (new, third))
        return await asyncio.gather(*each)

    assert all(one.moved for one in run(both()))
    assert json.loads(target.objects["current.json"][0].data)["sequence"] == 3


def test_a_killed_publisher_s_lease_runs_out(tmp_path: Path) -> None:
    old, _ = two(tmp_path)
    target, waiting = Memory(), list[str]()
    until = json.dumps({"holder": "killed", "until": time.time() + 0.2}).encode()
    run(target.put(lease.KEY, until, {}))
    assert run(publishing.publish(target, old, options(waiting))).moved
    assert waiting == ["waiting"]


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"until": "soon"}', b'{"until": 1}', b'{"until": true}']
)
def test_a_lease_of_no_use_is_none(tmp_path: Path, data: bytes) -> None:
    old, _ = two(tmp_path)
    target, waiting = Memory(), list[str]()
    run(target.put(lease.KEY, data, {}))
    assert run(publishing.publish(target, old, options(waiting))).moved
    assert waiting == []


def test_a_clock_that_is_wrong_holds_nobody_for_ever(tmp_path: Path) -> None:
    target = Memory()
    far = json.dumps({"holder": "other", "until": time.time() + 10**6}).encode()
    run(target.put(lease.KEY, far, {}))

    async def work() -> float:
        started = time.monotonic()
        async with lease.leased(target, 0.1):
            return time.monotonic() - started

    assert run(asyncio.wait_for(work(), 5)) < 5


def test_who_planned_before_another_published_plans_anew(tmp_path: Path) -> None:
    """Nobody was waited for: the other had come and gone between the plan and the lease."""
    first, mine, other = releases(tmp_path, "red", "blue", "green")
    target = Memory()
    run(publishing.publish(target, first, options()))

    async def meanwhile() -> None:
        await publishing.publish(target, other, options())

    late = Waiting(target, "get", lease.KEY, meanwhile)
    assert run(publishing.publish(late, mine, options())).moved
    held = run(pointer.read(target))
    assert held
    assert held.pointer.release == mine.manifest.release
    assert held.pointer.previous == other.manifest.release


def test_it_is_renewed_while_work_goes_on() -> None:
    target = Memory()

    async def work() -> None:
        async with lease.leased(target, 0.3):
            first = target.objects[lease.KEY][0].data
            await asyncio.sleep(0.25)
            later = json.loads(target.objects[lease.KEY][0].data)["until"]
            assert later > json.loads(first)["until"]
        assert json.loads(target.objects[lease.KEY][0].data)["until"] <= time.time()

    run(work())


def test_a_target_that_fails_at_the_lease_is_published_to(tmp_path: Path) -> None:
    class Leaseless(Around):
        async def before(self, method: str, arguments: tuple[Any, ...]) -> None:
            if arguments and arguments[0] == lease.KEY:
                raise TransportError("no leases today")

    old, _ = two(tmp_path)
    target = Memory()
    assert run(publishing.publish(Leaseless(target), old, options())).moved
    assert crawl_memory(target, (old,))


class Denying(Around):
    """Carry out the first conditional write, and then say that the condition did not hold."""

    denied = False

    async def after(self, method: str, arguments: tuple[Any, ...]) -> None:
        """Deny it."""
        if method == "put" and not self.denied:
            self.denied = True
            raise ConditionFailedError("it was there already")


class Refusing(Around):
    """Refuse every write of a lease."""

    async def before(self, method: str, arguments: tuple[Any, ...]) -> None:
        """Refuse."""
        if method == "put" and arguments[0] == lease.KEY:
            raise ConditionFailedError("no")


@pytest.mark.parametrize("around", [Denying, Refusing])
def test_nobody_waits_for_himself_or_for_ever(tmp_path: Path, around: type[Around]) -> None:
    old, _ = two(tmp_path)
    waiting: list[str] = []
    target = Memory()
    assert run(publishing.publish(around(target), old, options(waiting))).moved
    assert waiting == []
