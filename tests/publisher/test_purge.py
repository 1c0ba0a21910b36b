"""Which addresses a cache must forget, and how a purger is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.publisher.sites import pages, site
from tests.servers.program import free_port
from wellsourced.publisher import purge
from wellsourced.publisher.problems import ConfigurationError, TransportError


def test_changed_new_and_vanished_addresses_with_their_aliases(tmp_path: Path) -> None:
    before, after = pages("navy", 1), pages("navy", 1)
    after["articles/a0/index.html"] += b" "
    after["index.html"] += b" "
    after["about.html"] = b""
    del after["images/needle.svg"]
    after["images/ü 1.svg"] = b""
    old, new = site(tmp_path / "a", before).manifest, site(tmp_path / "b", after).manifest
    assert purge.addresses(new, [old]) == (
        "/",
        "/about",
        "/about.html",
        "/articles/a0",
        "/articles/a0/",
        "/articles/a0/index.html",
        "/images/%C3%BC%201.svg",
        "/images/needle.svg",
        "/index.html",
    )
    assert purge.addresses(new, [new]) == ()
    assert purge.addresses(new, [new, old]) == purge.addresses(new, [old])
    assert purge.addresses(new, [None]) == ("/*",)


class Told(HTTPServer):
    """A purger that notes what it is told."""

    requests: list[tuple[str, str, bytes]]
    status = 200


class Noting(BaseHTTPRequestHandler):
    """Note a request."""

    server: Told

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.server.requests.append((self.command, self.path, self.rfile.read(length)))
        self.send_response(self.server.status)
        self.end_headers()

    do_PURGE = do_POST  # noqa: N815 - the name that http.server looks for

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def told() -> Iterator[Told]:
    """Start a purger on loopback."""
    server = Told(("127.0.0.1", 0), Noting)
    server.requests = []
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def tell(setting: str) -> None:
    purger = purge.purger(setting)
    assert purger
    purger(["/", "/articles/x/"])


def test_a_hook_is_sent_json(told: Told) -> None:
    tell(f"http://127.0.0.1:{told.server_port}/hook?site=1")
    [(method, path, body)] = told.requests
    assert (method, path) == ("POST", "/hook?site=1")
    assert json.loads(body) == {"addresses": ["/", "/articles/x/"]}


def test_varnish_is_sent_a_purge_of_each(told: Told) -> None:
    tell(f"purge+http://127.0.0.1:{told.server_port}/")
    assert [request[:2] for request in told.requests] == [("PURGE", "/"), ("PURGE", "/articles/x/")]


def test_a_purger_that_fails(told: Told) -> None:
    told.status = 500
    for setting in (
        f"http://127.0.0.1:{told.server_port}/",
        f"purge+http://127.0.0.1:{told.server_port}",
        f"http://127.0.0.1:{free_port()}/",
        "false",
    ):
        with pytest.raises(TransportError, match="WELLSOURCED_PURGE"):
            tell(setting)


def test_a_purger_that_is_none() -> None:
    assert purge.purger(" ") is None
    with pytest.raises(ConfigurationError, match="names no command: no-such-command"):
        tell("no-such-command --now")
