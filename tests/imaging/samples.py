"""Make pictures to test with: photographs with places in them, diagrams, broken files."""

from __future__ import annotations

import io

from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

PLACE = b"PLACE-OF-THE-PHOTOGRAPH"
_ORIENTATION, _MAKER, _GPS = 0x0112, 0x010F, 0x8825


def photograph(width: int = 64, height: int = 48, mode: str = "RGB") -> Image.Image:
    """Give a picture of many colours whose upper left quarter is red."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height // 2), fill=(220, 20, 20))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """Encode a picture as it is."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def telling(image: Image.Image, kind: str, orientation: int = 1, **options: object) -> bytes:
    """Encode a picture with all that cameras and editors write beside it."""
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    exif[_MAKER] = PLACE.decode()
    exif.get_ifd(_GPS)[29] = PLACE.decode()
    exif[_GPS] = {1: "N", 2: (47.0, 22.0, 0.0), 29: PLACE.decode()}
    if kind == "PNG":
        words = PngInfo()
        words.add_text("Location", PLACE.decode())
        words.add_itxt("XML:com.adobe.xmp", PLACE.decode())
        return saved(image, kind, exif=exif, pnginfo=words, **options)
    if kind == "JPEG":
        options["comment"] = PLACE
    return saved(image, kind, exif=exif, xmp=b"<x>" + PLACE + b"</x>", **options)


def display_p3() -> bytes:
    """Give an ICC profile of other primaries than sRGB's: red and green change places in it."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)
