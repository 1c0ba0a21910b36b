"""A real nginx with the emitted configuration answers every address as the policy says."""

from __future__ import annotations

import gzip
import os
import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest

from tests.conftest import require
from tests.servers.asking import Answer, ask
from tests.servers.nginx import Nginx, precompress, put
from wellsourced.policy import headers, serving
from wellsourced.policy.caching import IMMUTABLE, NEVER, SHORT
from wellsourced.policy.hosts import nginx
from wellsourced.policy.serving import Serving

DOSE = "<!doctype html><title>Dose</title><style>p{{margin:0}}</style><p>Take {dose} at night.</p>"
PAGES = {
    "index.html": DOSE.format(dose="nothing") * 20,
    "404.html": "<!doctype html><title>Not found</title>" * 20,
    "articles/x/index.html": DOSE.format(dose="10 mg") * 20,
    "articles/x/references.bib": "@misc{a}" * 40,
    "search/index.html": DOSE.format(dose="a word") * 20,
    "assets/site.0a1b2c3d.js": "'use strict';" * 20,
    "assets/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "feeds/atom.xml": "<feed xmlns='http://www.w3.org/2005/Atom'/>" * 20,
    "pagefind/pagefind.js": "'use strict';" * 20,
    "pagefind/index/en_a0afede.pf_index": "index",
    ".well-known/security.txt": "Contact: https://wellsourced.example/contact/",
    ".hidden/notes.txt": "not for readers",
}
MOVED = {"/articles/old/": "/articles/x/"}
EVERY = {"accept-encoding": "br, gzip"}


@dataclass(frozen=True, slots=True)
class Served:
    """A served site: the folder that nginx reads and the origin that it answers at."""

    root: Path
    origin: str
    site: Serving

    def get(self, target: str, method: str = "GET", **named: str) -> Answer:
        """Ask for `target`; `if_range` is sent as If-Range."""
        sent = {name.replace("_", "-"): value for name, value in named.items()}
        return ask(self.origin, target, sent, method)


def start(folder: Path, files: dict[str, str], *, preview: bool = False) -> tuple[Path, Nginx]:
    """Write files under `folder`/root, compressed ahead, and make the server for them."""
    require(Nginx.program(), "nginx")
    require(Nginx.brotli_module(), "nginx's brotli_static module")
    root = folder / "root"
    for key, text in files.items():
        path = root / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    site = serving.read(root, MOVED, preview=preview)
    precompress(root)
    return root, Nginx(root, folder, site)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root, server = start(tmp_path_factory.mktemp("small"), PAGES)
    with server:
        yield Served(root, server.origin, serving.read(root, MOVED))


def test_each_file_has_the_headers_of_the_policy(small: Served) -> None:
    for key in small.site.keys:
        if key in ("404.html", ".hidden/notes.txt"):
            continue
        answer = small.get(serving.address(key), x_forwarded_proto="https")
        assert answer.status == 200, key
        assert answer.body == (small.root / key).read_bytes()
        for name, value in headers(key, small.site.csp).items():
            assert answer.headers.get(name.lower()) == value, (key, name)


def test_each_file_of_the_shipped_site_has_them_too(served: str, site: Path) -> None:
    shipped = serving.read(site)
    assert len(shipped.keys) > 20
    for key in shipped.keys:
        if key == "404.html":
            continue
        answer = ask(served, serving.address(key), {"x-forwarded-proto": "https"}, "HEAD")
        expected = {n.lower(): v for n, v in headers(key, shipped.csp).items()}
        assert answer.status == 200, key
        assert {name: answer.headers.get(name) for name in expected} == expected, key


def test_plain_http_promises_no_https(small: Served) -> None:
    assert "strict-transport-security" not in small.get("/").headers


def test_a_preview_is_noindex_and_a_release_is_not(small: Served, tmp_path: Path) -> None:
    assert "x-robots-tag" not in small.get("/").headers
    root, server = start(tmp_path, PAGES, preview=True)
    with server:
        preview = Served(root, server.origin, small.site)
        for target in ("/", "/articles/x/references.bib", "/no/such/page/"):
            assert preview.get(target).headers["x-robots-tag"] == "noindex, nofollow"


