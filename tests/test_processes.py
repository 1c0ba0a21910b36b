"""Work that is spread over processes gives what it gives in one."""

from __future__ import annotations

import os

import pytest

from wellsourced import processes


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_processors", lambda: 2)


@pytest.mark.parametrize("count", [0, 1, 31, 32, 33, 200])
def test_every_item_is_worked_on_once(count: int) -> None:
    def work(item: int) -> tuple[int, int]:
        return item, os.getpid()

    results = list(processes.stream(work, range(count)))
    assert sorted(item for item, _ in results) == list(range(count))
    assert len({process for _, process in results}) == (2 if count >= 32 else min(count, 1))


def test_a_failure_is_not_lost() -> None:
    mine = os.getpid()

    def work(item: int) -> int:
        if os.getpid() != mine:
            raise ValueError("item 1 is bad")
        return item

    with pytest.raises(RuntimeError, match="item 1 is bad"):
        list(processes.stream(work, range(64)))


def test_a_killed_process_is_noticed() -> None:
    mine = os.getpid()

    def work(item: int) -> int:
        if os.getpid() != mine:
            os._exit(9)
        return item

    with pytest.raises(RuntimeError, match="ended without a result"):
        list(processes.stream(work, range(64)))
