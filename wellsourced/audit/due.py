"""Find out what has changed of an output since its last audit, and what has to be read for it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b, sha256

from wellsourced.audit import memory
from wellsourced.audit.page import Context
from wellsourced.audit.promises import NOTHING, Promise
from wellsourced.audit.reading import Files, bytes_of
from wellsourced.audit.roll import Roll, stamp
from wellsourced.processes import stream

_HASHED_AT_ONCE = 256
_RACY = 2_000_000_000
"""Nanoseconds within which a file can change twice and keep its stamp."""


@dataclass(frozen=True, slots=True)
class Due:
    """What differs from the last audit of an output.

    `roll` is that of this one as far as it is known by now, `last` the last one's, empty when it
    went by something else. `sizes` maps key → bytes where nobody knew the digests. `read` are the
    files to read, which are new, changed, or beside one that has changed; `changed` those whose own
    bytes have, `gone` those that are no more. `is_promised_otherwise` tells whether a promise has
    changed.
    """

    roll: Roll
    last: Roll
    sizes: Mapping[str, int]
    read: tuple[str, ...]
    changed: frozenset[str]
    gone: frozenset[str]
    is_promised_otherwise: bool


def find(
    files: Files,
    digests: Mapping[str, bytes] | None,
    promises: Mapping[str, Promise],
    context: Context,
    last: Roll,
) -> Due:
    """Compare an output with the last audit of it.

    `digests` maps the keys of `files` to digests of their bytes, for a caller that knows them;
    without it they are taken of those that were touched since the last audit.
    """
    common = blake2b(memory.version() + repr(context).encode(), digest_size=16).digest()
    last = last if last.common == common else Roll(stamps=last.stamps, files=last.files)
    promised = _digest_all(promises)
    roll = Roll(common=common, promises=promised)
    sizes: Mapping[str, int] = {}
    if digests is None:
        roll.files, roll.stamps, sizes = _hash(files, last)
    else:
        roll.files = dict(digests)
    if last.common != common:
        last = Roll()
    changed = frozenset(key for key, _ in roll.files.items() - last.files.items())
    gone = frozenset(last.files.keys() - roll.files.keys())
    others = {key for key, _ in promised.items() ^ last.promises.items()}
    read = {*changed, *(others & roll.files.keys())}
    read.update(page for page in _beside(changed | gone, promises) if page in roll.files)
    return Due(roll, last, sizes, tuple(sorted(read)), changed, gone, bool(others))


def _beside(keys: frozenset[str], promises: Mapping[str, Promise]) -> Iterator[str]:
    """Yield the pages that are checked together with one of some files in their folder."""
    for key in keys:
        folder, _, name = key.rpartition("/")
        page = f"{folder}/index.html"
        if name in promises.get(page, NOTHING).beside:
            yield page
    for page, promise in promises.items():
        if promise.beside and not page.endswith("/index.html"):
            folder = page.rpartition("/")[0]
            if any(f"{folder}/{name}" in keys for name in promise.beside):
                yield page


def _digest_all(promises: Mapping[str, Promise]) -> dict[str, bytes]:
    """Map keys to digests of promises; most articles share one."""
    known: dict[int, bytes] = {}
    found = {}
    for key, promise in promises.items():
        digest = known.get(id(promise))
        if digest is None:
            told = "\0".join(promise.parts()).encode("utf-8", "surrogatepass")
            digest = known[id(promise)] = blake2b(told, digest_size=16).digest()
        found[key] = digest
    return found


def _hash(files: Files, last: Roll) -> tuple[dict[str, bytes], dict[str, bytes], Mapping[str, int]]:
    """Map each key to the SHA-256 of its file, to its stamp, and to its size in bytes.

    The stamp of a file that was touched just now is left out (as git does with its index): a
    second change within the clock's grain would not show.
    """
    stamps = {key: stamp(path) for key, path in files.items()}
    same = last.stamps.items() & stamps.items()
    hashed = {key: last.files[key] for key, _ in same}
    fresh = [key for key in files if key not in hashed]
    at_once = range(0, len(fresh), _HASHED_AT_ONCE)
    batches = [fresh[start : start + _HASHED_AT_ONCE] for start in at_once]
    for digests in stream(partial(_hash_some, files), batches, 2):
        hashed |= digests
    now = time.time_ns() - _RACY
    racy = {key for key in fresh if max(map(int, stamps[key].split()[1:3])) >= now}
    settled = {key: one for key, one in stamps.items() if key not in racy}
    return hashed, settled, {key: int(one.partition(b" ")[0]) for key, one in stamps.items()}


def _hash_some(files: Files, keys: Sequence[str]) -> dict[str, bytes]:
    return {key: sha256(bytes_of(files[key])).digest() for key in keys}