@pytest.mark.parametrize(
    ("coding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_what_was_compressed_ahead_is_sent(small: Served, coding: str, unpack: object) -> None:
    assert callable(unpack)
    for target, key in (("/articles/x/", "articles/x/index.html"), ("/feeds/atom.xml",) * 2):
        plain, packed = small.get(target), small.get(target, accept_encoding=coding)
        assert packed.headers["content-encoding"] == coding
        assert unpack(packed.body) == plain.body == (small.root / key.lstrip("/")).read_bytes()
        assert packed.headers["content-type"] == plain.headers["content-type"]
        assert packed.headers["etag"] != plain.headers["etag"]
        assert "accept-encoding" in packed.headers["vary"].lower()
        assert "accept-encoding" in plain.headers["vary"].lower()


def test_brotli_goes_before_gzip(small: Served) -> None:
    assert small.get("/", accept_encoding="gzip, br").headers["content-encoding"] == "br"


def test_what_cannot_shrink_is_sent_as_it_is(small: Served) -> None:
    answer = small.get("/pagefind/index/en_a0afede.pf_index", accept_encoding="br, gzip")
    assert "content-encoding" not in answer.headers
    assert answer.body == b"index"


@pytest.mark.parametrize(
    ("target", "to"),
    [
        ("/articles/x", "/articles/x/"),
        ("/articles/x?from=feed", "/articles/x/?from=feed"),
        ("/articles/x/index.html", "/articles/x/"),
        ("/index.html", "/"),
        ("/index.html?a=1", "/?a=1"),
        ("//articles/x/", "/articles/x/"),
        ("/articles//x/", "/articles/x/"),
        ("/articles/old/", "/articles/x/"),
        ("/articles/old", "/articles/x/"),
        ("/articles/old/index.html", "/articles/x/"),
        ("/articles/old/?a=1", "/articles/x/?a=1"),
    ],
)
def test_a_page_has_one_address(small: Served, target: str, to: str) -> None:
    answer = small.get(target)
    assert (answer.status, answer.headers["location"]) == (301, to)
    assert answer.headers["cache-control"] == SHORT
    assert small.get(to).status == 200


@pytest.mark.parametrize(
    "target",
    [
        "//elsewhere.example/%2e%2e",
        "//elsewhere.example",
        "/\\elsewhere.example//",
        "/%5C/elsewhere.example//x",
        "/articles/x%0d%0aSet-Cookie:%20a=1",
        "/articles/x/%0aindex.html",
        "/articles/x%0d%0aSet-Cookie:%20a=1/index.html",
    ],
)
def test_no_address_leads_away_or_adds_a_header(small: Served, target: str) -> None:
    answer = small.get(target)
    location = answer.headers.get("location", "/")
    assert location.startswith("/")
    assert location[1:2] not in ("/", "\\")
    assert urlsplit(location).netloc == ""
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "target",
    [
        "/no-such-page",
        "/no-such-page/",
        "/articles/",
        "/assets/",
        "/404.html",
        "/assets/site.ffffffff.js",
        "/pagefind/index/en_0000000.pf_index",
        "/articles/x/index.html.br",
        "/articles/x/index.html.gz",
        "/.hidden/notes.txt",
        "/feeds/rss.xml",
        "/ARTICLES/X/",
    ],
)
def test_what_is_missing_is_404_and_not_kept(small: Served, target: str) -> None:
    answer = small.get(target)
    assert answer.status == 404
    assert answer.body == (small.root / "404.html").read_bytes()
    assert answer.headers["cache-control"] == NEVER
    assert answer.headers["content-security-policy"] == small.site.csp
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_an_asset_that_exists_is_kept_for_a_year(small: Served) -> None:
    assert small.get("/assets/site.0a1b2c3d.js").headers["cache-control"] == IMMUTABLE


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_but_reading_is_allowed(small: Served, method: str) -> None:
    answer = small.get("/articles/x/", method)
    assert answer.status == 405
    assert answer.headers["cache-control"] == NEVER


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


def test_a_site_without_a_404_page_still_answers(tmp_path: Path) -> None:
    _, server = start(tmp_path, {"index.html": PAGES["index.html"]})
    with server:
        assert ask(server.origin, "/missing/").status == 404


def test_a_header_that_nginx_would_refuse_is_named() -> None:
    with pytest.raises(ValueError, match="cannot send a header of 50"):
        nginx.emit(Serving((), "x" * 5000))


def test_the_same_site_gives_the_same_files(small: Served) -> None:
    assert nginx.emit(small.site) == nginx.emit(serving.read(small.root, MOVED))


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
