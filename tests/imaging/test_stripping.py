"""A picture to download keeps its pixels and loses what it tells of its maker."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from wellsourced.imaging.inspection import inspect
from wellsourced.imaging.stripping import strip

from .samples import PLACE, display_p3, photograph, saved, telling

KINDS = ("PNG", "JPEG", "WEBP")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("orientation", [1, 6])
def test_metadata_go_and_pixels_stay(kind: str, orientation: int) -> None:
    data = telling(photograph(), kind, orientation, icc_profile=display_p3())
    lean = strip(data)
    assert PLACE not in lean
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(lean))
    assert before.tobytes() == after.tobytes()
    assert before.info["icc_profile"] == after.info["icc_profile"]
    expected = {0x0112: orientation} if kind == "JPEG" and orientation > 1 else {}
    assert dict(after.getexif()) == expected
    assert not {"xmp", "comment", "Location"} & after.info.keys()
    assert inspect(lean, ".x").fault is None
    assert strip(lean) == lean


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_without_any_is_left_as_it_is(kind: str) -> None:
    data = saved(photograph(mode="RGB"), kind)
    assert strip(data) == data


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF"])
def test_what_cannot_be_stripped_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"no |cut short"):
        strip(data)
