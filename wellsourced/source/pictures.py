"""Read the pixel size of each picture under images/."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from PIL import Image, UnidentifiedImageError

SUFFIXES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif"})
_SVG = re.compile(r"<svg\b[^>]*>", re.DOTALL)
_VIEW_BOX = re.compile(r"\bviewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's path under images/ and its size in CSS pixels; 0 × 0 when it cannot be read."""

    name: str
    width: int
    height: int


def read(folder: Path) -> Mapping[str, Picture]:
    """Read every picture under a folder: mapping path relative to it → Picture."""
    files = sorted(f for f in folder.rglob("*") if f.suffix.lower() in SUFFIXES and f.is_file())
    pictures = (Picture(f.relative_to(folder).as_posix(), *_size(f)) for f in files)
    return MappingProxyType({picture.name: picture for picture in pictures})


def _size(path: Path) -> tuple[int, int]:
    if path.suffix.lower() == ".svg":
        return _svg_size(path.read_text("utf-8", errors="replace"))
    try:
        with Image.open(path) as image:
            return image.size
    except (UnidentifiedImageError, OSError):
        return 0, 0


def _svg_size(text: str) -> tuple[int, int]:
    """Read width and height attributes, or the viewBox when they are absent (SVG 2 § 8.2)."""
    root = _SVG.search(text)
    if not root:
        return 0, 0
    written = [
        re.search(rf"\s{side}\s*=\s*[\"']([\d.]+)(?:px)?[\"']", root[0])
        for side in ("width", "height")
    ]
    if all(written):
        width, height = (float(found[1]) for found in written if found)
        return round(width), round(height)
    box = _VIEW_BOX.search(root[0])
    return (round(float(box[1])), round(float(box[2]))) if box else (0, 0)
