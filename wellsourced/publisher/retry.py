"""Wrap a target so that a request whose outcome is unknown is made again, later and later."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from wellsourced.publisher.problems import ConditionFailedError, TransportError
from wellsourced.publisher.targets import (
    Condition,
    Digest,
    Entry,
    Headers,
    Only,
    Stored,
    Target,
    Version,
)

ATTEMPTS = 6
FIRST_SECONDS = 0.2
LONGEST_SECONDS = 5.0

_Answer = TypeVar("_Answer")
Sleep = Callable[[float], Awaitable[None]]


def backoff(attempt: int) -> float:
    """Give the seconds to wait after a failed attempt, from 0, with full jitter.

    Source: Brooker, "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015).
    """
    return random.uniform(0, min(LONGEST_SECONDS, FIRST_SECONDS * 2**attempt))


async def insist(ask: Callable[[], Awaitable[_Answer]], sleep: Sleep = asyncio.sleep) -> _Answer:
    """Ask until there is an answer; raises the last `TransportError` after `ATTEMPTS`."""
    for attempt in range(ATTEMPTS - 1):
        try:
            return await ask()
        except TransportError:
            await sleep(backoff(attempt))
    return await ask()


class Insisting:
    """Ask a target again when an answer is lost; what may be done twice without harm only.

    A conditional write is not such: done twice it meets its own result. Whoever makes it
    recognises its own bytes instead (`conditional.write`).
    """

    def __init__(self, target: Target, sleep: Sleep = asyncio.sleep) -> None:
        self._target = target
        self._sleep = sleep

    @property
    def address(self) -> str:
        """Name the place behind."""
        return self._target.address

    @property
    def digests(self) -> Digest:
        """Tell what digest a listing gives."""
        return self._target.digests

    async def prepare(self) -> None:
        """Prepare the place behind; a probe uses a new name each time, so it may be repeated."""
        await insist(self._target.prepare, self._sleep)

    async def recover(self) -> None:
        """Let the place behind recover."""
        await insist(self._target.recover, self._sleep)

    async def get(self, key: str) -> Stored | None:
        """Read an object."""
        return await insist(lambda: self._target.get(key), self._sleep)

    async def put(
        self, key: str, data: bytes, headers: Headers, condition: Condition = Only.ALWAYS
    ) -> Version:
        """Write an object; a conditional write is made once."""
        if condition is not Only.ALWAYS:
            return await self._target.put(key, data, headers, condition)

        async def put() -> Version:
            try:
                return await self._target.put(key, data, headers)
            except ConditionFailedError as error:
                raise TransportError(
                    f"{self.address} refuses {key} for a condition that nobody made.",
                    "run it again; something on the way to it may answer twice",
                ) from error

        return await insist(put, self._sleep)

    async def copy(self, source: str, key: str) -> bool:
        """Copy an object on the far side."""
        return await insist(lambda: self._target.copy(source, key), self._sleep)

    async def list(self, prefix: str) -> Sequence[Entry]:
        """List objects."""
        return await insist(lambda: self._target.list(prefix), self._sleep)

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove objects."""
        await insist(lambda: self._target.delete(keys), self._sleep)
