"""Several publishers, collectors and rollbacks at once: one pointer, and nobody is misled."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.publisher.model import Around, Killed, Killing, Losing, Memory
from tests.publisher.readers import crawl_memory
from tests.publisher.sites import EVERYTHING, pages, run, site, two
from wellsourced.publisher import gc, pointer, publishing, rollback
from wellsourced.publisher.audited import Audited
from wellsourced.publisher.problems import GuardError, LostRaceError, VerificationError
from wellsourced.publisher.targets import Only, Target

LATER = datetime.now(UTC) + timedelta(days=1)


class Waiting(Around):
    """Let something else happen before the n-th request of a kind, as if this one had slept."""

    def __init__(self, target: Target, method: str, key: str, meanwhile: Callable[[], Any]) -> None:
        super().__init__(target)
        self.method, self.key, self.meanwhile = method, key, meanwhile

    async def before(self, method: str, arguments: tuple[Any, ...]) -> None:
        """Sleep, once."""
        if method == self.method and self.key in str(arguments[0]) and self.meanwhile:
            meanwhile, self.meanwhile = self.meanwhile, None
            await meanwhile()


class LosingConditional(Losing):
    """Lose answers to conditional writes alone: manifest, pointer, pointer again."""

    async def after(self, method: str, arguments: tuple[Any, ...]) -> None:
        """Lose the answer."""
        if method == "put" and arguments[3] is not Only.ALWAYS:
            await super().after(method, arguments)


def releases(folder: Path, *words: str) -> list[Audited]:
    """Give one site for each word."""
    return [site(folder / word, pages(word)) for word in words]


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


def test_a_rollback_and_forth(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    target = Memory()
    for one in (old, new):
        run(publishing.publish(target, one, EVERYTHING))
    assert run(rollback.rollback(target, "", None)).name == old.manifest.release
    assert crawl_memory(target, (old,))
    assert run(rollback.rollback(target, "", None)).name == new.manifest.release
    assert crawl_memory(target, (new,))


def test_a_rollback_to_a_damaged_release_is_refused(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    target = Memory()
    for one in (old, new):
        run(publishing.publish(target, one, EVERYTHING))
    run(target.delete([f"releases/{old.manifest.release}/robots.txt"]))
    with pytest.raises(VerificationError, match=r"robots\.txt"):
        run(rollback.rollback(target, "", None))
    assert crawl_memory(target, (new,))


def test_a_rollback_without_anything_before(tmp_path: Path) -> None:
    target = Memory()
    with pytest.raises(GuardError, match="Nothing was published"):
        run(rollback.rollback(target, "", None))
    run(publishing.publish(target, two(tmp_path)[0], EVERYTHING))
    with pytest.raises(GuardError, match="no release before"):
        run(rollback.rollback(target, "", None))
    with pytest.raises(GuardError, match="no whole release abc"):
        run(rollback.rollback(target, "abc", None))


def test_collection_keeps_what_may_be_wanted(tmp_path: Path) -> None:
    sites = releases(tmp_path, *"red blue green black navy".split())
    target = Memory()
    for one in sites:
        run(publishing.publish(target, one, EVERYTHING))
    names = [one.manifest.release for one in sites]
    held = run(pointer.read(target))
    assert held
    run(pointer.change(target, held, lambda p: replace(p, pinned=(names[0],))))
    assert run(gc.collect(target, keep=1)).removed == {}  # all are young
    done = run(gc.collect(target, keep=1, now=LATER))
    assert sorted(done.removed) == sorted(names[1:3])
    assert sorted(done.kept) == sorted([names[0], *names[3:]])
    assert run(rollback.rollback(target, names[0], None)).moved
    with pytest.raises(GuardError, match="no whole release"):
        run(rollback.rollback(target, names[1], None))


def test_collection_removes_what_a_killed_run_left(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    target = Memory()
    run(publishing.publish(target, old, EVERYTHING))
    with pytest.raises(Killed):
        run(publishing.publish(Killing(target, 9), new, EVERYTHING))
    assert any(new.manifest.release in key for key in target.objects)
    run(gc.collect(target, now=LATER))
    assert not any(f"releases/{new.manifest.release}/" in key for key in target.objects)


def three(folder: Path, target: Memory) -> list[Audited]:
    """Publish three releases, of which a collection that keeps one removes the first."""
    sites = releases(folder, "red", "blue", "green")
    for one in sites:
        run(publishing.publish(target, one, EVERYTHING))
    return sites


def test_a_rollback_that_comes_before_a_collection_s_mark(tmp_path: Path) -> None:
    target = Memory()
    sites = three(tmp_path, target)
    first = sites[0].manifest.release

    async def back() -> None:
        await rollback.rollback(target, first, None)

    collector = Waiting(target, "put", "current.json", back)
    done = run(gc.collect(collector, keep=1, now=LATER))
    assert first not in done.removed
    assert crawl_memory(target, (sites[0],)) == first


def test_a_rollback_that_comes_after_a_collection_s_mark(tmp_path: Path) -> None:
    target = Memory()
    sites = three(tmp_path, target)
    first = sites[0].manifest.release
    refused: list[str] = []

    async def back() -> None:
        try:
            await rollback.rollback(target, first, None)
        except GuardError as problem:
            refused.append(str(problem))

    run(gc.collect(Waiting(target, "delete", "releases/", back), keep=1, now=LATER))
    assert refused == [f"Release {first} is being removed."]
    assert crawl_memory(target, (sites[2],))


def test_a_rollback_that_sleeps_through_a_collection(tmp_path: Path) -> None:
    target = Memory()
    sites = three(tmp_path, target)

    async def collect() -> None:
        await gc.collect(target, keep=1, now=LATER)

    sleeper = Waiting(target, "put", "current.json", collect)
    with pytest.raises(GuardError, match="is being removed"):
        run(rollback.rollback(sleeper, sites[0].manifest.release, None))
    assert crawl_memory(target, (sites[2],))


def test_a_collection_that_sleeps_cannot_remove_what_was_published_since(tmp_path: Path) -> None:
    target = Memory()
    sites = three(tmp_path, target)
    first = sites[0].manifest.release

    async def collect_and_publish() -> None:
        await gc.collect(target, keep=1, now=LATER)
        await publishing.publish(target, sites[0], EVERYTHING)

    sleeper = Waiting(target, "delete", "releases/", collect_and_publish)
    run(gc.collect(sleeper, keep=1, now=LATER))
    held = run(pointer.read(target))
    assert held
    assert held.pointer.release == f"{first}-2"
    assert crawl_memory(target, (sites[0],)) == first


def test_a_publisher_that_sleeps_through_its_collection(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    target = Memory()
    run(publishing.publish(target, old, EVERYTHING))

    async def collect() -> None:
        await gc.collect(target, now=LATER)

    with pytest.raises(LostRaceError, match="was collected while it was being sent"):
        run(publishing.publish(Waiting(target, "put", "current.json", collect), new, EVERYTHING))
    assert crawl_memory(target, (old,))
    assert run(publishing.publish(target, new, EVERYTHING)).name == f"{new.manifest.release}-2"
    assert crawl_memory(target, (new,))


def test_a_killed_collection_is_completed(tmp_path: Path) -> None:
    for at in range(1, 12):
        target = Memory()
        sites = three(tmp_path / str(at), target)
        with suppress(Killed):
            run(gc.collect(Killing(target, at), keep=1, now=LATER))
        assert crawl_memory(target, (sites[2],))
        run(gc.collect(target, keep=1, now=LATER))
        assert not any(sites[0].manifest.release in key for key in target.objects)
        held = run(pointer.read(target))
        assert held
        assert held.pointer.condemned == ()
