"""Keep releases in a folder of this machine, which nginx serves through a symbolic link.

    current → releases/<name>     previous → releases/<name>     current.json
    releases/<name>/…             releases/<name>.json           .staging/<name>/…

A release is put together in .staging and renamed when its manifest is written. current.json is
written under a lock; `current` follows it in one rename, and a crash between the two is mended
by whoever comes next.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from wellsourced.policy import encodings
from wellsourced.publisher.problems import (
    ConditionFailedError,
    ConfigurationError,
    PublishingError,
    TransportError,
)
from wellsourced.publisher.targets import (
    Condition,
    Digest,
    Entry,
    Headers,
    Only,
    Stored,
    Version,
    files,
    links,
)
from wellsourced.publisher.targets.packed import Pack

POINTER = "current.json"
RELEASES = "releases"
STAGING = ".staging"
LOCK = ".lock"
_OURS = (LOCK, f"{STAGING}/")
_SEALED_MEANWHILE = 3  # a folder is renamed once; more tries than that can only meet its removal

_Answer = TypeVar("_Answer")


class Directory:
    """A target in a folder; `Target` says what each method owes."""

    digests: Digest = "sha256"

    def __init__(self, root: str, pack: Pack = encodings.sidecars) -> None:
        self._root = Path(root)
        self._pack = pack
        self.address = f"file://{root}"

    async def prepare(self) -> None:
        """Make the folder when only its last part is missing; a folder keeps conditions."""
        await self._work(self._prepare)

    def _prepare(self) -> None:
        if not self._root.parent.is_dir():
            raise ConfigurationError(
                f"{self.address}: there is no folder {self._root.parent}.", "make it first"
            )
        (self._root / RELEASES).mkdir(parents=True, exist_ok=True)
        self._recover()

    async def recover(self) -> None:
        """Let the links follow the pointer, and sweep up after a killed writer."""
        await self._work(self._recover)

    def _recover(self) -> None:
        if not self._root.is_dir():
            return
        with self._locked():
            if (self._root / POINTER).exists():
                # What is named here is written under the lock: a part is a killed writer's.
                files.sweep(self._root)
                files.sweep(self._root / RELEASES)
            self._follow()

    async def get(self, key: str) -> Stored | None:
        """Read a file."""
        return await self._work(lambda: self._get(key))

    def _get(self, key: str) -> Stored | None:
        try:
            data = self._path(key).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        return Stored(data, _version(data), {})  # headers are the server's, from the policy

    async def put(
        self, key: str, data: bytes, headers: Headers, condition: Condition = Only.ALWAYS
    ) -> Version:
        """Write a file in one step; a release's manifest seals the release."""
        return await self._work(lambda: self._put(key, data, condition))

    def _put(self, key: str, data: bytes, condition: Condition) -> Version:
        if condition is Only.ALWAYS:
            self._write(key, data)
            return _version(data)
        with self._locked():
            there = self._get(key)
            if not (there.version == condition if there else condition is Only.IF_ABSENT):
                raise ConditionFailedError(f"{self.address}: {key} is another version.")
            self._write(key, data)
            if key == POINTER:
                self._follow()
        return _version(data)

    def _write(self, key: str, data: bytes) -> None:
        if release := _sealed_by(key):
            self._seal(release)
        if not _in_release(key):
            files.write_durably(self._path(key), data)
            return
        packed = self._pack(key.rpartition("/")[2], data)
        self._in_place_of(key, lambda path: files.write_served(path, data, packed))

    async def copy(self, source: str, key: str) -> bool:
        """Link a file and what is packed beside it: one inode, one time, one tag of nginx's."""
        return await self._work(lambda: self._copy(source, key))

    def _copy(self, source: str, key: str) -> bool:
        origin = self._path(source)
        if not origin.is_file():
            return False
        self._in_place_of(key, lambda path: files.link(origin, path))
        return True

    def _in_place_of(self, key: str, write: Callable[[Path], None]) -> None:
        """Write where a key's file is now: another publisher may seal its folder meanwhile."""
        for _ in range(_SEALED_MEANWHILE):
            with suppress(FileNotFoundError):
                return write(self._path(key))
        return write(self._path(key))

    async def list(self, prefix: str) -> Sequence[Entry]:
        """List files with the digest of their bytes, read anew."""
        return await self._work(lambda: sorted(self._list(prefix), key=lambda e: e.key))

    def _list(self, prefix: str) -> Iterator[Entry]:
        name, slash, _ = prefix.removeprefix(f"{RELEASES}/").partition("/")
        if not prefix.startswith(f"{RELEASES}/"):
            folders = {self._root: ""}
        elif slash:
            folders = {self._path(f"{RELEASES}/{name}/x").parent: f"{RELEASES}/{name}/"}
        else:
            folders = {self._root / RELEASES: f"{RELEASES}/", self._root / STAGING: f"{RELEASES}/"}
        for folder, stem in folders.items():
            for path, inner in files.walk(folder):
                if (key := stem + inner).startswith(prefix) and not key.startswith(_OURS):
                    yield _entry(path, key)

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove files with what is packed beside them, and the folders that are empty then."""
        await self._work(lambda: self._delete(keys))

    def _delete(self, keys: Sequence[str]) -> None:
        for key in keys:
            path = self._path(key)
            files.remove(path)
            files.remove_empty(path.parent, self._root)

    def _path(self, key: str) -> Path:
        """Find a key's file; what is not sealed yet lies in .staging."""
        parts = key.split("/")
        if any(part in ("", ".", "..") for part in parts) or "\0" in key:
            raise ConfigurationError(f'{self.address}: "{key}" cannot be the name of a file.')
        path = self._root.joinpath(*parts)
        if _in_release(key) and not (self._root / RELEASES / parts[1]).is_dir():
            return self._root.joinpath(STAGING, *parts[1:])
        return path

    def _seal(self, release: str) -> None:
        """Move a release out of .staging, its bytes on the disk before its name is."""
        staged, sealed = self._root / STAGING / release, self._root / RELEASES / release
        if sealed.is_dir():
            shutil.rmtree(staged, ignore_errors=True)
        elif staged.is_dir():
            files.sweep(staged, deep=True)
            files.sync(self._root)
            sealed.parent.mkdir(exist_ok=True)
            os.rename(staged, sealed)
            files.sync_folder(sealed.parent)

    def _follow(self) -> None:
        there = self._get(POINTER)
        links.follow(self._root, there.data if there else None, RELEASES)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the folder's lock; the system takes it back from a process that dies."""
        with (self._root / LOCK).open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    async def _work(self, do: Callable[[], _Answer]) -> _Answer:
        """Work on the disk in a thread, and say in our words what fails there."""
        try:
            return await asyncio.to_thread(do)
        except PublishingError:
            raise
        except PermissionError as error:
            raise ConfigurationError(
                f"{self.address}: {_said(error)}.", "whoever publishes must be able to write there"
            ) from error
        except OSError as error:
            raise TransportError(
                f"{self.address}: {_said(error)}.",
                "what readers see is as it was; run it again when this is mended",
            ) from error


def _entry(path: Path, key: str) -> Entry:
    data, status = path.read_bytes(), path.stat()
    # A packed copy that says something else is as bad as a wrong page: its page counts as wrong.
    digest = sha256(data).hexdigest() if files.agree(path, data) else ""
    # The time of the inode's last change: that of its bytes is made from their digest.
    return Entry(key, len(data), digest, datetime.fromtimestamp(status.st_ctime, UTC))


def _in_release(key: str) -> bool:
    return key.startswith(f"{RELEASES}/") and key.count("/") > 1


def _sealed_by(key: str) -> str:
    """Give the release whose manifest a key is, or `""`."""
    name = key.removeprefix(f"{RELEASES}/")
    return name.removesuffix(".json") if name != key and "/" not in name else ""


def _version(data: bytes) -> Version:
    return Version(sha256(data).hexdigest())


def _said(error: OSError) -> str:
    return f"{error.strerror}: {error.filename}" if error.filename else str(error.strerror)
