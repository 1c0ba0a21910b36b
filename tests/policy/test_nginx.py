"""A real nginx with the emitted configuration answers every address as the policy says."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest

from tests.servers.asking import ask
from wellsourced.policy import serving
from wellsourced.policy.caching import IMMUTABLE, NEVER, SHORT
from wellsourced.policy.hosts import nginx
from wellsourced.policy.serving import Serving

from .served import MOVED, PAGES, Served, start


def test_each_file_has_the_headers_of_the_policy(small: Served) -> None:
    for key in small.site.keys:
        if key in ("404.html", ".hidden/notes.txt"):
            continue
        answer = small.get(serving.address(key), x_forwarded_proto="https")
        assert answer.status == 200, key
        assert answer.body == (small.root / key).read_bytes()
        for name, value in small.site.headers(key).items():
            assert answer.headers.get(name.lower()) == value, (key, name)


def test_each_file_of_the_shipped_site_has_them_too(served: str, site: Path) -> None:
    shipped = serving.read(site)
    assert len(shipped.keys) > 20
    for key in shipped.keys:
        if key == "404.html":
            continue
        answer = ask(served, serving.address(key), {"x-forwarded-proto": "https"}, "HEAD")
        expected = {n.lower(): v for n, v in shipped.headers(key).items()}
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


def test_a_site_without_a_404_page_still_answers(tmp_path: Path) -> None:
    _, server = start(tmp_path, {"index.html": PAGES["index.html"]})
    with server:
        assert ask(server.origin, "/missing/").status == 404


def test_a_header_that_nginx_would_refuse_is_named() -> None:
    with pytest.raises(ValueError, match="cannot send a header of 50"):
        nginx.emit(Serving((), "x" * 5000))


def test_the_same_site_gives_the_same_files(small: Served) -> None:
    assert nginx.emit(small.site) == nginx.emit(serving.read(small.root, MOVED))
