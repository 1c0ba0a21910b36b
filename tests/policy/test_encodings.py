"""What is compressed ahead unpacks to the file, and is the same bytes each time."""

from __future__ import annotations

import gzip
import time

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellsourced.policy.encodings import variants

PAGE = b"<p>Take 10 mg at night.</p>\n" * 200


@given(st.binary(max_size=2000))
def test_variants_unpack_to_the_file_and_are_smaller(data: bytes) -> None:
    for coding, packed in variants(data).items():
        unpack = brotli.decompress if coding == "br" else gzip.decompress
        assert unpack(packed) == data
        assert len(packed) < len(data)


def test_a_page_has_both() -> None:
    assert set(variants(PAGE)) == {"br", "gzip"}


def test_an_empty_file_has_none() -> None:
    assert variants(b"") == {}


def test_time_and_system_leave_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    first = variants(PAGE)
    monkeypatch.setattr(time, "time", lambda: 1.0)
    assert variants(PAGE) == first
    assert first["gzip"][4:10] == b"\0\0\0\0\x02\xff"
