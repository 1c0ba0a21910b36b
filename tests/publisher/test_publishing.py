"""A release goes out whole, once, and as it was audited."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.publisher.model import Around, Killed, Killing, Memory
from tests.publisher.readers import crawl_memory
from tests.publisher.sites import EVERYTHING, pages, run, site, two
from wellsourced.publisher import pointer, publishing
from wellsourced.publisher.problems import GuardError
from wellsourced.publisher.publishing import Options
from wellsourced.publisher.targets import Target
from wellsourced.publisher.targets.refusing import Refusing


class Noted(Around):
    """Note the keys of all that is written, and of all that is read or listed."""

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self.written: list[str] = []
        self.read: list[str] = []

    async def before(self, method: str, arguments: tuple[Any, ...]) -> None:
        """Note a key."""
        noted = self.written if method in ("prepare", "put", "copy", "delete") else self.read
        noted.append(str(arguments[-1 if method == "copy" else 0]) if arguments else method)


def test_one_changed_page_sends_that_page_the_manifest_and_the_pointer(tmp_path: Path) -> None:
    files = pages("navy")
    old = site(tmp_path / "old", files)
    new = site(tmp_path / "new", files | {"articles/a3/index.html": b"<p>mended</p>"})
    target = Memory()
    run(publishing.publish(target, old, EVERYTHING))
    noted = Noted(target)
    run(publishing.publish(noted, new, EVERYTHING))
    folder, manifest = (f"releases/{new.manifest.release}{end}" for end in ("/", ".json"))
    copied = [key for key in noted.written if key.startswith(folder)]
    assert len(copied) == len(files)
    sent = [key for key in noted.written if key not in copied]
    assert sent == ["prepare", manifest, "current.json", "current.json"]
    # Nothing is asked of each file: two listings, and the pages of the smoke test.
    before = ["current.json", f"releases/{old.manifest.release}.json", folder, folder]
    smoke = [folder + key for key in ("404.html", "feeds/atom.xml", "index.html")]
    assert noted.read == [*before, "current.json", *smoke]


def test_two_releases_one_after_the_other(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    target = Memory()
    first = run(publishing.publish(target, old, EVERYTHING))
    assert (first.moved, first.sent) == (True, len(old.files))
    assert crawl_memory(target, (old, new)) == old.manifest.release
    second = run(publishing.publish(target, new, EVERYTHING))
    assert second.moved
    # The drawing, robots.txt and the unchanged lists of references are copied there.
    assert second.sent == len(new.files) - 8
    assert crawl_memory(target, (old, new)) == new.manifest.release
    there = json.loads(target.objects["current.json"][0].data)
    assert there["previous"] == old.manifest.release
    assert there["sequence"] == 2
    assert there["purge_pending"] == []


def test_the_same_release_again_sends_nothing(tmp_path: Path) -> None:
    old, _ = two(tmp_path)
    target = Memory()
    run(publishing.publish(target, old, EVERYTHING))
    before = dict(target.objects)
    noted = Noted(target)
    outcome = run(publishing.publish(noted, old, EVERYTHING))
    assert (outcome.moved, outcome.sent) == (False, 0)
    assert noted.written == []
    assert target.objects == before


def test_a_killed_run_is_continued(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    target = Memory()
    run(publishing.publish(target, old, EVERYTHING))
    with pytest.raises(Killed):
        run(publishing.publish(Killing(target, 12), new, EVERYTHING))
    there = [key for key in target.objects if key.startswith(f"releases/{new.manifest.release}/")]
    assert there
    noted = Noted(target)
    run(publishing.publish(noted, new, EVERYTHING))
    assert not set(there) & set(noted.written)
    assert crawl_memory(target, (new,)) == new.manifest.release


def test_a_corrupt_object_is_found_and_sent_again(tmp_path: Path) -> None:
    old, _ = two(tmp_path)
    target = Memory()
    run(publishing.publish(target, old, EVERYTHING))
    key = f"releases/{old.manifest.release}/articles/a1/index.html"
    stored, _ = target.objects[key]
    run(target.put(key, stored.data.replace(b"1", b"2"), stored.headers))
    announced = []
    options = Options(announce=announced.append)
    assert run(publishing.publish(target, old, options)).sent == 1
    [plan] = announced
    assert [(u.key, str(u.reason)) for u in plan.uploads] == [("articles/a1/index.html", "damaged")]
    assert crawl_memory(target, (old,)) == old.manifest.release


def test_a_corrupt_original_is_not_copied_on(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    target = Memory()
    run(publishing.publish(target, old, EVERYTHING))
    key = f"releases/{old.manifest.release}/images/needle.svg"
    stored, _ = target.objects[key]
    run(target.put(key, b"<gvs/>", stored.headers))
    run(publishing.publish(target, new, EVERYTHING))
    assert crawl_memory(target, (new,)) == new.manifest.release


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    target = Memory()
    run(publishing.publish(target, old, EVERYTHING))
    before = dict(target.objects)
    found = run(publishing.look(Refusing(target), new, 1))
    assert target.objects == before
    assert found.plan.deletes == (
        "articles/a0/index.html",
        *sorted(k for k in old.files if "/site." in k),
    )


@pytest.mark.parametrize("key", ["index.html", "404.html", "feeds/atom.xml"])
def test_a_release_without_what_readers_need_is_refused(tmp_path: Path, key: str) -> None:
    files = pages("navy")
    del files[key]
    target = Memory()
    with pytest.raises(GuardError, match=key):
        run(publishing.publish(target, site(tmp_path, files), EVERYTHING))
    assert not target.objects


def test_more_than_a_fifth_may_not_go_at_once(tmp_path: Path) -> None:
    old = site(tmp_path / "old", pages("navy", 20))
    new = site(tmp_path / "new", pages("navy", 12))
    target = Memory()
    run(publishing.publish(target, old, Options()))
    before = dict(target.objects)
    with pytest.raises(
        GuardError, match=r"16 of 46 files would go \(35%\), more than 20%"
    ) as caught:
        run(publishing.publish(target, new, Options()))
    assert "--max-delete 35%" in caught.value.hint
    assert target.objects == before
    run(publishing.publish(target, new, Options(max_delete=0.35)))


def test_an_earlier_release_can_be_published_again(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    target = Memory()
    for one in (old, new, old):
        outcome = run(publishing.publish(target, one, EVERYTHING))
    assert outcome.sent == 0
    held = run(pointer.read(target))
    assert held
    assert held.pointer.release == old.manifest.release
    assert held.pointer.sequence == 3
