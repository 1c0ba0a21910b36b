"""A picture is known by its bytes, and what cannot be published is told apart."""

from __future__ import annotations

import io
import random
import tracemalloc

import pytest
from PIL import Image

from wellsourced.imaging.inspection import Fault, Form, inspect

from .samples import photograph, saved, telling

KINDS = ("PNG", "JPEG", "WEBP")


@pytest.mark.parametrize("kind", KINDS)
def test_a_sound_picture_is_known_whatever_its_file_is_called(kind: str) -> None:
    seen = inspect(saved(photograph(), kind), ".png")
    assert (seen.width, seen.height, seen.form, seen.fault) == (64, 48, Form.OPAQUE, None)
    assert seen.lossless is (kind == "PNG")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_its_size_is_the_one_it_is_shown_in(orientation: int) -> None:
    seen = inspect(telling(photograph(), "JPEG", orientation), ".jpg")
    assert (seen.width, seen.height) == ((48, 64) if orientation > 4 else (64, 48))


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA"])
def test_transparency_is_seen(mode: str) -> None:
    image = photograph(mode="RGBA")
    data = saved(image.convert(mode) if mode != "PA" else image.quantize(), "PNG")
    assert inspect(data, ".png").form is Form.TRANSPARENT


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_cut_short_anywhere_is_unreadable(kind: str) -> None:
    data = saved(photograph(), kind)
    for length in range(0, len(data) - 1, 7):
        assert inspect(data[:length], ".png").fault is Fault.UNREADABLE, length


def test_a_thumbnail_inside_does_not_stand_for_the_end() -> None:
    data = telling(photograph(), "JPEG")
    within = data[:2] + b"\xff\xe9\x00\x06\xff\xd8\xff\xd9" + data[2:-2]
    assert inspect(within, ".jpg").fault is Fault.UNREADABLE


def test_a_damaged_png_is_told_by_its_checksums() -> None:
    data = bytearray(saved(photograph(), "PNG"))
    data[len(data) // 2] ^= 1
    assert inspect(bytes(data), ".png").fault is Fault.UNREADABLE


@pytest.mark.parametrize("kind", KINDS)
def test_noise_in_a_file_never_breaks_the_inspection(kind: str) -> None:
    source, chance = saved(photograph(), kind), random.Random(4)
    for _ in range(300):
        data = bytearray(source)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        inspect(bytes(data), ".png")


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "AVIF"])
def test_movement_is_refused(kind: str) -> None:
    frames = [photograph(), photograph().rotate(90)]
    data = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
    assert inspect(data, ".png").fault is Fault.ANIMATED


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "AVIF"])
def test_other_kinds_are_refused_by_name(kind: str) -> None:
    seen = inspect(saved(photograph(), kind), ".png")
    assert (seen.fault, seen.detail) == (Fault.UNSUPPORTED, kind)


def test_the_second_picture_of_a_camera_is_no_animation() -> None:
    data = saved(photograph(), "MPO", save_all=True, append_images=[photograph(16, 16)])
    seen = inspect(data, ".jpg")
    assert (seen.width, seen.fault) == (64, None)


def test_colours_of_a_printing_press_are_refused() -> None:
    assert inspect(saved(photograph(mode="CMYK"), "JPEG"), ".jpg").fault is Fault.PRINT_COLOURS


def test_a_damaged_colour_profile_is_told() -> None:
    seen = inspect(saved(photograph(), "PNG", icc_profile=b"none"), ".png")
    assert (seen.fault, seen.detail) == (Fault.UNREADABLE, "its colour profile is damaged")


@pytest.mark.parametrize("size", [(16_384, 1), (9_000, 9_000), (30_000, 30_000)])
def test_a_bomb_is_refused_without_being_unfolded(size: tuple[int, int]) -> None:
    data = saved(Image.new("1", size), "PNG")
    tracemalloc.start()
    seen = inspect(data, ".png")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seen.fault is Fault.TOO_LARGE
    assert peak < 20_000_000


def test_pillow_opens_what_we_call_sound() -> None:
    for kind in KINDS:
        with Image.open(io.BytesIO(saved(photograph(), kind))) as image:
            assert image.format == kind
