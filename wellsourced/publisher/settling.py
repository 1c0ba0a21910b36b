"""Hand over to the CDN what its caches must forget, and clear what was pending."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from types import MappingProxyType

from wellsourced.audit.manifest import Manifest
from wellsourced.publisher import pointer, purge, release
from wellsourced.publisher.pointer import Held, Pointer
from wellsourced.publisher.problems import LostRaceError, TransportError
from wellsourced.publisher.purge import Purger
from wellsourced.publisher.targets import Target


@dataclass(frozen=True, slots=True)
class Purged:
    """Addresses to purge, and whether a purger took them; without one they are only printed."""

    addresses: tuple[str, ...] = ()
    handed: bool = False


async def settle(
    target: Target,
    held: Held,
    purger: Purger | None,
    known: Mapping[str, Manifest] = MappingProxyType({}),
) -> Purged:
    """Purge what is pending and clear it, after this release or an earlier run that was killed.

    `known` maps releases to their manifests, which are not read again. Raises `TransportError`
    when the purger fails; the release is out, and the next run goes on.
    """
    there = held.pointer
    pending = there.purge_pending
    if not pending:
        return Purged()

    async def manifest(name: str) -> Manifest | None:
        return known.get(name) or await release.read_manifest(target, name)

    new = await manifest(there.release)
    olds = [await manifest(name) for name in pending]
    those = purge.addresses(new, olds) if new else (purge.EVERYTHING,)
    if purger and those:
        try:
            await asyncio.to_thread(purger, those)
        except TransportError as error:
            raise TransportError(
                str(error),
                f"release {there.release} is out; publishing again hands over what is pending",
            ) from error

    def clear(now: Pointer) -> Pointer:
        if now.release != there.release:
            return now
        return replace(now, purge_pending=tuple(n for n in now.purge_pending if n not in pending))

    # A later release carries what is pending on, and settles it.
    with suppress(LostRaceError):
        await pointer.change(target, held, clear)
    return Purged(those, purger is not None)
