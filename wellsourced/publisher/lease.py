"""Let one publisher work while others wait, so that none does the other's work again.

A lease promises nothing: clocks differ, and who holds one may sleep. Safety comes from the
conditional write of the pointer alone; without any lease releases are as whole.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from uuid import uuid4

from wellsourced.publisher.problems import (
    ConditionFailedError,
    PublishingError,
    TransportError,
)
from wellsourced.publisher.targets import Only, Stored, Target, Version

KEY = "lease.json"
SECONDS = 60.0
"""How long others wait for a publisher that gives no sign of life."""

_HEADERS = {"Content-Type": "application/json", "Cache-Control": "no-store"}
_POLL_SECONDS = 1.0
_REFUSALS = 20


@asynccontextmanager
async def leased(
    target: Target, seconds: float, waiting: Callable[[], None] = lambda: None
) -> AsyncIterator[None]:
    """Hold the lease while the context is open, renewed.

    `waiting` hears that somebody has it now. With 0 `seconds` there is no lease. A target that
    fails at the lease is not asked for it again.
    """
    if seconds <= 0:
        yield
        return
    holder = uuid4().hex
    waited = False
    version: Version | None = None
    seen, since = "", time.monotonic()
    refusals = 0
    with suppress(TransportError):
        while version is None and refusals < _REFUSALS:
            there = await target.get(KEY)
            if there and _fields(there).get("holder") == holder:  # only the answer was lost
                version = there.version
                break
            if there and there.version.tag != seen:
                seen, since = there.version.tag, time.monotonic()
            if there and _runs(there) and time.monotonic() < since + seconds:
                if not waited:
                    waiting()
                waited = True
                await asyncio.sleep(min(seconds, _POLL_SECONDS))
                continue
            try:
                condition = there.version if there else Only.IF_ABSENT
                version = await target.put(KEY, _write(holder, seconds), _HEADERS, condition)
            except ConditionFailedError:  # somebody else took it; more often than that, nobody did
                refusals += 1
    renewal = asyncio.create_task(_renew(target, holder, seconds, version))
    try:
        yield
    finally:
        renewal.cancel()
        with suppress(asyncio.CancelledError):
            await renewal
        await _give_back(target, holder)


async def _renew(target: Target, holder: str, seconds: float, version: Version | None) -> None:
    """Say again and again that somebody is at work; ends when the lease is lost."""
    with suppress(PublishingError):
        while version is not None:
            await asyncio.sleep(seconds / 3)
            version = await target.put(KEY, _write(holder, seconds), _HEADERS, version)


async def _give_back(target: Target, holder: str) -> None:
    """Let others go on at once; what fails here is no more than that they wait."""
    with suppress(PublishingError):
        there = await target.get(KEY)
        if there and _fields(there).get("holder") == holder:
            await target.put(KEY, _write(holder, 0), _HEADERS, there.version)


def _write(holder: str, seconds: float) -> bytes:
    return json.dumps({"holder": holder, "until": time.time() + seconds}).encode()


def _runs(there: Stored) -> bool:
    """Tell whether a lease was not given back and did not run out, by this machine's clock."""
    until = _fields(there).get("until")
    return isinstance(until, int | float) and until > time.time()


def _fields(there: Stored) -> dict[str, object]:
    try:
        fields = json.loads(there.data)
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}
