"""Do many things at once, but never more than a few."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

TASKS = 32
"""Requests under way at once: past this a store's answers only come later."""

_Item = TypeVar("_Item")


async def each(
    items: Iterable[_Item], do: Callable[[_Item], Awaitable[None]], tasks: int = TASKS
) -> None:
    """Await `do` for every item, `tasks` at a time; the first failure ends the others."""
    left = iter(items)

    async def work() -> None:
        for item in left:
            await do(item)

    workers = [asyncio.create_task(work()) for _ in range(tasks)]
    try:
        await asyncio.gather(*workers)
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
