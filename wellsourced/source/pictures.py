"""Read what each picture under images/ is: its size, its form, and whether it can be published."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from wellsourced.imaging import variants
from wellsourced.imaging.inspection import Fault, Form, inspect
from wellsourced.imaging.variants import Plan
from wellsourced.source.document import Document
from wellsourced.source.spans import Span

SUFFIXES = frozenset(
    ".svg .png .jpg .jpeg .jfif .webp .avif .gif .bmp .tif .tiff .heic .heif .jxl".split()
)
STATIC = "{static}"
IMAGES = "/images/"
_SETTLED = 2_000_000_000
"""Nanoseconds after which a file system's clock has surely moved on (two seconds on FAT)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's path under images/ and its size in CSS pixels; 0 × 0 when it cannot be read.

    `fingerprint` names its content in addresses. A picture with a `fault` cannot be published.
    """

    name: str
    width: int
    height: int
    form: Form | None = None
    fingerprint: str = ""
    lossless: bool = False
    fault: Fault | None = None
    detail: str = ""

    @property
    def plan(self) -> Plan | None:
        """Give the files that a picture of pixels is published as; None for any other."""
        if self.fault or self.form is None or self.form is Form.DRAWING:
            return None
        return variants.plan(self.name, self.width, self.height, self.form, self.fingerprint)

    @property
    def key(self) -> str:
        """Give the path below the output of the file that every browser shows."""
        return plan.fallback.key if (plan := self.plan) else self.file_key

    @property
    def file_key(self) -> str:
        """Give the path below the output of the file itself, without metadata, for downloads."""
        suffix = PurePosixPath(self.name).suffix.lower().removeprefix(".")
        return variants.key(self.name, self.fingerprint, suffix)


@dataclass(frozen=True, slots=True)
class PictureUse:
    """A place in a document that shows a picture, or links to its file for readers to keep."""

    name: str
    span: Span
    shown: bool


def read(folder: Path) -> Mapping[str, Picture]:
    """Read every picture under a folder: mapping path relative to it → Picture."""
    files = sorted(f for f in folder.rglob("*") if f.suffix.lower() in SUFFIXES and f.is_file())
    found = ((f.relative_to(folder).as_posix(), f) for f in files)
    return MappingProxyType({name: _read(name, path) for name, path in found})


def uses(document: Document) -> Iterator[PictureUse]:
    """Yield each use of a picture of ours: images, figures, links to a file under images/."""
    for image in document.images:
        if image.target.startswith(f"{STATIC}{IMAGES}"):
            name = image.target.removeprefix(f"{STATIC}{IMAGES}")
            yield PictureUse(name, image.target_span, True)
    for block in document.blocks:
        source = block.options.get("src") if block.name == "figure" else None
        if source and source.value:
            yield PictureUse(str(source.value), source.value_span, True)
    for link in document.links:
        target = link.target.removeprefix(STATIC)
        if target.startswith(IMAGES):
            yield PictureUse(target.removeprefix(IMAGES), link.target_span, False)


_KNOWN: dict[Path, tuple[tuple[int, ...], Picture]] = {}
"""What was read before in this process, with the file's stamp then."""


def _read(name: str, path: Path) -> Picture:
    """Read one picture, unless nothing about its file has changed since it was read last."""
    try:
        status = path.stat()
        stamp = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        then, picture = _KNOWN.get(path, ((), None))
        if picture is not None and then == stamp and picture.name == name:
            return picture
        data = path.read_bytes()
    except OSError as error:
        return Picture(name, 0, 0, fault=Fault.UNREADABLE, detail=error.strerror or "")
    seen = inspect(data, path.suffix)
    picture = Picture(
        name, seen.width, seen.height, seen.form,
        variants.fingerprint(data), seen.lossless, seen.fault, seen.detail,
    )  # fmt: skip
    if max(status.st_mtime_ns, status.st_ctime_ns) + _SETTLED < time.time_ns():
        _KNOWN[path] = (stamp, picture)
    return picture
