"""Write PNGs of 16 colours in bands, so that what stands on many pictures is packed once.

PNG (Third Edition) § 11.2.2: colour type 3 at four bits; § 10.1: one zlib stream (RFC 1950), of
which a band is as many whole blocks (RFC 1951, ended by a full flush): they may stand in a row.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BEGIN, _END = b"\x78\x01", b"\x03\x00"
"""The head of a zlib stream, and an empty last block."""


MARGIN = 2
"""Pixels on a canvas's left that are always 0: they make the byte of a row that is not filtered."""


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of a picture, each behind the byte that names its filter, and the same packed."""

    rows: bytes
    packed: bytes


def canvas(width: int, height: int) -> Image.Image:
    """Give an image to draw on from `MARGIN` on; its width is even."""
    return Image.new("P", (width + MARGIN, height))


def pack(image: Image.Image) -> Band:
    """Pack the rows of a canvas, whose values are numbers of colours.

    Runs are all that is looked for: it is as small as a search for longer patterns, and faster.
    """
    rows = image.tobytes("raw", "P;4")
    packer = zlib.compressobj(6, zlib.DEFLATED, -15, 9, zlib.Z_RLE)
    return Band(rows, packer.compress(rows) + packer.flush(zlib.Z_FULL_FLUSH))


def pack_drawn(image: Image.Image) -> Band:
    """Pack an image of mode L, whose values are numbers of colours."""
    wide = canvas(*image.size)
    image.putpalette(b"")  # says that they are, so that they are not looked up
    wide.paste(image, (MARGIN, 0))
    return pack(wide)


def join(size: tuple[int, int], palette: bytes, bands: Sequence[Band]) -> bytes:
    """Give bands, from top to bottom, as one picture; a palette is three bytes for each colour."""
    total = 1
    for band in bands:
        total = zlib.adler32(band.rows, total)
    data = [_BEGIN, *(band.packed for band in bands), _END, struct.pack(">I", total)]
    return b"".join(
        [
            _SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 4, 3, 0, 0, 0)),
            _chunk(b"PLTE", palette),
            _chunk(b"IDAT", b"".join(data)),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
