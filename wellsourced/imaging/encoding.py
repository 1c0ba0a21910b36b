"""Encode a picture: turned upright, in sRGB, in its widths, with nothing but its pixels."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator

from PIL import Image, ImageCms, ImageOps

from wellsourced.imaging.variants import Variant

_SRGB = ImageCms.createProfile("sRGB")
_DEEP = ("I;16", "I;16B", "I;16L", "I;16N", "I")


class EncodingError(Exception):
    """A picture cannot be decoded: it is damaged where its header does not show it."""


def encode(
    data: bytes, variants: Iterable[Variant], lossless: bool
) -> Iterator[tuple[Variant, bytes]]:
    """Yield each variant's bytes; `lossless` says that the source lost nothing, as a PNG.

    The same bytes and encoders give the same bytes. No metadata are written: not where a
    photograph was taken, nor with what, nor by whom.

    Raises `EncodingError` when the picture cannot be decoded.
    """
    image = decode(data)
    for variant in variants:
        size = (variant.width, variant.height)
        resized = image if image.size == size else _resize(image, size)
        yield variant, _ENCODERS[variant.suffix](resized, lossless)


def decode(data: bytes) -> Image.Image:
    """Decode a picture to 8-bit sRGB, upright, with an alpha channel only if it needs one.

    The orientation is that of EXIF 2.32 § 4.6.4 A, tag 0x0112. A picture without a colour profile
    is taken for sRGB, as browsers do. Raises `EncodingError`.
    """
    try:
        with Image.open(io.BytesIO(data)) as opened:
            opened.load()
            image = ImageOps.exif_transpose(opened)
            profile = opened.info.get("icc_profile")
            image = _to_srgb(_to_eight_bits(image), profile)
    except Exception as error:  # Pillow raises whatever parsing damaged data runs into
        raise EncodingError(str(error)) from error
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    image.info.clear()
    return image


def _to_eight_bits(image: Image.Image) -> Image.Image:
    if image.mode in _DEEP:
        # Pillow clips on conversion (PNG's grey of 16 bits), so scale before.
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("RGB", "L") else image.convert("RGB")


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    wanted = "RGBA" if image.mode == "RGBA" else "RGB"
    if not profile:
        return image.convert(wanted)
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    space = str(source.profile.xcolor_space).strip()
    if space == "GRAY" and image.mode != "L":
        alpha = image.getchannel("A") if image.mode == "RGBA" else None
        converted = _to_srgb(image.convert("L"), profile)
        if alpha:
            converted.putalpha(alpha)
        return converted
    if space == "RGB":
        image = image.convert(wanted)
    transformed = ImageCms.profileToProfile(image, source, _SRGB, outputMode=wanted)
    assert transformed is not None
    return transformed


def _resize(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Make a picture smaller; the colour of what is wholly transparent must not bleed."""
    if image.mode != "RGBA":
        return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    weighted = image.convert("RGBa")
    return weighted.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0).convert("RGBA")


def _avif(image: Image.Image, lossless: bool) -> bytes:
    # 4:4:4 keeps the edges of coloured text; one thread, for bytes that do not depend on timing.
    sampling = "4:4:4" if lossless else "4:2:0"
    return _saved(
        image, "AVIF", quality=65 if lossless else 60, subsampling=sampling, speed=6, max_threads=1
    )


def _webp(image: Image.Image, lossless: bool) -> bytes:
    lossy = _saved(image, "WEBP", quality=85 if lossless else 78, method=4)
    if not lossless:
        return lossy
    whole = _saved(image, "WEBP", lossless=True, quality=75, method=4)
    return min(lossy, whole, key=len)


def _jpeg(image: Image.Image, lossless: bool) -> bytes:
    sampling = "4:4:4" if lossless else "4:2:0"
    return _saved(image, "JPEG", quality=80, optimize=True, progressive=True, subsampling=sampling)


def _png(image: Image.Image, lossless: bool) -> bytes:
    del lossless
    return _saved(image, "PNG", optimize=True)


_ENCODERS: dict[str, Callable[[Image.Image, bool], bytes]] = {
    "avif": _avif,
    "webp": _webp,
    "jpg": _jpeg,
    "png": _png,
}


def _saved(image: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()
