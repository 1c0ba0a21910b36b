"""The folder that nginx serves: links, times, packed copies, and a disk that fails."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import brotli
import pytest

from tests.publisher.readers import crawl_folder
from tests.publisher.sites import EVERYTHING, pages, run, site, two
from wellsourced.publisher import publishing
from wellsourced.publisher.problems import ConfigurationError, TransportError
from wellsourced.publisher.targets import files, links
from wellsourced.publisher.targets.directory import Directory


def test_links_lead_to_the_current_and_the_previous_release(tmp_path: Path) -> None:
    old, new = two(tmp_path / "built")
    root = tmp_path / "served"
    for one in (old, new):
        run(publishing.publish(Directory(str(root)), one, EVERYTHING))
    assert os.readlink(root / "current") == f"releases/{new.manifest.release}"
    assert os.readlink(root / "previous") == f"releases/{old.manifest.release}"
    # A page that was open before asks for the style sheet that it names.
    sheet = next(key for key in old.files if key.startswith("assets/"))
    assert not (root / "current" / sheet).exists()
    assert (root / "previous" / sheet).read_bytes() == old.read(sheet)


def test_what_is_unchanged_is_one_file_on_the_disk(tmp_path: Path) -> None:
    old, new = two(tmp_path / "built")
    root = tmp_path / "served"
    for one in (old, new):
        run(publishing.publish(Directory(str(root)), one, EVERYTHING))
    for key, same in (("images/needle.svg", True), ("index.html", False)):
        inodes = {(root / link / key).stat().st_ino for link in links.LINKS}
        assert (len(inodes) == 1) is same


def test_times_follow_the_content_alone(tmp_path: Path) -> None:
    """nginx makes its tag of time and size: "10 mg" and "25 mg" must not share one."""
    first, second = pages("navy"), pages("navy")
    first["dose/index.html"] = b"<p>10 mg</p>"
    second["dose/index.html"] = b"<p>25 mg</p>"
    seen = []
    for name, files_ in (("a", first), ("b", second), ("c", first)):
        root = tmp_path / name
        run(
            publishing.publish(
                Directory(str(root)), site(tmp_path / f"s{name}", files_), EVERYTHING
            )
        )
        seen.append((root / "current/dose/index.html").stat().st_mtime_ns)
    assert seen[0] == seen[2]
    assert seen[0] != seen[1]


def test_pages_are_packed_ahead(tmp_path: Path) -> None:
    files_ = pages("navy") | {"index.html": b"<p>needle</p>" * 100}
    root = tmp_path / "served"
    one = site(tmp_path / "built", files_)
    run(publishing.publish(Directory(str(root)), one, EVERYTHING))
    packed = root / "current" / "index.html.br"
    assert brotli.decompress(packed.read_bytes()) == files_["index.html"]
    packed.write_bytes(brotli.compress(b"something else"))
    assert run(publishing.publish(Directory(str(root)), one, EVERYTHING)).sent == 1
    assert brotli.decompress(packed.read_bytes()) == files_["index.html"]


def test_a_full_disk_leaves_readers_what_they_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = two(tmp_path / "built")
    root = tmp_path / "served"
    target = Directory(str(root))
    run(publishing.publish(target, old, EVERYTHING))
    real, left = files.write_served, 5

    def full(path: Path, *rest: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        real(path, *rest)

    monkeypatch.setattr(files, "write_served", full)
    with pytest.raises(TransportError, match="No space left on device") as caught:
        run(publishing.publish(target, new, EVERYTHING))
    assert caught.value.status == 4
    assert crawl_folder(root, (old, new)) == old.manifest.release
    monkeypatch.undo()
    assert run(publishing.publish(target, new, EVERYTHING)).moved
    assert crawl_folder(root, (old, new)) == new.manifest.release


def test_a_crash_between_pointer_and_link_is_mended(tmp_path: Path) -> None:
    old, new = two(tmp_path / "built")
    root = tmp_path / "served"
    for one in (old, new):
        run(publishing.publish(Directory(str(root)), one, EVERYTHING))
    (root / "current").unlink()
    (root / "current").symlink_to(f"releases/{old.manifest.release}")
    assert run(publishing.publish(Directory(str(root)), new, EVERYTHING)).sent == 0
    assert crawl_folder(root, (old, new)) == new.manifest.release


@pytest.mark.parametrize("key", ["../x", "releases/../../x", "/etc/x", "a//b", "", "a/\0"])
def test_no_key_leads_out_of_the_folder(tmp_path: Path, key: str) -> None:
    target = Directory(str(tmp_path))
    with pytest.raises(ConfigurationError, match="cannot be the name of a file"):
        run(target.put(key, b"", {}))
    with pytest.raises(ConfigurationError, match="cannot be the name of a file"):
        run(target.get(key))


def test_a_folder_that_has_no_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is no folder"):
        run(Directory(str(tmp_path / "none" / "served")).prepare())
