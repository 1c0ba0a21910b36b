"""Remember what files came to, by the digest of their content: one compact file, kept small.

Nothing in it is trusted: a file whose own digest is wrong, or of other code, counts as empty.
"""

from __future__ import annotations

import marshal
import os
import time
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

Stamp = tuple[int, int, int, int]
"""A file's size in bytes, times of change of its bytes and of its record in ns, and its number."""

_MARK = b"well-sourced audit 2\n"
_SPARE = 100
"""Results that are kept beside as many old ones as were used, for outputs that take turns."""
_RACY = 2_000_000_000
"""Nanoseconds within which a file can change twice and keep its stamp."""


@dataclass
class Memory:
    """What an earlier audit came to.

    `digests` maps path → stamp and SHA-256; `results` maps a digest of all that a result depends
    on → the result.
    """

    digests: dict[str, tuple[Stamp, str]] = field(default_factory=dict)
    results: dict[bytes, bytes] = field(default_factory=dict)

    def sha256(self, path: str, stamp: Stamp) -> str:
        """Give a file's digest when it was not touched since it was taken, else `""`."""
        known = self.digests.get(path)
        return known[1] if known and known[0] == stamp else ""

    def renewed(self, digests: dict[str, tuple[Stamp, str]], results: dict[bytes, bytes]) -> Memory:
        """Give what is worth keeping after an audit: what it used, and as many old results again.

        The stamp of a file that was touched just now is left out (as git does with its index): a
        second change within the clock's grain would not show.
        """
        now = time.time_ns() - _RACY
        settled = {path: one for path, one in digests.items() if max(one[0][1:3]) < now}
        kept = dict(results)
        for digest, result in self.results.items():
            if len(kept) >= 2 * len(results) + _SPARE:
                break
            kept.setdefault(digest, result)
        return Memory(settled, kept)


def version() -> bytes:
    """Give the digest of the audit's own code: other code may come to other findings."""
    folder = Path(__file__).parent
    return sha256(b"".join(one.read_bytes() for one in sorted(folder.glob("*.py")))).digest()


def stamp(path: str) -> Stamp:
    """Give a file's stamp. Raises `OSError`."""
    found = os.stat(path)
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def read(path: Path | None) -> Memory:
    """Read a memory; a missing or damaged file, or one of other code, is an empty one."""
    try:
        data = path.read_bytes() if path else b""
    except OSError:
        return Memory()
    head = len(_MARK) + 64
    body = data[head:]
    if data[:head] != _MARK + version() + sha256(body).digest():
        return Memory()
    return Memory(*marshal.loads(body))


def write(path: Path, memory: Memory) -> None:
    """Write a memory in one step."""
    body = marshal.dumps((memory.digests, memory.results))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    part.write_bytes(_MARK + version() + sha256(body).digest() + body)
    os.replace(part, path)
