"""Walk the parts of JPEG, PNG and WebP files, without decoding what they show.

Each function yields every part of a whole file and raises `ValueError` where one is cut short or,
as far as a checksum tells, damaged.
Pillow opens a file that was cut short without complaint, and metadata stand in parts of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from zlib import crc32

PNG_START = b"\x89PNG\r\n\x1a\n"
_LENGTHLESS = frozenset({0x01, *range(0xD0, 0xD8)})
_SCAN, _END = 0xDA, 0xD9
# In a scan, 0xFF begins a marker unless a zero, a restart marker or a fill byte follows.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")

Part = tuple[bytes, bytes]
"""A part's kind and all of its bytes."""


def jpeg_segments(data: bytes) -> Iterator[Part]:
    """Yield a JPEG's segments (ITU-T T.81 annex B), each scan with its data, up to the end.

    A segment's kind is its marker code as one byte. What follows the end of the image is no part.
    """
    if not data.startswith(b"\xff\xd8"):
        raise ValueError("no JPEG")
    yield b"\xd8", data[:2]
    at = 2
    while True:
        if len(data) < at + 2 or data[at] != 0xFF:
            raise ValueError("cut short")
        code = data[at + 1]
        if code == 0xFF:
            at += 1
            continue
        end = at + 2
        if code not in _LENGTHLESS and code != _END:
            end += int.from_bytes(data[at + 2 : at + 4])
        if code == _SCAN:
            marker = _MARKER.search(data, end)
            if not marker:
                raise ValueError("cut short")
            end = marker.start()
        if end > len(data) or end < at + 2:
            raise ValueError("cut short")
        yield bytes([code]), data[at:end]
        if code == _END:
            return
        at = end


def png_chunks(data: bytes) -> Iterator[Part]:
    """Yield a PNG's chunks (PNG 3rd edition § 5.3) up to IEND."""
    if not data.startswith(PNG_START):
        raise ValueError("no PNG")
    at, kind = len(PNG_START), b""
    while kind != b"IEND":
        length, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(data):
            raise ValueError("cut short")
        if crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end]):
            raise ValueError("damaged")
        yield kind, data[at:end]
        at = end


def webp_chunks(data: bytes) -> Iterator[Part]:
    """Yield a WebP's chunks (RFC 9649 § 2.3), each with its padding."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise ValueError("no WebP")
    at, whole = 12, 8 + int.from_bytes(data[4:8], "little")
    if whole > len(data):
        raise ValueError("cut short")
    while at < whole:
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + length + length % 2
        if end > whole:
            raise ValueError("cut short")
        yield data[at : at + 4], data[at:end]
        at = end


WALKS = {"JPEG": jpeg_segments, "PNG": png_chunks, "WEBP": webp_chunks}
"""Mapping Pillow's name of a format → the walk through its files."""
