"""Take the metadata out of a picture that readers may download, and leave its pixels as they are.

A photograph can tell where it was taken, when and by whom (EXIF, XMP, IPTC); who is on it did not
agree to that. Colour profiles stay, and so does the orientation of a JPEG.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

from PIL import Image

from wellsourced.imaging.containers import PNG_START, jpeg_segments, png_chunks, webp_chunks

_ORIENTATION = 0x0112
# JFIF, the ICC profile, Adobe's colour transform; APP1 and APP13 hold EXIF, XMP and IPTC.
_JPEG_KEPT = {b"\xe0": b"JFIF\0", b"\xe2": b"ICC_PROFILE\0", b"\xee": b"Adobe"}
_PNG_LOST = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
_WEBP_LOST = frozenset({b"EXIF", b"XMP "})
_WEBP_FLAGS = 0b00001100
"""The bits of VP8X that announce EXIF and XMP (RFC 9649 § 2.7)."""


def strip(data: bytes) -> bytes:
    """Strip a JPEG, PNG or WebP file.

    Raises `ValueError` for one that is damaged or of another kind.
    """
    for start, strip_kind in _KINDS.items():
        if data.startswith(start):
            return strip_kind(data)
    raise ValueError("no JPEG, PNG or WebP")


def _jpeg(data: bytes) -> bytes:
    kept = [(kind, part) for kind, part in jpeg_segments(data) if _kept(kind, part)]
    # JFIF comes first of all (ITU-T T.871 § 10.1).
    at = 2 if kept[1][0] == b"\xe0" else 1
    parts = [part for _, part in kept]
    return b"".join([*parts[:at], _orientation(data), *parts[at:]])


def _kept(kind: bytes, segment: bytes) -> bool:
    """Tell whether a segment is needed to show the picture."""
    is_application = 0xE0 <= kind[0] <= 0xEF
    if is_application:
        return kind in _JPEG_KEPT and segment[4:].startswith(_JPEG_KEPT[kind])
    return kind != b"\xfe"  # a comment


def _orientation(data: bytes) -> bytes:
    """Give an EXIF segment that holds nothing but which side is up, if any was said."""
    with Image.open(io.BytesIO(data)) as image:
        value = image.getexif().get(_ORIENTATION, 1)
    if value not in range(2, 9):
        return b""
    # TIFF 6.0 § 2: big-endian, one directory of one entry: tag, SHORT, count 1, value.
    body = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01" + bytes([0, value, 0, 0])
    body += b"\0\0\0\0"
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body


def _png(data: bytes) -> bytes:
    return PNG_START + b"".join(part for kind, part in png_chunks(data) if kind not in _PNG_LOST)


def _webp(data: bytes) -> bytes:
    parts = []
    for kind, part in webp_chunks(data):
        if kind == b"VP8X":
            part = part[:8] + bytes([part[8] & ~_WEBP_FLAGS & 0xFF]) + part[9:]
        if kind not in _WEBP_LOST:
            parts.append(part)
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


_KINDS: Mapping[bytes, Callable[[bytes], bytes]] = {
    b"\xff\xd8": _jpeg,
    PNG_START: _png,
    b"RIFF": _webp,
}
