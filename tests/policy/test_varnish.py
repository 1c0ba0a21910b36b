"""Varnish before nginx keeps Brotli, keeps pages, and forgets them when it is told to."""

from __future__ import annotations

import http.client
import shutil
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

from tests.conftest import require
from tests.servers.asking import Answer, ask
from tests.servers.nginx import Nginx, precompress, put
from tests.servers.varnish import Varnish
from wellsourced.policy.caching import NEVER
from wellsourced.publisher.purge import purger

from .served import DOSE, PAGES, start

pytestmark = pytest.mark.gate
PAGE = "articles/x/index.html"


class Chain:
    """nginx on a folder, and Varnish before it."""

    def __init__(self, root: Path, cache: Varnish) -> None:
        self.root, self.cache = root, cache

    def get(self, target: str, coding: str = "br", **named: str) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in named.items()}
        return ask(self.cache.origin, target, {"accept-encoding": coding, **sent})

    def change(self, dose: str) -> None:
        """Put a page of equal size in the old one's place."""
        put(self.root / PAGE, (DOSE.format(dose=dose) * 20).encode())
        precompress((self.root / PAGE).parent)

    def purge(self, *addresses: str) -> None:
        """Purge as the publisher does."""
        forget = purger(f"purge+{self.cache.origin}")
        assert forget
        forget(addresses)


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Chain]:
    require(Varnish.program(), "Varnish")
    require(shutil.which("cc") or shutil.which("gcc"), "a C compiler for Varnish")
    root, server = start(tmp_path, PAGES)
    with server, Varnish(server.origin, tmp_path) as cache:
        yield Chain(root, cache)


def was_kept(answer: Answer) -> bool:
    """Tell whether Varnish had the answer: then it names two transactions."""
    return len(answer.headers["x-varnish"].split()) == 2


def test_brotli_comes_through_and_is_kept(chain: Chain) -> None:
    stored = (chain.root / f"{PAGE}.br").read_bytes()
    first, second = chain.get("/articles/x/"), chain.get("/articles/x/", "gzip, deflate, br")
    assert not was_kept(first)
    assert was_kept(second)
    for answer in (first, second):
        assert answer.headers["content-encoding"] == "br"
        assert answer.body == stored


def test_readers_without_brotli_get_their_own_form(chain: Chain) -> None:
    chain.get("/articles/x/")
    assert chain.get("/articles/x/", "gzip").headers["content-encoding"] == "gzip"
    plain = chain.get("/articles/x/", "identity")
    assert "content-encoding" not in plain.headers
    assert plain.body == (chain.root / PAGE).read_bytes()


def test_a_purge_shows_the_new_dose_in_every_form(chain: Chain) -> None:
    for coding in ("br", "gzip", "identity"):
        chain.get("/articles/x/", coding)
    chain.change("seventy")
    assert b"seventy" not in chain.get("/articles/x/", "identity").body
    chain.purge("/articles/x/", "/articles/x", f"/{PAGE}")
    assert b"seventy" in chain.get("/articles/x/", "identity").body
    assert b"seventy" in brotli.decompress(chain.get("/articles/x/").body)
    assert not was_kept(chain.get("/articles/x/", "gzip"))


def test_everything_can_be_forgotten_at_once(chain: Chain) -> None:
    for target in ("/", "/articles/x/"):
        chain.get(target)
        assert was_kept(chain.get(target))
    chain.purge("/*")
    assert not was_kept(chain.get("/"))
    assert not was_kept(chain.get("/articles/x/"))


def test_what_is_missing_is_asked_for_again(chain: Chain) -> None:
    target = "/assets/later.0a1b2c3d.js"
    missing = chain.get(target)
    assert (missing.status, missing.headers["cache-control"]) == (404, NEVER)
    put(chain.root / target.lstrip("/"), b"'use strict'")
    assert chain.get(target).status == 200


def test_conditions_and_parts_work_on_kept_pages(chain: Chain) -> None:
    first = chain.get("/articles/x/references.bib", "identity")
    same = chain.get("/articles/x/references.bib", "identity", if_none_match=first.headers["etag"])
    assert (same.status, same.body) == (304, b"")
    part = chain.get("/articles/x/references.bib", "identity", range="bytes=8-15")
    assert (part.status, part.body) == (206, first.body[8:16])


def test_headers_come_through(chain: Chain) -> None:
    for _ in range(2):
        answer = chain.get("/articles/x/")
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_stranger_cannot_purge(chain: Chain) -> None:
    chain.get("/")
    stranger = http.client.HTTPConnection(
        "127.0.0.1", chain.cache.port, timeout=10, source_address=("127.0.0.2", 0)
    )
    stranger.request("PURGE", "/")
    assert stranger.getresponse().status == 405
    stranger.close()
    assert was_kept(chain.get("/"))


def test_with_its_own_gzip_brotli_would_be_lost(tmp_path: Path) -> None:
    """Shows why http_gzip_support is off."""
    require(Varnish.program(), "Varnish")
    root, server = start(tmp_path, PAGES)
    assert isinstance(server, Nginx)
    with server, Varnish(server.origin, tmp_path, gzip=True) as cache:
        assert (
            ask(cache.origin, "/", {"accept-encoding": "br"}).headers.get("content-encoding")
            != "br"
        )
    assert (root / "index.html.br").exists()
