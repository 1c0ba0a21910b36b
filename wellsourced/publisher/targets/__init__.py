"""Where a release goes: one interface, one file for each kind of place.

A key is a path below the target's root, with forward slashes. Keys, digests and tokens are all
that publishing decides by; times only tell what is young enough to be left alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Literal, Protocol

PROBES = "probes/"
"""Where targets try out what they can; what lies there is of no use to anybody else."""

Headers = Mapping[str, str]
"""Content-Type, Cache-Control, and `sha256` as metadata of our own."""

Digest = Literal["sha256", "md5", ""]
"""What a listing tells of an object's bytes; `""` when it tells nothing but their number."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a store calls one state of an object: opaque, to be handed back in a condition."""

    tag: str
    generation: str = ""


class Only(Enum):
    """A condition that names no version: write always, or only where nothing is."""

    ALWAYS = "always"
    IF_ABSENT = "if-absent"


Condition = Version | Only


@dataclass(frozen=True, slots=True)
class Stored:
    """An object as it was read: bytes, version, and the headers it is kept with."""

    data: bytes
    version: Version
    headers: Headers


@dataclass(frozen=True, slots=True)
class Entry:
    """An object as it is listed: size in bytes, digest of the target's kind, time of writing."""

    key: str
    size: int
    digest: str
    modified: datetime


class Target(Protocol):
    """A place for releases.

    Every method raises `TransportError` when its outcome is not known, `ConfigurationError` when
    the place is missing or closed to us. What was acknowledged is there for every later `get`.
    """

    @property
    def address(self) -> str:
        """Name the place in messages, without anything secret."""

    @property
    def digests(self) -> Digest:
        """Tell what digest `list` gives; known once the pointer was read or `prepare` is done."""

    async def prepare(self) -> None:
        """Find out whether the place holds conditions, before anything is written to it.

        Raises `UnfitError` when it ignores them: nothing would be safe there.
        """

    async def recover(self) -> None:
        """Mend what a crash left half-done; writes nothing where there is nothing to mend."""

    async def get(self, key: str) -> Stored | None:
        """Read an object; None when there is none."""

    async def put(
        self, key: str, data: bytes, headers: Headers, condition: Condition = Only.ALWAYS
    ) -> Version:
        """Write an object in one step, and give its version.

        Raises `ConditionFailedError` when the condition does not hold; nothing is written then.
        """

    async def copy(self, source: str, key: str) -> bool:
        """Copy an object with its headers on the far side; False when there is no source."""

    async def list(self, prefix: str) -> Sequence[Entry]:
        """List the objects whose keys begin with a prefix, sorted by key."""

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove objects; one that is not there is no fault."""
