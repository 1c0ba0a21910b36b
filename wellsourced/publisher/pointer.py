"""The one small object that says which release readers get, moved by one conditional write.

Its tag changes with every write, since each carries a token of its own: a publisher that
slept, a collection and a rollback can never all believe that they were the last.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import uuid4

from wellsourced.publisher import conditional
from wellsourced.publisher.problems import (
    ConditionFailedError,
    LostRaceError,
    VerificationError,
)
from wellsourced.publisher.targets import Only, Target, Version

KEY = "current.json"
HEADERS = {"Content-Type": "application/json", "Cache-Control": "no-cache"}
REMEMBERED = 100
"""How many moves, and how many collected names, the pointer remembers."""


@dataclass(frozen=True, slots=True)
class Move:
    """A move to a release: its place in the order, and when (UTC, ISO 8601; for people)."""

    release: str
    sequence: int
    token: str
    at: str


@dataclass(frozen=True, slots=True)
class Pointer:
    """What current.json holds; an edge needs `release`, and `previous` for an old page's assets.

    `purge_pending` names releases whose pages caches may still hold. `condemned` releases are
    being removed and `collected` ones were: their names are never used again, so that a
    collection that slept cannot remove what somebody published since.
    """

    release: str
    previous: str | None = None
    sequence: int = 1
    token: str = ""
    purge_pending: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    condemned: tuple[str, ...] = ()
    collected: tuple[str, ...] = ()
    history: tuple[Move, ...] = ()

    def moved(self, release: str, at: str) -> Pointer:
        """Give the pointer that leads to another release."""
        return replace(
            self,
            release=release,
            previous=self.release,
            sequence=self.sequence + 1,
            purge_pending=_once(*self.purge_pending, self.release),
        ).stamped(at)

    def stamped(self, at: str) -> Pointer:
        """Enter the release into the history, under a token of its own."""
        move = Move(self.release, self.sequence, uuid4().hex, at)
        return replace(self, token=move.token, history=(*self.history, move)[-REMEMBERED:])


@dataclass(frozen=True, slots=True)
class Held:
    """A pointer as it was read, with the version that a write must name."""

    pointer: Pointer
    version: Version


Change = Callable[[Pointer], Pointer]
"""What to make of the pointer as it stands; raises `GuardError` when it may not be done."""


async def read(target: Target) -> Held | None:
    """Read the pointer; None before the first release. Raises `VerificationError` if damaged."""
    stored = await target.get(KEY)
    return None if stored is None else Held(parse(stored.data), stored.version)


async def begin(target: Target, release: str, at: str) -> Held:
    """Point to the first release. Raises `LostRaceError` when somebody else was first."""
    return await _swap(target, None, Pointer(release).stamped(at))


async def change(target: Target, held: Held, make: Change) -> Held:
    """Change the pointer that was read, again on top of changes that moved no release.

    Raises `LostRaceError` when the release was moved by somebody else, and what `make` raises.
    """
    while True:
        made = make(held.pointer)
        if made == held.pointer:
            return held
        if made.token == held.pointer.token:
            made = replace(made, token=uuid4().hex)
        try:
            return await _swap(target, held, made)
        except LostRaceError:
            now = await read(target)
            if now is None or now.pointer.sequence != held.pointer.sequence:
                raise
            held = now


async def _swap(target: Target, held: Held | None, new: Pointer) -> Held:
    """Write the pointer if it is still the version that was read; its token makes it known."""
    condition = held.version if held else Only.IF_ABSENT

    def bears_our_token(data: bytes) -> bool:
        there = parse(data)
        return new.token in (there.token, *(move.token for move in there.history))

    try:
        version = await conditional.write(
            target, KEY, write(new), HEADERS, condition, bears_our_token
        )
    except ConditionFailedError as error:
        raise _lost(await read(target)) from error
    return Held(new, version)


def _lost(now: Held | None) -> LostRaceError:
    there = f'"{now.pointer.release}", move {now.pointer.sequence}' if now else "nothing"
    return LostRaceError(
        f"Somebody else moved the pointer first; it leads to {there}.",
        "look at `invoke release.status`, then publish again",
    )


def write(pointer: Pointer) -> bytes:
    """Write current.json."""
    return (json.dumps({"version": 1, **asdict(pointer)}, indent=1) + "\n").encode()


def parse(data: bytes) -> Pointer:
    """Read current.json. Raises `VerificationError` when it is not one."""
    try:
        fields: dict[str, Any] = json.loads(data)
        if fields.pop("version") != 1:
            raise ValueError("another version")
        history = tuple(Move(**move) for move in fields.pop("history"))
        lists = {n: tuple(v) for n, v in fields.items() if isinstance(v, list)}
        return Pointer(**(fields | lists), history=history)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise VerificationError(
            f"{KEY} is damaged: {error}.",
            "restore it by hand: it names the release under releases/ that readers get",
        ) from error


def _once(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
