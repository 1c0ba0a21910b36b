"""Look at a picture's bytes and tell what it is, or why it cannot be published."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageCms
from PIL.Image import DecompressionBombError, DecompressionBombWarning

from wellsourced.imaging.containers import WALKS
from wellsourced.imaging.drawings import DrawingError, optimise

MOST_PIXELS = 64_000_000
"""Pixels above which a picture is refused: decoded, it takes 4 bytes for each."""

LONGEST_SIDE = 16_383
"""Pixels; WebP holds no longer side (RFC 9649 § 2.6)."""

_TURNED = (5, 6, 7, 8)
_ORIENTATION = 0x0112


class Form(StrEnum):
    """How a picture is kept: as a drawing in SVG, or as pixels."""

    DRAWING = "drawing"
    OPAQUE = "opaque"
    TRANSPARENT = "transparent"


class Fault(StrEnum):
    """Why a picture cannot be published."""

    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"
    ANIMATED = "animated"
    TOO_LARGE = "too large"
    PRINT_COLOURS = "print colours"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a picture is: its size in CSS pixels as it is shown, 0 × 0 when it cannot be read.

    `lossless` says that the source lost nothing, as screenshots and diagrams should not;
    `detail` says more of a fault.
    """

    width: int = 0
    height: int = 0
    form: Form | None = None
    lossless: bool = False
    fault: Fault | None = None
    detail: str = ""


def inspect(data: bytes, suffix: str) -> Inspection:
    """Inspect a picture; of pixels only the file's header is decoded.

    The suffix, such as `.svg`, tells drawings from all else; the rest is known by its content.
    """
    if suffix.lower() == ".svg":
        return _inspect_drawing(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DecompressionBombWarning)  # MOST_PIXELS is stricter
            with Image.open(io.BytesIO(data)) as image:
                return _inspect_pixels(image, data)
    except DecompressionBombError:
        return Inspection(fault=Fault.TOO_LARGE)
    except Exception as error:  # Pillow raises whatever parsing a damaged header runs into
        return Inspection(fault=Fault.UNREADABLE, detail=type(error).__name__)


def _inspect_drawing(data: bytes) -> Inspection:
    try:
        drawing = optimise(data)
    except DrawingError as error:
        fault = Fault.UNSAFE if error.unsafe else Fault.UNREADABLE
        return Inspection(fault=fault, detail=str(error))
    sized = drawing.width > 0 and drawing.height > 0
    return Inspection(
        drawing.width, drawing.height, Form.DRAWING,
        fault=None if sized else Fault.UNREADABLE,
        detail="" if sized else "it has neither a viewBox nor a width and height",
    )  # fmt: skip


def _inspect_pixels(image: Image.Image, data: bytes) -> Inspection:
    width, height = image.size
    # Cameras put a second, smaller picture into a JPEG; Pillow calls that MPO.
    kind = "JPEG" if image.format == "MPO" else str(image.format)
    walk = WALKS.get(kind)
    fault, detail = None, ""
    if kind != "JPEG" and getattr(image, "n_frames", 1) > 1:
        fault = Fault.ANIMATED
    elif walk is None:
        fault, detail = Fault.UNSUPPORTED, kind
    elif width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        fault, detail = Fault.TOO_LARGE, f"{width} × {height}"
    elif image.mode == "CMYK":
        fault = Fault.PRINT_COLOURS
    elif problem := _problem(image, kind, data):
        fault, detail = Fault.UNREADABLE, problem
    if image.getexif().get(_ORIENTATION) in _TURNED:
        width, height = height, width
    form = Form.TRANSPARENT if image.has_transparency_data else Form.OPAQUE
    return Inspection(width, height, form, kind == "PNG", fault, detail)


def _problem(image: Image.Image, kind: str, data: bytes) -> str:
    """Say what is damaged, as far as can be told without decoding."""
    try:
        for _ in WALKS[kind](data):
            pass
    except ValueError as error:
        return f"the file is {error}"
    if profile := image.info.get("icc_profile"):
        try:
            ImageCms.ImageCmsProfile(io.BytesIO(profile))
        except OSError:
            return "its colour profile is damaged"
    return ""
