"""Keep releases in an object store: S3 and what speaks it, Google Cloud Storage, Azure Blob."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import md5
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from wellsourced.publisher.problems import (
    ConditionFailedError,
    TransportError,
    UnfitError,
)
from wellsourced.publisher.targets import (
    PROBES,
    Condition,
    Digest,
    Entry,
    Headers,
    Only,
    Stored,
    Version,
)
from wellsourced.publisher.targets.store_errors import heard

if TYPE_CHECKING:
    from obstore import Attributes, PutMode
    from obstore.store import AzureStore, GCSStore, S3Store

    Store = S3Store | GCSStore | AzureStore

_ASKED_TWICE = "run it again; something on the way to it may ask twice"
_KEPT = ("Content-Type", "Cache-Control", "sha256")


class ObjectStore:
    """A target in an object store; `Target` says what each method owes."""

    def __init__(self, store: Store, address: str) -> None:
        self._store = store
        self._quoted = True
        self._asked = False
        self._probed = False
        self.address = address
        self.digests: Digest = ""

    async def prepare(self) -> None:
        """Probe with an object of its own: conditions, quoted tags, digests in listings."""
        self._probed = True
        try:
            await self._try_out()
        except UnfitError:
            raise
        except BaseException:
            self._probed = False
            raise

    async def _try_out(self) -> None:
        key = f"{PROBES}{uuid4().hex}"
        first = await self._probe(key, b"first", Only.IF_ABSENT)
        if first is None:
            raise TransportError(f"{self.address} says that a new name is taken.", _ASKED_TWICE)
        try:
            if await self._probe(key, b"again", Only.IF_ABSENT):
                raise self._unfit("writes over what is there when asked not to (If-None-Match)")
            second = await self._second(key, first)
            if await self._probe(key, b"third", first):
                raise self._unfit("writes over another version than the one named (If-Match)")
            self._asked, self.digests = True, _digests(second, b"second")
        finally:
            await self.delete([key])

    async def recover(self) -> None:
        """Do nothing: each write is whole, and nothing follows another."""

    async def _second(self, key: str, first: Version) -> Version:
        """Write over a version that is named, and learn how the store wants its name."""
        # Ceph's gateway takes only a tag without its quotes (RFC 9110 § 8.8.3 has them).
        for self._quoted in (True, False):
            if second := await self._probe(key, b"second", first):
                return second
        there = await self.get(key)
        if there and there.data == b"second":
            raise TransportError(
                f"{self.address} wrote, and then said that it had not.", _ASKED_TWICE
            )
        raise self._unfit("refuses a write that names the right version (If-Match)")

    async def _probe(self, key: str, data: bytes, condition: Condition) -> Version | None:
        try:
            return await self.put(key, data, {}, condition)
        except ConditionFailedError:
            return None

    def _unfit(self, fault: str) -> UnfitError:
        return UnfitError(
            f"{self.address} {fault}: two publishers could undo each other there.",
            "publish in place (--in-place) from one machine only, or use another store",
        )

    async def get(self, key: str) -> Stored | None:
        """Read an object with what `put` kept beside it."""
        try:
            with heard(self.address):
                answer = await self._store.get_async(key)
                data = bytes(await answer.bytes_async())
        except FileNotFoundError:
            return None
        kept = cast("Mapping[str, str]", answer.attributes)
        headers = {name: kept[name] for name in _KEPT if name in kept}
        version = _version(answer.meta)
        if not self._asked:
            self._asked = True
            self.digests = _digests(version, data)
        return Stored(data, version, headers)

    async def put(
        self, key: str, data: bytes, headers: Headers, condition: Condition = Only.ALWAYS
    ) -> Version:
        """Write an object in one request, never in parts: a part that stays is paid for unseen.

        Before the first write over a version it is found out how the store wants its name.
        """
        if isinstance(condition, Version) and not self._probed:
            await self.prepare()
        mode = self._mode(condition)
        with heard(self.address, missing_is_place=True):
            done = await self._store.put_async(
                key,
                data,
                attributes=cast("Attributes", dict(headers)),
                mode=mode,
                use_multipart=False,
            )
        return _version(done)

    def _mode(self, condition: Condition) -> PutMode:
        if condition is Only.ALWAYS:
            return "overwrite"
        if condition is Only.IF_ABSENT:
            return "create"
        assert isinstance(condition, Version)
        tag = condition.tag if self._quoted else condition.tag.strip('"')
        # obstore takes no None here, though its results hold one.
        if condition.generation:
            return {"e_tag": tag, "version": condition.generation}
        return {"e_tag": tag}

    async def copy(self, source: str, key: str) -> bool:
        """Copy an object on the store's side."""
        try:
            with heard(self.address):
                await self._store.copy_async(source, key)
        except FileNotFoundError:
            return False
        return True

    async def list(self, prefix: str) -> Sequence[Entry]:
        """List what is under a prefix that ends with a slash, or everything under `""`."""
        found: list[Entry] = []
        with heard(self.address, missing_is_place=True):
            async for chunk in self._store.list(prefix or None):
                found += [
                    Entry(
                        meta["path"],
                        meta["size"],
                        (meta["e_tag"] or "").strip('"') if self.digests else "",
                        meta["last_modified"],
                    )
                    for meta in chunk
                ]
        return sorted(found, key=lambda entry: entry.key)

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove objects, many in one request where the store can."""
        try:
            with heard(self.address):
                await self._store.delete_async(list(keys))
        except FileNotFoundError:
            # Azure and Google report one that was not there, and may have stopped at it.
            for key in keys:
                try:
                    with heard(self.address):
                        await self._store.delete_async(key)
                except FileNotFoundError:
                    continue


def _digests(version: Version, data: bytes) -> Digest:
    """Tell whether a store's tags are digests; encrypted ones, and Azure's, are not."""
    same = version.tag.strip('"') == md5(data, usedforsecurity=False).hexdigest()
    return "md5" if same else ""


def _version(meta: Mapping[str, Any]) -> Version:
    return Version(meta["e_tag"] or "", meta["version"] or "")
