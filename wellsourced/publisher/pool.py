"""Do many things at once, but never more than a few, nor with more bytes than a line takes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

TASKS = 128
"""Requests under way at once. A store far away answers each in a twentieth of a second or so: that
many come close to the 3,500 writes a second that S3 takes under one prefix."""

MOST_BYTES = 4 << 20
"""Bytes under way at once: a slow line (1 Mbit/s) takes them within the time for one request."""

_Item = TypeVar("_Item")


def _nothing(item: object) -> int:
    return 0


async def each(
    items: Iterable[_Item],
    do: Callable[[_Item], Awaitable[None]],
    weigh: Callable[[_Item], int] = _nothing,
) -> None:
    """Await `do` for every item, `TASKS` at a time; the first failure ends the others.

    `weigh` gives the bytes that an item sends or reads; no more than `MOST_BYTES` are under way,
    and what weighs more by itself goes alone.
    """
    left = iter(items)
    turn, freed = asyncio.Lock(), asyncio.Event()
    under_way = 0

    async def work() -> None:
        nonlocal under_way
        for item in left:
            weight = weigh(item)
            async with turn:  # who is first waits for room, the others for their turn
                while under_way and under_way + weight > MOST_BYTES:
                    freed.clear()
                    await freed.wait()
                under_way += weight
            try:
                await do(item)
            finally:
                under_way -= weight
                freed.set()

    workers = [asyncio.create_task(work()) for _ in range(TASKS)]
    try:
        await asyncio.gather(*workers)
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
