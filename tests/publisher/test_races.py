"""Several publishers at once: one pointer, and nobody is misled."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.publisher.model import Around, Killed, Killing, Losing, Memory, Waiting
from tests.publisher.readers import crawl_memory
from tests.publisher.sites import EVERYTHING, releases, run, two
from wellsourced.publisher import pointer, publishing
from wellsourced.publisher.problems import LostRaceError
from wellsourced.publisher.targets import Condition, Headers, Only, Version


class LosingConditional(Losing):
    """Lose answers to conditional writes alone: manifest, pointer, pointer again."""

    async def after(self, method: str, arguments: tuple[Any, ...]) -> None:
        """Lose the answer."""
        if method == "put" and arguments[3] is not Only.ALWAYS:
            await super().after(method, arguments)


def test_many_publishers_at_once(tmp_path: Path) -> None:
    sites = releases(tmp_path, *"red blue green black navy".split())
    target = Memory()
    run(publishing.publish(target, sites[0], EVERYTHING))

    async def all_at_once() -> list[object]:
        each = (publishing.publish(target, one, EVERYTHING) for one in sites[1:])
        return list(await asyncio.gather(*each, return_exceptions=True))

    outcomes = run(all_at_once())
    lost = [one for one in outcomes if isinstance(one, LostRaceError)]
    assert len(lost) == len(outcomes) - 1
    crawl_memory(target, tuple(sites))
    held = run(pointer.read(target))
    assert held
    assert held.pointer.sequence == 2


def test_many_publishers_of_one_release(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    target = Memory()
    run(publishing.publish(target, old, EVERYTHING))

    async def all_at_once() -> list[publishing.Outcome]:
        return await asyncio.gather(
            *(publishing.publish(target, new, EVERYTHING) for _ in range(4))
        )

    assert {one.name for one in run(all_at_once())} == {new.manifest.release}
    assert crawl_memory(target, (new,))


def test_a_publisher_that_wakes_two_releases_later(tmp_path: Path) -> None:
    old, *later = releases(tmp_path, *"red blue green black".split())
    target = Memory()
    run(publishing.publish(target, old, EVERYTHING))

    async def two_more() -> None:
        for one in later[1:]:
            await publishing.publish(target, one, EVERYTHING)

    sleeper = Waiting(target, "put", "current.json", two_more)
    with pytest.raises(LostRaceError, match="Somebody else moved the pointer first"):
        run(publishing.publish(sleeper, later[0], EVERYTHING))
    assert crawl_memory(target, (later[-1],)) == later[-1].manifest.release


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_lost_answer_is_recognised_by_its_token(tmp_path: Path, times: int) -> None:
    old, new = two(tmp_path)
    target = Memory()
    run(publishing.publish(target, old, EVERYTHING))
    losing = LosingConditional(target, ("put",), times)
    assert run(publishing.publish(losing, new, EVERYTHING)).moved
    assert losing.left == 0
    held = run(pointer.read(target))
    assert held
    assert held.pointer.sequence == 2
    assert crawl_memory(target, (new,))


def test_a_killed_run_s_purge_is_completed(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    counting = Killing(Memory(), 10**9)
    run(publishing.publish(counting, old, EVERYTHING))
    before = counting.requests
    run(publishing.publish(counting, new, EVERYTHING))
    target = Memory()
    run(publishing.publish(target, old, EVERYTHING))
    # The last request clears what is pending; the one that moved the pointer came before.
    with pytest.raises(Killed):
        run(publishing.publish(Killing(target, counting.requests - before), new, EVERYTHING))
    held = run(pointer.read(target))
    assert held
    assert held.pointer.purge_pending == (old.manifest.release,)
    handed: list[str] = []
    options = publishing.Options(purger=handed.extend)
    outcome = run(publishing.publish(target, new, options))
    assert not outcome.moved
    assert "/articles/a0/" in handed
    assert "/articles/z" in handed
    assert "/images/needle.svg" not in handed
    held = run(pointer.read(target))
    assert held
    assert held.pointer.purge_pending == ()


class Flattering(Around):
    """Say that the pointer was moved, and move nothing."""

    async def put(
        self, key: str, data: bytes, headers: Headers, condition: Condition = Only.ALWAYS
    ) -> Version:
        """Acknowledge."""
        if key == pointer.KEY:
            return Version("flattery")
        return await super().put(key, data, headers, condition)


def test_a_move_that_was_acknowledged_and_not_made(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    target = Memory()
    run(publishing.publish(target, old, EVERYTHING))
    with pytest.raises(LostRaceError, match="does not lead to release"):
        run(publishing.publish(Flattering(target), new, EVERYTHING))
    assert crawl_memory(target, (old, new)) == old.manifest.release
