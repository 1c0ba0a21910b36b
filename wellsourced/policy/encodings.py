"""Compress files ahead, the same bytes each time, so that no server compresses on the way."""

from __future__ import annotations

import struct
import zlib

import brotli  # type: ignore[import-untyped]

from wellsourced.policy.media_types import is_compressible

QUALITY = 11  # Brotli's highest: slow, and done once
_LEVEL = 9  # zlib's highest
# RFC 1952 § 2.3: deflate, no flags, no time, "slowest algorithm", unknown system; Python's own
# header names the system or its version, and would differ from machine to machine.
_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"

RECIPE = f"brotli {brotli.__version__} {QUALITY}, zlib {zlib.ZLIB_RUNTIME_VERSION} {_LEVEL}"
"""What packed bytes depend on beside the file's own."""

SUFFIXES = {"br": ".br", "gzip": ".gz"}
"""Content coding (RFC 9110 § 8.4.1) → what its file's name ends with beside the original."""


def variants(data: bytes) -> dict[str, bytes]:
    """Give content coding → compressed bytes, of those that are smaller than the file.

    Ask only for files that `media_types.is_compressible`.
    """
    made = {"br": brotli.compress(data, quality=QUALITY), "gzip": _gzip(data)}
    return {coding: packed for coding, packed in made.items() if len(packed) < len(data)}


def sidecars(key: str, data: bytes) -> dict[str, bytes]:
    """Give the files that stand beside one on a server: `x.html.br` and `x.html.gz` → bytes."""
    if not is_compressible(key):
        return {}
    return {key + SUFFIXES[coding]: packed for coding, packed in variants(data).items()}


def _gzip(data: bytes) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(data) + packer.flush()
    return _GZIP_HEADER + body + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)
