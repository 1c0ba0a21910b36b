"""Pictures reach readers upright, in sRGB, in every width, and with nothing hidden in them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageStat

from wellsourced.imaging import variants
from wellsourced.imaging.encoding import EncodingError, decode, encode
from wellsourced.imaging.inspection import Form, inspect
from wellsourced.imaging.variants import Plan, widths

from .samples import PLACE, display_p3, photograph, saved, telling

KINDS = ("PNG", "JPEG", "WEBP")


def plan_of(data: bytes, name: str = "needle.png") -> Plan:
    seen = inspect(data, Path(name).suffix)
    assert seen.form
    return variants.plan(name, seen.width, seen.height, seen.form, variants.fingerprint(data))


def encoded(data: bytes) -> dict[str, bytes]:
    """Map width and suffix, as in 360.avif, to the file's bytes."""
    seen = inspect(data, ".png")
    files = encode(data, plan_of(data).files, seen.lossless)
    return {f"{variant.width}.{variant.suffix}": made for variant, made in files}


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def colour(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    """Give the mean colour around a point, in shares of width and height."""
    left, top = int(image.width * x), int(image.height * y)
    box = (max(left - 2, 0), max(top - 2, 0), left + 2, top + 2)
    return tuple(round(one) for one in ImageStat.Stat(image.convert("RGB").crop(box)).mean)


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_decodes_in_the_size_it_is_announced_in(kind: str) -> None:
    data = saved(photograph(800, 600), kind)
    files = encoded(data)
    assert set(files) == {"360.avif", "800.avif", "360.webp", "800.webp", "800.jpg"}
    for variant in plan_of(data).files:
        image = opened(files[f"{variant.width}.{variant.suffix}"])
        image.load()
        assert image.size == (variant.width, variant.height)
        assert image.format == {"jpg": "JPEG"}.get(variant.suffix, variant.suffix.upper())


@pytest.mark.parametrize(
    ("width", "wanted"),
    [
        (5000, (360, 720, 1080, 1440)),
        (1440, (360, 720, 1080, 1440)),
        (1100, (360, 720, 1100)),
        (720, (360, 720)),
        (361, (361,)),
        (90, (90,)),
    ],
)
def test_no_width_is_above_the_sources_own(width: int, wanted: tuple[int, ...]) -> None:
    assert widths(width) == wanted


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_stands_upright(kind: str, orientation: int) -> None:
    turns = {
        1: lambda i: i, 2: lambda i: i.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        3: lambda i: i.rotate(180), 4: lambda i: i.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
        5: lambda i: i.transpose(Image.Transpose.TRANSPOSE),
        6: lambda i: i.rotate(90, expand=True),
        7: lambda i: i.transpose(Image.Transpose.TRANSVERSE),
        8: lambda i: i.rotate(270, expand=True),
    }  # fmt: skip
    data = telling(turns[orientation](photograph()), kind, orientation)
    for name, file in encoded(data).items():
        image = opened(file)
        assert image.size == (64, 48), name
        red, green, blue = colour(image, 0.2, 0.2)
        assert red > 150 > max(green, blue), name
        assert max(colour(image, 0.8, 0.2)) - min(colour(image, 0.8, 0.2)) < 40, name


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_tells_where_a_photograph_was_taken(kind: str) -> None:
    data = telling(photograph(), kind, icc_profile=display_p3())
    assert PLACE in data or kind == "PNG"
    for name, file in encoded(data).items():
        image = opened(file)
        assert PLACE not in file, name
        assert not dict(image.getexif()), name
        assert not {"exif", "xmp", "icc_profile", "comment", "Location"} & image.info.keys(), name


def test_colours_of_another_profile_are_brought_to_srgb() -> None:
    data = saved(Image.new("RGB", (40, 40), (200, 30, 30)), "PNG", icc_profile=display_p3())
    red, green, _ = decode(data).getpixel((5, 5))  # type: ignore[misc]
    assert green > 150 > red, "its red is green in sRGB"


def test_grey_beside_a_profile_of_colours_stays_grey() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(Image.new("L", (4, 4), 128), "PNG", icc_profile=srgb)
    assert all(abs(one - 128) < 3 for one in decode(data).getpixel((1, 1)))  # type: ignore[union-attr]


def test_sixteen_bits_are_scaled_and_not_cut() -> None:
    data = saved(Image.new("I;16", (8, 8), 40_000), "PNG")
    assert decode(data).getpixel((1, 1)) == (156, 156, 156)


def test_transparency_stays_and_does_not_bleed() -> None:
    image = Image.new("RGBA", (800, 400), (0, 255, 0, 0))
    image.paste((200, 0, 0, 255), (0, 0, 400, 400))
    files = encoded(saved(image, "PNG"))
    assert set(files) == {"360.avif", "800.avif", "360.webp", "800.webp", "800.png"}
    for name, file in files.items():
        pixels = opened(file).convert("RGBA")
        assert pixels.getpixel((pixels.width - 5, 5))[3] < 20, name
        red, green, _, alpha = pixels.getpixel((pixels.width // 2 - 4, 20))
        assert alpha > 235, name
        assert green < 40 < red, f"{name}: the green of what cannot be seen bleeds"


def test_an_alpha_channel_that_hides_nothing_is_left_out() -> None:
    assert decode(saved(photograph(mode="RGBA"), "PNG")).mode == "RGB"
    assert inspect(saved(photograph(mode="RGBA"), "PNG"), ".png").form is Form.TRANSPARENT


def test_a_diagram_keeps_its_edges() -> None:
    image = Image.new("RGB", (400, 300), "white")
    image.paste((200, 0, 0), (100, 100, 101, 200))
    files = encoded(saved(image, "PNG"))
    red, green, _ = opened(files["400.webp"]).convert("RGB").getpixel((100, 150))  # type: ignore[misc]
    assert (red, green) == (200, 0)


def test_the_same_bytes_give_the_same_bytes() -> None:
    data = saved(photograph(500, 400), "JPEG")
    assert encoded(data) == encoded(data)


def test_damage_that_the_header_hides_is_told() -> None:
    data = saved(photograph(), "PNG")
    with pytest.raises(EncodingError):
        decode(data[: len(data) // 2])
