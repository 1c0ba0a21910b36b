"""Tell which releases a target holds, which one readers get, and what is still to be done."""

from __future__ import annotations

from dataclasses import dataclass

from wellsourced.publisher import release
from wellsourced.publisher.pointer import Pointer
from wellsourced.publisher.rollback import must_read
from wellsourced.publisher.targets import Target


@dataclass(frozen=True, slots=True)
class Lying:
    """A release as it lies there: its files and bytes, whether it is whole, what it is for."""

    name: str
    files: int
    bytes: int
    whole: bool
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """The pointer and the releases, the last published one first, strangers last."""

    pointer: Pointer
    releases: tuple[Lying, ...]


async def status(target: Target) -> Status:
    """Read the pointer and list all releases. Raises `GuardError` before the first one."""
    there = (await must_read(target)).pointer
    files: dict[str, int] = {}
    sizes: dict[str, int] = {}
    whole: set[str] = set()
    for entry in await target.list(release.FOLDER):
        name, slash, _ = entry.key.removeprefix(release.FOLDER).partition("/")
        if not slash:
            whole.add(name.removesuffix(".json"))
            continue
        files[name] = files.get(name, 0) + 1
        sizes[name] = sizes.get(name, 0) + entry.size
    order = dict.fromkeys(move.release for move in reversed(there.history))
    names = [*(n for n in order if n in files), *sorted(files.keys() - order.keys())]
    return Status(
        there,
        tuple(Lying(n, files[n], sizes[n], n in whole, _roles(n, there)) for n in names),
    )


def _roles(name: str, there: Pointer) -> tuple[str, ...]:
    roles = {
        "current": name == there.release,
        "previous": name == there.previous,
        "pinned": name in there.pinned,
        "being removed": name in there.condemned,
    }
    return tuple(role for role, held in roles.items() if held)
