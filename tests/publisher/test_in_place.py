"""Publishing over what is there: the order in which a reader may meet it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.publisher.model import Killed, Killing, Memory, Watched
from tests.publisher.sites import EVERYTHING, pages, run, site, two
from wellsourced.publisher import in_place, publishing
from wellsourced.publisher.audited import Audited
from wellsourced.publisher.problems import GuardError, LostRaceError
from wellsourced.publisher.targets.directory import Directory

_SHEET = re.compile(rb'href="/(assets/[^"]+)"')


def served(target: Memory) -> dict[str, bytes]:
    return {k: s.data for k, (s, _) in target.objects.items() if k != in_place.STATE}


def contents(one: Audited) -> dict[str, bytes]:
    return {key: one.read(key) for key in one.files}


def no_page_lacks_its_sheet(target: Memory) -> None:
    there = served(target)
    for data in there.values():
        for sheet in _SHEET.findall(data):
            assert sheet.decode() in there


def test_pages_never_lack_what_they_name(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    target = Memory()
    run(in_place.publish(target, old, EVERYTHING))
    watched = Watched(target, lambda: no_page_lacks_its_sheet(target))
    done = run(in_place.publish(watched, new, EVERYTHING))
    assert done.sent == len(new.files) - 8
    assert done.removed == 1
    # The old style sheet stays for the pages that readers have open, until the next release.
    [sheet] = served(target).keys() - contents(new).keys()
    assert sheet.startswith("assets/")
    run(in_place.publish(target, new, EVERYTHING))
    assert sheet in served(target)
    run(in_place.publish(target, site(tmp_path / "next", pages("green")), EVERYTHING))
    assert sheet not in served(target)


@pytest.mark.parametrize("carried_out", [False, True])
def test_killed_at_every_request(tmp_path: Path, carried_out: bool) -> None:
    old, new = two(tmp_path)
    counting = Memory()
    run(in_place.publish(counting, old, EVERYTHING))
    killing = Killing(counting, 10**9)
    run(in_place.publish(killing, new, EVERYTHING))
    for at in range(1, killing.requests + 1):
        target = Memory()
        run(in_place.publish(target, old, EVERYTHING))
        with pytest.raises(Killed):
            run(in_place.publish(Killing(target, at, carried_out=carried_out), new, EVERYTHING))
        no_page_lacks_its_sheet(target)
        run(in_place.publish(target, new, EVERYTHING))
        no_page_lacks_its_sheet(target)
        there = served(target)
        assert contents(new).items() <= there.items()
        assert [k for k in there if k not in new.files] == [k for k in old.files if "/site." in k]


def test_the_order(tmp_path: Path) -> None:
    one = site(tmp_path, pages("navy", 1) | {"articles/index.html": b"", "about/index.html": b""})
    groups = in_place.in_order(one.files, one.files)
    sheet = next(key for key in one.files if key.startswith("assets/"))
    assert groups == (
        ("articles/a0/references.json", sheet, "images/needle.svg"),
        ("404.html", "about/index.html", "articles/a0/index.html"),
        ("articles/index.html",),
        ("feeds/atom.xml", "index.html", "robots.txt"),
    )


def test_a_corrupt_page_is_sent_again(tmp_path: Path) -> None:
    old, _ = two(tmp_path)
    target = Memory()
    run(in_place.publish(target, old, EVERYTHING))
    run(target.put("index.html", b"bad", {}))
    assert run(in_place.publish(target, old, EVERYTHING)).sent == 1
    assert served(target) == contents(old)


def test_two_at_once(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    other = site(tmp_path / "other", pages("green"))
    target = Memory()
    run(in_place.publish(target, old, EVERYTHING))

    class Late(Watched):
        async def before(self, method: str, arguments: tuple[Any, ...]) -> None:
            if method == "put" and arguments[0] == in_place.STATE:
                await in_place.publish(target, other, EVERYTHING)

    with pytest.raises(LostRaceError, match="published in place"):
        run(in_place.publish(Late(target, lambda: None), new, EVERYTHING))


def test_not_beside_releases(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    target = Memory()
    run(publishing.publish(target, old, EVERYTHING))
    with pytest.raises(GuardError, match="holds releases"):
        run(in_place.publish(target, new, EVERYTHING))


def test_into_a_folder(tmp_path: Path) -> None:
    old, new = two(tmp_path / "built")
    root = tmp_path / "served"
    for one in (old, new, old, new):
        run(in_place.publish(Directory(str(root)), one, EVERYTHING))
    there = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and path.name not in (".lock", in_place.STATE)
    }
    sheet = next(key for key in old.files if key.startswith("assets/"))
    assert there == contents(new) | {sheet: old.read(sheet)}
