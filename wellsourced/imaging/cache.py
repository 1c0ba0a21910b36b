"""Keep what was encoded, so that nothing is encoded twice; a folder that may vanish at any time."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from hashlib import sha256
from pathlib import Path

MOST_BYTES = 1 << 30
"""Bytes that stay after `trim`, the latest used first."""

_LONGEST_WRITE = 3600
"""Seconds."""

_DIGEST = sha256().digest_size


class Cache:
    """Bytes by name. Each entry carries its own digest; one that is damaged counts as absent.

    Builds may share the folder at the same time: an entry appears whole, and the same name always
    stands for the same bytes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, *parts: str) -> bytes | None:
        """Give what was put under a name of some parts; None when there is nothing sound."""
        path = self._path(parts)
        try:
            held = path.read_bytes()
        except OSError:
            return None
        data = held[_DIGEST:]
        if sha256(data).digest() != held[:_DIGEST]:
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return data

    def put(self, data: bytes, *parts: str) -> None:
        """Keep bytes under a name of some parts. Raises `OSError` where nothing may be written."""
        path = self._path(parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(sha256(data).digest() + data)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def trim(self, most: int = MOST_BYTES) -> None:
        """Take away the entries that were not used for longest, until the rest is small enough."""
        entries, abandoned = [], time.time() - _LONGEST_WRITE
        with contextlib.suppress(FileNotFoundError), os.scandir(self._folder) as found:
            for entry in found:
                with contextlib.suppress(OSError):
                    # Another build may be writing it; one that was killed left it behind.
                    if entry.name.startswith(".") and entry.stat().st_mtime > abandoned:
                        continue
                    status = entry.stat(follow_symlinks=False)
                    entries.append((status.st_mtime_ns, entry.name, status.st_size))
        left = sum(size for _, _, size in entries)
        for _, name, size in sorted(entries):
            if left <= most:
                return
            (self._folder / name).unlink(missing_ok=True)
            left -= size

    def _path(self, parts: tuple[str, ...]) -> Path:
        return self._folder / sha256("\0".join(parts).encode()).hexdigest()
