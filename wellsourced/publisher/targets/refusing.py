"""Wrap a target so that nothing can be written: a dry run."""

from __future__ import annotations

from collections.abc import Sequence

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


class RefusedWriteError(AssertionError):
    """A dry run was about to write: a fault of the program, not of anybody's site."""


class Refusing:
    """Read from a target, and refuse every write to it (bep/s3deploy, `noUpdateStore`)."""

    def __init__(self, target: Target) -> None:
        self._target = target

    @property
    def address(self) -> str:
        """Name the place that is read."""
        return self._target.address

    @property
    def digests(self) -> Digest:
        """Tell what digest a listing gives, as far as is known without a probe."""
        return self._target.digests

    async def prepare(self) -> None:
        """Ask nothing: the probe of a place is a write."""

    async def recover(self) -> None:
        """Mend nothing."""

    async def get(self, key: str) -> Stored | None:
        """Read an object."""
        return await self._target.get(key)

    async def put(
        self, key: str, data: bytes, headers: Headers, condition: Condition = Only.ALWAYS
    ) -> Version:
        """Refuse. Raises `RefusedWriteError`."""
        raise RefusedWriteError(f"put {key}")

    async def copy(self, source: str, key: str) -> bool:
        """Refuse. Raises `RefusedWriteError`."""
        raise RefusedWriteError(f"copy {source} to {key}")

    async def list(self, prefix: str) -> Sequence[Entry]:
        """List objects."""
        return await self._target.list(prefix)

    async def delete(self, keys: Sequence[str]) -> None:
        """Refuse. Raises `RefusedWriteError`."""
        raise RefusedWriteError(f"delete {', '.join(keys)}")
