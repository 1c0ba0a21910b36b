"""Write under a condition, and know one's own write again when its answer was lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from wellsourced.publisher.problems import ConditionFailedError, PublishingError, TransportError
from wellsourced.publisher.retry import ATTEMPTS, backoff
from wellsourced.publisher.targets import Condition, Headers, Stored, Target, Version


async def write(
    target: Target,
    key: str,
    data: bytes,
    headers: Headers,
    condition: Condition,
    is_ours: Callable[[bytes], bool],
) -> Version:
    """Write an object unless somebody else did; gives the version that is there now.

    `is_ours` tells from an object's bytes whether this very write was carried out. While the
    condition still holds the write is made again: an answer that says otherwise, or none, was
    about a request that came to nothing. Raises `ConditionFailedError` when it does not hold
    any more, `TransportError` when the target never says, or refuses what it should carry out.
    """
    for attempt in range(ATTEMPTS):
        try:
            return await target.put(key, data, headers, condition)
        except (ConditionFailedError, TransportError) as error:
            there = await target.get(key)
            if there and is_ours(there.data):
                return there.version
            if not _holds(condition, there):
                raise ConditionFailedError(f"{target.address}: {key} was written first.") from error
            if attempt == ATTEMPTS - 1:
                raise _never(target, key, error) from error
            await asyncio.sleep(backoff(attempt))
    raise AssertionError("the last attempt returns or raises")


def _never(target: Target, key: str, error: PublishingError) -> PublishingError:
    """Give what to raise in the end: nobody else was first when a write was refused in vain."""
    if isinstance(error, TransportError):
        return error
    return TransportError(
        f"{target.address} refuses to write {key}, though nobody else did.",
        "run it again: what was sent is not sent twice",
    )


def _holds(condition: Condition, there: Stored | None) -> bool:
    return there.version == condition if there else not isinstance(condition, Version)
