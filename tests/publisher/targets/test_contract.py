"""What every target owes: conditions that hold, listings that tell, copies that keep."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from hashlib import md5, sha256
from pathlib import Path

import pytest

from tests.publisher.sites import EVERYTHING, run, two
from wellsourced.publisher import gc, pointer, publishing, release, rollback, status, verify
from wellsourced.publisher.audited import Audited
from wellsourced.publisher.gc import timedelta
from wellsourced.publisher.problems import ConditionFailedError
from wellsourced.publisher.retry import Insisting
from wellsourced.publisher.targets import Only, Stored, Target, Version
from wellsourced.publisher.targets.directory import Directory
from wellsourced.publisher.targets.object_store import ObjectStore

HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "public, max-age=60",
    "sha256": "ab" * 32,
}
ODD = "releases/r/images/a b/ü % + & #1.svg"


def test_nothing_is_there_at_first(target: Target) -> None:
    async def work() -> None:
        await target.prepare()
        assert await target.get("current.json") is None
        assert await target.list("") == []
        assert await target.list("releases/") == []

    run(work())


@pytest.mark.parametrize("key", ["releases/r/index.html", "robots.txt", ODD])
def test_what_is_written_is_read(target: Target, key: str) -> None:
    async def work() -> Stored | None:
        await target.prepare()
        await target.put(key, b"<p>first", HEADERS)
        await target.put(key, b"<p>second", HEADERS)
        return await target.get(key)

    stored = run(work())
    assert stored
    assert stored.data == b"<p>second"
    assert {n: v for n, v in stored.headers.items() if HEADERS[n] != v} == {}
    assert stored.headers.keys() == (set() if is_folder(target) else HEADERS.keys())


def test_only_where_nothing_is(target: Target) -> None:
    async def work() -> None:
        await target.prepare()
        await target.put("current.json", b"{}", {}, Only.IF_ABSENT)
        with pytest.raises(ConditionFailedError):
            await target.put("current.json", b"[]", {}, Only.IF_ABSENT)
        assert await read(target, "current.json") == b"{}"

    run(work())


def test_only_over_the_version_that_is_named(target: Target) -> None:
    async def work() -> None:
        await target.prepare()
        first = await target.put("current.json", b"1", {}, Only.IF_ABSENT)
        second = await target.put("current.json", b"2", {}, first)
        with pytest.raises(ConditionFailedError):
            await target.put("current.json", b"3", {}, first)
        found = await target.get("current.json")
        assert found
        assert found.data == b"2"
        await target.put("current.json", b"4", {}, found.version)
        with pytest.raises(ConditionFailedError):
            await target.put("current.json", b"5", {}, second)
        assert await read(target, "current.json") == b"4"

    run(work())


def test_no_version_of_what_is_not_there(target: Target) -> None:
    async def work() -> None:
        await target.prepare()
        with pytest.raises(ConditionFailedError):
            await target.put("current.json", b"1", {}, Version('"d41d8cd98f00b204e980"'))
        assert await target.get("current.json") is None

    run(work())


def test_one_of_many_writers_wins(target: Target) -> None:
    async def work() -> None:
        await target.prepare()
        version = await target.put("current.json", b"0", {}, Only.IF_ABSENT)
        writes = (target.put("current.json", b"%d" % n, {}, version) for n in range(1, 9))
        done = await asyncio.gather(*writes, return_exceptions=True)
        winners = [n for n, one in enumerate(done, 1) if isinstance(one, Version)]
        assert len(winners) == 1
        assert await read(target, "current.json") == b"%d" % winners[0]

    run(work())


def test_a_copy_keeps_bytes_and_headers(target: Target) -> None:
    async def work() -> None:
        await target.prepare()
        await target.put("releases/a/index.html", b"<p>", HEADERS)
        assert await target.copy("releases/a/index.html", "releases/b/deep/index.html")
        assert not await target.copy("releases/a/none.html", "releases/b/none.html")
        there = await target.get("releases/b/deep/index.html")
        assert there
        assert there.data == b"<p>"
        assert there.headers in ({}, HEADERS)
        assert await target.get("releases/b/none.html") is None

    run(work())


def test_a_listing_tells_keys_sizes_and_digests(target: Target) -> None:
    files = {"releases/a/x.txt": b"x" * 300, "releases/a/b/y.txt": b"yy", ODD: b"<svg/>"}

    async def work() -> None:
        await target.prepare()
        for key, data in {**files, "releases/ab/z.txt": b"", "releases/a.json": b"{}"}.items():
            await target.put(key, data, HEADERS)
        for prefix in ("releases/a/", "releases/r/", "releases/ab/", "releases/none/"):
            keys = [entry.key for entry in await target.list(prefix)]
            wanted = {*files, "releases/ab/z.txt"}
            assert keys == sorted(key for key in wanted if key.startswith(prefix))
        everything = {entry.key: entry for entry in await target.list("releases/")}
        assert everything.keys() == {*files, "releases/ab/z.txt", "releases/a.json"}
        for key, data in files.items():
            assert everything[key].size == len(data)
            assert everything[key].digest == digest(target, data)

    run(work())


def test_what_is_removed_is_gone(target: Target) -> None:
    async def work() -> None:
        await target.prepare()
        await target.put("releases/a/x.txt", b"x", HEADERS)
        await target.put("releases/a/y.txt", b"y", HEADERS)
        await target.delete(["releases/a/none.txt", "releases/a/x.txt", "releases/b/x.txt"])
        await target.delete([])
        assert [entry.key for entry in await target.list("releases/")] == ["releases/a/y.txt"]

    run(work())


def test_releases_go_out_come_back_and_are_collected(target: Target, tmp_path: Path) -> None:
    old, new = two(tmp_path)

    async def work() -> None:
        await publishing.publish(target, old, EVERYTHING)
        assert await served(target) == contents(old)
        outcome = await publishing.publish(target, new, EVERYTHING)
        assert outcome.sent == len(new.files) - 8
        assert await served(target) == contents(new)
        assert (await publishing.publish(target, new, EVERYTHING)).sent == 0
        await rollback.rollback(target, "", None)
        assert await served(target) == contents(old)
        done = await gc.collect(target, keep=0, grace=timedelta(hours=-1))
        assert done.removed == {}
        found = await status.status(target)
        assert [(one.name, one.whole, one.roles) for one in found.releases] == [
            (old.manifest.release, True, ("current",)),
            (new.manifest.release, True, ("previous",)),
        ]

    run(work())


def test_what_a_killed_run_left_pending_is_completed(target: Target, tmp_path: Path) -> None:
    old, new = two(tmp_path)
    handed: list[str] = []

    async def work() -> pointer.Pointer:
        for one in (old, new):
            await publishing.publish(target, one, EVERYTHING)
        held = await pointer.read(target)
        assert held
        pending = replace(held.pointer, purge_pending=(old.manifest.release,))
        await pointer.change(target, held, lambda there: pending)
        fresh = anew(target)
        options = replace(EVERYTHING, purger=handed.extend)
        assert (await publishing.publish(fresh, new, options)).sent == 0
        held = await pointer.read(fresh)
        assert held
        return held.pointer

    assert run(work()).purge_pending == ()
    assert "/articles/a0/" in handed


def test_a_corrupt_object_is_found_and_sent_again(target: Target, tmp_path: Path) -> None:
    old, _ = two(tmp_path)
    name, key = old.manifest.release, "articles/a1/index.html"

    async def work() -> None:
        await publishing.publish(target, old, EVERYTHING)
        stored = await target.get(release.folder(name) + key)
        assert stored
        wrong = stored.data.replace(b"1", b"2")  # of the same size
        await target.put(release.folder(name) + key, wrong, HEADERS)
        await target.delete([release.folder(name) + "robots.txt"])
        assert await verify.faults(target, name, old.manifest) == [key, "robots.txt"]
        assert (await publishing.publish(target, old, EVERYTHING)).sent == 2
        assert await verify.faults(target, name, old.manifest) == []

    run(work())


def anew(target: Target) -> Target:
    """Give a target as another process opens it, which knows nothing of it yet."""
    if isinstance(target, Insisting):
        inner = target._target
        assert isinstance(inner, ObjectStore)
        return Insisting(ObjectStore(inner._store, inner.address))
    return target


def is_folder(target: Target) -> bool:
    return isinstance(target, Directory)


def digest(target: Target, data: bytes) -> str:
    kinds = {"sha256": sha256(data).hexdigest(), "md5": md5(data).hexdigest(), "": ""}
    return kinds[target.digests]


def contents(site: Audited) -> dict[str, bytes]:
    return {key: site.read(key) for key in site.files}


async def read(target: Target, key: str) -> bytes:
    stored = await target.get(key)
    assert stored
    return stored.data


async def served(target: Target) -> dict[str, bytes]:
    """Follow the pointer as an edge does."""
    held = await pointer.read(target)
    assert held
    stem = release.folder(held.pointer.release)
    keys = [entry.key for entry in await target.list(stem)]
    return {key.removeprefix(stem): await read(target, key) for key in keys}
