"""What was encoded is kept whole or not at all, and never more than fits."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest

from wellsourced.imaging.cache import Cache


def entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def test_what_is_put_is_given_back(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "images")
    assert cache.get("a") is None
    cache.put(b"one", "a")
    cache.put(b"", "a", "b")
    assert (cache.get("a"), cache.get("a", "b"), cache.get("ab")) == (b"one", b"", None)


@pytest.mark.parametrize("harm", ["cut", "flipped", "emptied", "foreign"])
def test_a_damaged_entry_counts_as_absent_and_is_made_anew(tmp_path: Path, harm: str) -> None:
    cache = Cache(tmp_path)
    cache.put(b"picture" * 9, "a")
    (entry,) = entries(tmp_path)
    data = entry.read_bytes()
    harmed = {
        "cut": data[:-1], "flipped": data[:-1] + b"X", "emptied": b"", "foreign": b"words" * 20
    }  # fmt: skip
    entry.write_bytes(harmed[harm])
    assert cache.get("a") is None
    cache.put(b"picture" * 9, "a")
    assert cache.get("a") == b"picture" * 9


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for number in range(4):
        cache.put(bytes(1000), str(number))
    for age, number in enumerate("3210"):
        entry = Cache(tmp_path)._path((number,))
        os.utime(entry, ns=(age, age))
    assert cache.get("3") is not None, "used just now"
    cache.trim(2200)
    assert [cache.get(str(number)) is not None for number in range(4)] == [True, False, False, True]
    cache.trim(0)
    assert entries(tmp_path) == []
    Cache(tmp_path / "none").trim(0)


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    cache = Cache(tmp_path)
    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        cache.put(b"data", "a")
    assert entries(tmp_path) == []


def _write_often(folder: Path) -> None:
    cache = Cache(folder)
    for _ in range(200):
        cache.put(b"x" * 5000, "a")
        assert cache.get("a") in (None, b"x" * 5000)
        cache.trim(0)


def test_two_builds_at_once_do_no_harm(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    builds = [context.Process(target=_write_often, args=(tmp_path,)) for _ in range(2)]
    for build in builds:
        build.start()
    for build in builds:
        build.join(60)
    assert [build.exitcode for build in builds] == [0, 0]
