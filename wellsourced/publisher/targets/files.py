"""Write files of a served folder: whole or not at all, with times that follow their content."""

from __future__ import annotations

import ctypes
import os
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import brotli  # type: ignore[import-untyped]

from wellsourced import policy
from wellsourced.policy import encodings

_PART = (".", ".part")
_MODE = 0o644
_SUFFIXES = ("", *encodings.SUFFIXES.values())


def write_durably(path: Path, data: bytes) -> None:
    """Write a file whose loss would be felt: its bytes are on the disk before its name is."""
    _write(path, data, durable=True)
    sync_folder(path.parent)


def write_served(path: Path, data: bytes, packed: Mapping[str, bytes]) -> None:
    """Write a file that a server makes its tag of, and its packed copies (name → bytes).

    Their times follow their content. Not durable by itself: `sync` makes a whole release so.
    """
    for name, body in {path.name: data, **packed}.items():
        time = policy.modified(sha256(body).hexdigest())
        _write(path.with_name(name), body, time=time)


def _write(path: Path, data: bytes, *, durable: bool = False, time: int | None = None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=_PART[0], suffix=_PART[1], dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), _MODE)
            if time is not None:
                os.utime(file.fileno(), (time, time))
            if durable:
                os.fsync(file.fileno())
        os.rename(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def link(origin: Path, path: Path) -> None:
    """Give a file and its packed copies a second name, each in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for suffix in _SUFFIXES:
        source = origin.with_name(origin.name + suffix)
        if not source.exists():
            continue
        part = path.with_name(f"{_PART[0]}{uuid4().hex}{_PART[1]}")
        os.link(source, part)
        os.rename(part, path.with_name(path.name + suffix))
        # Two names of one file: rename does nothing then, and leaves both (rename(2)).
        part.unlink(missing_ok=True)


def remove(path: Path) -> None:
    """Remove a file and its packed copies; one that is not there is no fault."""
    for suffix in _SUFFIXES:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def sweep(folder: Path, *, deep: bool = False) -> None:
    """Remove what a killed publisher left half-written in a folder, or anywhere under it."""
    for path in folder.rglob("*") if deep else folder.iterdir():
        if _is_part(path.name):
            path.unlink(missing_ok=True)


def _is_part(name: str) -> bool:
    return name.startswith(_PART[0]) and name.endswith(_PART[1])


def agree(path: Path, data: bytes) -> bool:
    """Tell whether the packed copies beside a file hold the file's bytes."""
    try:
        for suffix, unpack in _UNPACK.items():
            copy = path.with_name(path.name + suffix)
            if copy.exists() and unpack(copy.read_bytes()) != data:
                return False
    except (OSError, brotli.error, zlib.error):
        return False
    return True


def _gunzip(data: bytes) -> bytes:
    return zlib.decompress(data, zlib.MAX_WBITS | 16)


_UNPACK = {encodings.SUFFIXES["br"]: brotli.decompress, encodings.SUFFIXES["gzip"]: _gunzip}


def walk(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file under a folder with its path inside; links, parts and packed copies not."""
    for where, _, names in os.walk(folder):
        known = set(names)
        for name in names:
            path = Path(where, name)
            stem, dot, suffix = name.rpartition(".")
            packed = f"{dot}{suffix}" in _UNPACK and stem in known
            if not packed and not _is_part(name) and not path.is_symlink():
                yield path, path.relative_to(folder).as_posix()


def remove_empty(folder: Path, root: Path) -> None:
    """Remove a folder and those around it, up to `root`, while nothing is in them."""
    while folder != root and root in folder.parents:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def sync(folder: Path) -> None:
    """Bring all that was written to a folder's file system to its disk (syncfs(2)).

    Raises `OSError` when the disk does not take it.
    """
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        os.sync()
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(handle) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to its disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
