"""What was packed once is not packed again, and what is damaged is not taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publisher.sites import EVERYTHING, run, two
from wellsourced.policy import encodings
from wellsourced.publisher import publishing
from wellsourced.publisher.targets.directory import Directory
from wellsourced.publisher.targets.packed import Packed

PAGE = b"<p>" + b"needle and muscle, " * 100


@pytest.mark.parametrize("key", ["x.html", "tiny.html", "x.png"])
def test_it_gives_what_packing_gives(tmp_path: Path, key: str) -> None:
    data = b"<p>" if key == "tiny.html" else PAGE
    packed = Packed(tmp_path)
    for _ in range(2):
        assert packed.sidecars(key, data) == encodings.sidecars(key, data)
    assert bool(packed.sidecars(key, data)) == (key == "x.html")


def test_nothing_is_packed_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, _ = two(tmp_path / "built")
    pack = Packed(tmp_path / "packed").sidecars
    run(publishing.publish(Directory(str(tmp_path / "a"), pack), old, EVERYTHING))

    def never(data: bytes) -> dict[str, bytes]:
        raise AssertionError(data)

    monkeypatch.setattr(encodings, "variants", never)
    assert run(publishing.publish(Directory(str(tmp_path / "b"), pack), old, EVERYTHING)).sent
    packed = [path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*.br")]
    assert packed
    for path in packed:
        assert (tmp_path / "b" / path).read_bytes() == (tmp_path / "a" / path).read_bytes()


def test_what_is_damaged_is_packed_anew(tmp_path: Path) -> None:
    packed = Packed(tmp_path)
    wanted = packed.sidecars("x.html", PAGE)
    [entry] = tmp_path.iterdir()
    entry.write_bytes(entry.read_bytes()[:-1])
    assert packed.sidecars("y.html", PAGE) == {
        name.replace("x", "y"): data for name, data in wanted.items()
    }


def test_a_cache_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "packed").write_text("no folder")
    packed = Packed(tmp_path / "packed")
    assert packed.sidecars("x.html", PAGE) == encodings.sidecars("x.html", PAGE)
