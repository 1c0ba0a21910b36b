"""Plan what a picture is published as: files of several widths and formats, and their addresses.

An address names its content: it follows from the picture's bytes and from how they are encoded, so
it is known before anything is encoded, and browsers may keep what is there for ever.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

import PIL
from PIL import features

from wellsourced.imaging.inspection import Form

WIDTHS = (360, 720, 1080, 1440)
"""Pixels. A column is 608 CSS pixels wide at most, and a phone's screen three times as dense."""

FALLBACK_WIDTH = 1080
"""Pixels; the one width for browsers that know neither AVIF nor WebP, and for feed readers."""

FOLDER = "assets/images"

_NEARLY = 0.9
_DIGITS = 8
_EDITION = 1
"""Counts up when pictures are encoded otherwise than before."""

_LIBRARIES = ("avif", "webp", "libjpeg_turbo", "zlib", "littlecms2")
ENCODERS = "|".join([str(_EDITION), PIL.__version__, *map(str, map(features.version, _LIBRARIES))])
"""What encoded bytes depend on beside the picture."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One file of a picture: `key` is its path below the output, `width` and `height` in pixels.

    `suffix` names the format: avif, webp, jpg or png.
    """

    key: str
    width: int
    height: int
    suffix: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The files of a picture: `sources` in the order of preference, each with its widths."""

    sources: tuple[tuple[str, tuple[Variant, ...]], ...]
    fallback: Variant

    @property
    def files(self) -> tuple[Variant, ...]:
        """Give every file."""
        return (*(v for _, variants in self.sources for v in variants), self.fallback)

    @property
    def largest(self) -> Variant:
        """Give one of the largest files; its size is the picture's size on a page."""
        return self.sources[0][1][-1]


def plan(name: str, width: int, height: int, form: Form, fingerprint: str) -> Plan:
    """Plan the files of a picture of pixels that is called `name` and so large."""

    def variant(wide: int, suffix: str) -> Variant:
        high = max(1, round(height * wide / width))
        return Variant(key(name, fingerprint, suffix, wide), wide, high, suffix)

    wides = widths(width)
    suffix = "png" if form is Form.TRANSPARENT else "jpg"
    return Plan(
        tuple((s, tuple(variant(wide, s) for wide in wides)) for s in ("avif", "webp")),
        variant(min(width, FALLBACK_WIDTH), suffix),
    )


def widths(width: int) -> tuple[int, ...]:
    """Give the widths for a picture so wide: never above its own, none that is nearly it."""
    widest = min(width, WIDTHS[-1])
    return (*(step for step in WIDTHS if step < widest * _NEARLY), widest)


def key(name: str, fingerprint: str, suffix: str, width: int = 0) -> str:
    """Give the path below the output of a picture's file, or of its file of one width, in pixels.

    `name` is the picture's path below images/. What lies below assets/ under a fingerprint never
    changes, and is served so.
    """
    wide = f"-{width}" if width else ""
    return f"{FOLDER}/{slug(PurePosixPath(name).stem)}{wide}.{fingerprint}.{suffix}"


def fingerprint(data: bytes) -> str:
    """Digest a picture's bytes with all that its encoding depends on."""
    return sha256(ENCODERS.encode() + b"\0" + data).hexdigest()[:_DIGITS]


def slug(words: str) -> str:
    """Make of words what an address may hold."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "picture"
