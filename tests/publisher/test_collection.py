"""Rollbacks and collections, one after the other and across each other."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.publisher.model import Killed, Killing, Memory, Waiting
from tests.publisher.readers import crawl_memory
from tests.publisher.sites import EVERYTHING, releases, run, two
from wellsourced.publisher import gc, pointer, publishing, rollback
from wellsourced.publisher.audited import Audited
from wellsourced.publisher.problems import GuardError, LostRaceError, VerificationError

LATER = datetime.now(UTC) + timedelta(days=1)


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
    run(target.put("probes/abc", b"first", {}))
    run(gc.collect(target))
    assert "probes/abc" in target.objects  # it may be a publisher's who is at work
    run(gc.collect(target, now=LATER))
    assert "probes/abc" not in target.objects
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
