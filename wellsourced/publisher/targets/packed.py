"""Remember what was packed by what it was made of: Brotli's highest quality takes its time.

A page of 167 kB takes a fifth of a second. What an earlier release, another target or a run that
was killed has packed already is taken from a folder, which may vanish at any time.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from wellsourced.imaging.cache import Cache
from wellsourced.policy import encodings
from wellsourced.policy.media_types import is_compressible

Pack = Callable[[str, bytes], Mapping[str, bytes]]
"""Give the files that stand beside one, as `encodings.sidecars` does."""

FOLDER = "packed"
"""The folder below WELLSOURCED_CACHE."""

MOST_BYTES = 256 << 20
_LENGTHS = struct.Struct(f"<{len(encodings.SUFFIXES)}I")


class Packed:
    """What was packed, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._cache = Cache(folder)

    def sidecars(self, key: str, data: bytes) -> Mapping[str, bytes]:
        """Give what `encodings.sidecars` gives, made only once."""
        if not is_compressible(key):
            return {}
        name = (sha256(data).hexdigest(), encodings.RECIPE)
        held = self._cache.get(*name)
        if held is None:
            held = _join(encodings.variants(data))
            with suppress(OSError):  # a full cache is no reason not to publish
                self._cache.put(held, *name)
        return {key + encodings.SUFFIXES[coding]: packed for coding, packed in _part(held).items()}

    def trim(self) -> None:
        """Forget what was not used for longest, when all is more than `MOST_BYTES`."""
        self._cache.trim(MOST_BYTES)


def _join(variants: Mapping[str, bytes]) -> bytes:
    """Write the lengths of all codings, 0 for one that did not make the file smaller; then all."""
    parts = [variants.get(coding, b"") for coding in encodings.SUFFIXES]
    return _LENGTHS.pack(*map(len, parts)) + b"".join(parts)


def _part(held: bytes) -> dict[str, bytes]:
    found, start = {}, _LENGTHS.size
    for coding, length in zip(encodings.SUFFIXES, _LENGTHS.unpack_from(held), strict=True):
        if length:
            found[coding] = held[start : start + length]
        start += length
    return found
