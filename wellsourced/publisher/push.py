"""Fill a release's folder: link or copy what is unchanged, send the rest, see that it arrived."""

from __future__ import annotations

from collections.abc import Callable, Collection

from wellsourced.publisher import pool, verify
from wellsourced.publisher.audited import Audited, headers
from wellsourced.publisher.plan import Plan
from wellsourced.publisher.problems import VerificationError
from wellsourced.publisher.targets import Target

ROUNDS = 3
"""How often what arrived wrong is sent again before the target is given up."""

Progress = Callable[[int, int], None]
"""Hears how many files are in place, and of how many."""


async def fill(
    target: Target, site: Audited, stem: str, plan: Plan, old: str, progress: Progress
) -> int:
    """Put every file of a release under a prefix; gives how many had to be sent.

    What an earlier, killed run left there and is right stays. Unchanged files are copied from
    the prefix `old`; `""` is none.
    """
    missing = verify.unlike(await target.list(stem), site, target, stem)
    unchanged = frozenset(plan.unchanged) if old else frozenset()
    done, sent = len(site.files) - len(missing), 0

    async def place(key: str) -> None:
        nonlocal done, sent
        if key in unchanged and await target.copy(old + key, stem + key):
            site.digest(key, target.digests)  # while others are under way: `damaged` asks for it
        else:
            await send(target, site, stem, key)
            sent += 1
        done += 1
        progress(done, len(site.files))

    await pool.each(missing, place, lambda key: 0 if key in unchanged else site.files[key].size)
    return sent


async def mend(target: Target, site: Audited, stem: str, keys: Collection[str]) -> int:
    """Send files again until the release is right; gives how many were sent.

    Raises `VerificationError` when some stay wrong.
    """
    sent = 0
    for _ in range(ROUNDS):
        if not keys:
            return sent
        await pool.each(
            keys, lambda key: send(target, site, stem, key), lambda key: site.files[key].size
        )
        sent += len(keys)
        keys = await verify.wrong(target, stem, [site.files[key] for key in keys])
    if keys:
        raise VerificationError(
            f"{target.address}: {len(keys)} files do not arrive as they were sent, "
            f'"{min(keys)}" the first of them.',
            "look for what changes bytes on the way",
        )
    return sent


async def send(target: Target, site: Audited, stem: str, key: str) -> None:
    """Send one file, held to its digest as it is read."""
    data = site.read(key, target.digests)
    await target.put(stem + key, data, headers(site.files[key]))
