"""nginx tells a reader that nothing changed only when nothing did, releases included."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path
from urllib.parse import urlsplit

from tests.conftest import require
from tests.servers.asking import ask
from tests.servers.nginx import Nginx, precompress, put
from wellsourced.policy import serving
from wellsourced.policy.caching import IMMUTABLE, SHORT

from .served import DOSE, PAGES, Served, start


def test_a_reader_who_has_the_page_is_told_so(small: Served) -> None:
    for coding in ({}, {"accept_encoding": "br"}, {"accept_encoding": "gzip"}):
        first = small.get("/articles/x/", **coding)
        assert "last-modified" not in first.headers
        again = small.get("/articles/x/", if_none_match=first.headers["etag"], **coding)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        assert again.headers["cache-control"] == SHORT


def test_a_time_alone_never_says_unchanged(small: Served) -> None:
    answer = small.get("/articles/x/", if_modified_since="Sat, 01 Jan 2050 00:00:00 GMT")
    assert answer.status == 200


def test_a_part_of_a_file_can_be_had(small: Served) -> None:
    whole = small.get("/articles/x/references.bib")
    part = small.get("/articles/x/references.bib", range="bytes=8-15")
    assert part.status == 206
    assert part.body == whole.body[8:16]
    assert part.headers["content-range"] == f"bytes 8-15/{len(whole.body)}"
    fresh = small.get(
        "/articles/x/references.bib", range="bytes=8-15", if_range=whole.headers["etag"]
    )
    assert fresh.status == 206
    stale = small.get("/articles/x/references.bib", range="bytes=8-15", if_range='"other"')
    assert (stale.status, stale.body) == (200, whole.body)
    assert small.get("/articles/x/references.bib", range="bytes=99999-").status == 416


def swap(folder: Path, old: str, new: str, *, follow: bool) -> list[int]:
    """Change a page for one of equal size under a running server; give each coding's answer.

    The statuses are those that a reader gets who asks again with the ETag of the old page.
    Without `follow` every file keeps the normalised time that a reproducible build gives.
    """
    root, server = start(folder, PAGES | {"articles/x/index.html": old})
    codings = ({}, {"accept_encoding": "br"}, {"accept_encoding": "gzip"})
    with server:
        served = Served(root, server.origin, serving.read(root))
        if not follow:
            normalise(root)
        tags = [served.get("/articles/x/", **coding).headers["etag"] for coding in codings]
        put(root / "articles/x/index.html", new.encode())
        precompress(root / "articles")
        if not follow:
            normalise(root)
        return [
            served.get("/articles/x/", if_none_match=tag, **coding).status
            for tag, coding in zip(tags, codings, strict=True)
        ]


def normalise(root: Path) -> None:
    """Give every file one time, as reproducible builds do."""
    for path in root.rglob("*"):
        os.utime(path, (1_795_478_400, 1_795_478_400))


def test_a_dose_changed_for_one_as_long_is_sent_again(tmp_path: Path) -> None:
    old, new = (DOSE.format(dose=dose) for dose in ("10 mg", "25 mg"))
    assert len(old) == len(new)
    assert swap(tmp_path, old, new, follow=True) == [200, 200, 200]


def test_normalised_times_would_hide_the_change(tmp_path: Path) -> None:
    old, new = (DOSE.format(dose=dose) for dose in ("10 mg", "25 mg"))
    assert swap(tmp_path, old, new, follow=False)[0] == 304


def test_a_switch_of_the_link_is_seen_by_the_next_reader(tmp_path: Path) -> None:
    """The folder that nginx serves may be a link that a release moves."""
    releases = tmp_path / "releases"
    for name, dose in (("one", "10 mg"), ("two", "25 mg")):
        folder = releases / name / "articles" / "x"
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(DOSE.format(dose=dose), "utf-8")
        precompress(releases / name)
    current = tmp_path / "current"
    current.symlink_to(releases / "one")
    require(Nginx.program(), "nginx")
    with Nginx(current, tmp_path) as server:
        first = ask(server.origin, "/articles/x/")
        assert b"10 mg" in first.body
        (tmp_path / "next").symlink_to(releases / "two")
        (tmp_path / "next").replace(current)
        second = ask(server.origin, "/articles/x/", {"If-None-Match": first.headers["etag"]})
        assert second.status == 200
        assert b"25 mg" in second.body


def test_a_page_opened_before_a_release_gets_what_it_was_made_with(tmp_path: Path) -> None:
    for name, asset in (("one", "site.0a1b2c3d.js"), ("two", "site.4e5f6a7b.js")):
        folder = tmp_path / "releases" / name
        (folder / "assets").mkdir(parents=True)
        (folder / "assets" / asset).write_text(f"'{name}';" * 20, "utf-8")
        (folder / f"only-in-{name}").mkdir()
        (folder / f"only-in-{name}" / "index.html").write_text(name, "utf-8")
        precompress(folder)
    (tmp_path / "current").symlink_to(tmp_path / "releases" / "two")
    (tmp_path / "previous").symlink_to(tmp_path / "releases" / "one")
    require(Nginx.program(), "nginx")
    with Nginx(tmp_path / "current", tmp_path) as server:
        for asset in ("site.0a1b2c3d.js", "site.4e5f6a7b.js"):
            answer = ask(server.origin, f"/assets/{asset}", {"accept-encoding": "br"})
            assert (answer.status, answer.headers["content-encoding"]) == (200, "br")
            assert answer.headers["cache-control"] == IMMUTABLE
        assert ask(server.origin, "/assets/site.ffffffff.js").status == 404
        assert ask(server.origin, "/only-in-two/").status == 200
        assert ask(server.origin, "/only-in-one/").status == 404


def test_a_half_sent_request_harms_nobody(small: Served) -> None:
    parts = urlsplit(small.origin)
    with socket.create_connection((str(parts.hostname), parts.port or 80)) as rude:
        rude.sendall(b"GET /articles/x/ HTTP/1.1\r\nHost")
    assert small.get("/").status == 200


def test_a_copy_of_the_root_serves_the_same(small: Served, tmp_path: Path) -> None:
    """Two machines with the same release answer with the same ETags."""
    copy = tmp_path / "copy"
    shutil.copytree(small.root, copy)
    precompress(copy)
    with Nginx(copy, tmp_path, small.site) as server:
        for target in ("/", "/articles/x/"):
            here, there = small.get(target), ask(server.origin, target)
            assert here.headers["etag"] == there.headers["etag"]
