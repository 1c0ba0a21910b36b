"""Many requests are under way at once, few bytes are, and one failure ends them all."""

from __future__ import annotations

import asyncio

import pytest

from tests.publisher.sites import run
from wellsourced.publisher import pool


class Line:
    """A line that remembers the most items, and the most bytes, that were on it at once."""

    def __init__(self) -> None:
        self.now: list[int] = []
        self.most_items = self.most_bytes = self.done = 0

    async def take(self, weight: int) -> None:
        """Be on the line for a moment."""
        self.now.append(weight)
        self.most_items = max(self.most_items, len(self.now))
        self.most_bytes = max(self.most_bytes, sum(self.now))
        await asyncio.sleep(0.001)
        self.now.remove(weight)
        self.done += 1


def test_as_many_as_may_be_are_under_way() -> None:
    line = Line()
    run(pool.each([0] * 1000, line.take))
    assert (line.done, line.most_items) == (1000, pool.TASKS)


def test_no_more_bytes_than_a_line_takes() -> None:
    line, heavy = Line(), pool.MOST_BYTES // 3
    run(pool.each([heavy, 10, 0] * 20, line.take, lambda weight: weight))
    assert line.done == 60
    assert pool.MOST_BYTES / 2 < line.most_bytes <= pool.MOST_BYTES


def test_what_is_too_heavy_goes_alone() -> None:
    line, heavy = Line(), pool.MOST_BYTES * 2
    run(pool.each([heavy, 1, heavy, 1], line.take, lambda weight: weight))
    assert (line.done, line.most_bytes) == (4, heavy)


@pytest.mark.parametrize("weight", [0, pool.MOST_BYTES])
def test_the_first_failure_ends_the_others(weight: int) -> None:
    begun: list[int] = []

    async def fail(item: int) -> None:
        begun.append(item)
        await asyncio.sleep(0 if item == 3 else 0.1)
        if item == 3:
            raise ValueError(item)

    with pytest.raises(ValueError, match="3"):
        run(pool.each(range(3, 1000), fail, lambda item: weight))
    assert len(begun) <= pool.TASKS
