"""Remove releases that nobody can want back, safely against whoever moves the pointer meanwhile.

They are condemned in the pointer first, by a conditional write: who wants one of them then is
told so, and who took one back before makes that write fail. Their names are never used again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from wellsourced.publisher import pointer, release
from wellsourced.publisher.pointer import REMEMBERED, Held, Pointer
from wellsourced.publisher.problems import LostRaceError
from wellsourced.publisher.rollback import must_read
from wellsourced.publisher.targets import PROBES, Entry, Target

KEEP = 5
"""How many of the last releases can be taken back to, unless somebody chooses otherwise."""

GRACE = timedelta(hours=1)
"""How young a release may not be removed: it saves the work of a publisher under way."""

_BATCH = 1000
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Collected:
    """The releases that were removed, with the number of their files, and those that stay."""

    removed: Mapping[str, int]
    kept: tuple[str, ...]


async def collect(
    target: Target, keep: int = KEEP, grace: timedelta = GRACE, now: datetime | None = None
) -> Collected:
    """Remove what is older than the last `keep` releases and `grace`.

    Never removes the current, the previous or a pinned release, nor one that a purge still
    needs. Raises `LostRaceError` when the pointer is never still.
    """
    await target.prepare()
    young = (now or datetime.now(UTC)) - grace
    for attempt in range(_TRIES):
        held = await must_read(target)
        lying = _lying(await target.list(release.FOLDER))
        going = doomed(lying, held.pointer, keep, young)
        try:
            held = await pointer.change(target, held, partial(_condemn, going))
            break
        except LostRaceError:
            if attempt == _TRIES - 1:
                raise
    probes = await target.list(PROBES)
    await target.delete([entry.key for entry in probes if entry.modified < young])
    names = held.pointer.condemned
    for name in names:
        await _remove(target, name, lying.get(name, ()))
    await _bury(target, held, names)
    removed = {name: len(lying.get(name, ())) for name in names}
    return Collected(removed, tuple(sorted(lying.keys() - removed.keys())))


def doomed(
    lying: Mapping[str, Iterable[Entry]], there: Pointer, keep: int, young: datetime
) -> tuple[str, ...]:
    """Choose the releases to remove: neither wanted nor written to since `young`."""
    wanted = _wanted(there, keep)
    return tuple(
        name
        for name, entries in sorted(lying.items())
        if name not in wanted and all(entry.modified < young for entry in entries)
    )


def _wanted(there: Pointer, keep: int) -> set[str]:
    order = dict.fromkeys(move.release for move in reversed(there.history))
    return {
        there.release,
        *([there.previous] if there.previous else []),
        *there.pinned,
        *there.purge_pending,
        *list(order)[:keep],
    } - set(there.condemned)


def _condemn(names: tuple[str, ...], there: Pointer) -> Pointer:
    """Mark releases for removal; one that was pinned or made pending meanwhile is spared."""
    spared = {there.release, there.previous, *there.pinned, *there.purge_pending}
    more = (name for name in names if name not in spared)
    return replace(there, condemned=tuple(dict.fromkeys((*there.condemned, *more))))


async def _remove(target: Target, name: str, entries: Iterable[Entry]) -> None:
    """Remove a release, its manifest first: what has none is not whole."""
    await target.delete([release.manifest_key(name)])
    keys = [entry.key for entry in entries if entry.key != release.manifest_key(name)]
    for start in range(0, len(keys), _BATCH):
        await target.delete(keys[start : start + _BATCH])


async def _bury(target: Target, held: Held, names: tuple[str, ...]) -> None:
    """Remember the names of what was removed, whatever release readers have by now."""

    def bury(there: Pointer) -> Pointer:
        return replace(
            there,
            condemned=tuple(n for n in there.condemned if n not in names),
            collected=tuple(dict.fromkeys((*there.collected, *names)))[-REMEMBERED:],
        )

    while True:
        try:
            await pointer.change(target, held, bury)
            return
        except LostRaceError:
            held = await must_read(target)


def _lying(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Sort a listing of all releases by name; a manifest belongs to its release."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        name, slash, _ = entry.key.removeprefix(release.FOLDER).partition("/")
        found.setdefault(name if slash else name.removesuffix(".json"), []).append(entry)
    return found
