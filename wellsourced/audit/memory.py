"""Remember what files came to, by the digest of their content: one compact file, kept small.

Nothing in it is trusted: a file whose own digest is wrong, or of other code, counts as empty.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

_MARK = b"well-sourced audit 1\n"
SPARE = 2
"""How many times what one run needs may be kept, for outputs that take turns."""


def version() -> bytes:
    """Give the digest of the audit's own code: other code may come to other findings."""
    folder = Path(__file__).parent
    return sha256(b"".join(one.read_bytes() for one in sorted(folder.glob("*.py")))).digest()


def read(path: Path) -> dict[bytes, bytes]:
    """Read digest → blob; a missing or damaged file, or one of other code, gives an empty map."""
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    head = len(_MARK) + 64
    body = data[head:]
    if data[:head] != _MARK + version() + sha256(body).digest():
        return {}
    known = marshal.loads(body)
    return known if isinstance(known, dict) else {}


def write(path: Path, old: Mapping[bytes, bytes], used: Iterable[tuple[bytes, bytes]]) -> None:
    """Keep what this run used, and as much again of what was there before; written in one step."""
    kept = dict(used)
    room = (SPARE - 1) * max(len(kept), 100)
    for digest, blob in old.items():
        if room and digest not in kept:
            kept[digest] = blob
            room -= 1
    if kept.keys() == old.keys():
        return
    body = marshal.dumps(kept)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    part.write_bytes(_MARK + version() + sha256(body).digest() + body)
    os.replace(part, path)
