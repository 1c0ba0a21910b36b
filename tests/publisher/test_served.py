"""nginx follows the link of the folder, and its readers never meet two releases at once."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import pytest

from tests.conftest import require
from tests.publisher.sites import pages, run, site
from tests.servers.asking import ask
from tests.servers.nginx import Nginx
from wellsourced.publisher import publishing, smoke
from wellsourced.publisher.audited import Audited
from wellsourced.publisher.problems import TransportError, VerificationError
from wellsourced.publisher.publishing import Options
from wellsourced.publisher.targets.directory import Directory

ROUNDS = 6


class Reader(Thread):
    """Ask for the home page and the feed, over and over, and note which release each is of."""

    def __init__(self, origin: str, sites: tuple[Audited, ...]) -> None:
        super().__init__()
        self.origin, self.sites = origin, sites
        self.done = Event()
        self.seen: list[str] = []

    def run(self) -> None:
        """Read until it is done."""
        while not self.done.is_set():
            for address, key in (("/", "index.html"), ("/feeds/atom.xml", "feeds/atom.xml")):
                answer = ask(self.origin, address)
                known = {one.read(key): one.manifest.release for one in self.sites}
                self.seen.append(known.get(answer.body, f"{answer.status} {answer.body[:80]!r}"))


def test_a_reader_of_nginx_sees_old_or_new(tmp_path: Path) -> None:
    require(Nginx.program(), "nginx")
    require(Nginx.brotli_module(), "nginx's brotli_static module")
    sites = tuple(site(tmp_path / f"built{n}", pages(f"c{n}")) for n in range(ROUNDS))
    target = Directory(str(tmp_path / "served"))
    run(publishing.publish(target, sites[0], Options()))
    (tmp_path / "nginx").mkdir()
    with Nginx(tmp_path / "served" / "current", tmp_path / "nginx") as server:
        reader = Reader(server.origin, sites)
        reader.start()
        try:
            for one in sites[1:]:
                run(publishing.publish(target, one, Options(address=server.origin)))
        finally:
            reader.done.set()
            reader.join()
    order = [one.manifest.release for one in sites]
    assert set(reader.seen) <= set(order)
    assert reader.seen == sorted(reader.seen, key=order.index)
    assert len(set(reader.seen)) > 1


def test_an_old_page_still_gets_its_style_sheet(tmp_path: Path) -> None:
    require(Nginx.program(), "nginx")
    require(Nginx.brotli_module(), "nginx's brotli_static module")
    first, second, third = (site(tmp_path / word, pages(word)) for word in ("red", "blue", "green"))
    target = Directory(str(tmp_path / "served"))
    run(publishing.publish(target, first, Options()))
    (tmp_path / "nginx").mkdir()
    with Nginx(tmp_path / "served" / "current", tmp_path / "nginx") as server:
        for one in (second, third):
            run(publishing.publish(target, one, Options()))
        for one, status in ((third, 200), (second, 200), (first, 404)):
            sheet = next(key for key in one.files if key.startswith("assets/"))
            answer = ask(server.origin, f"/{sheet}")
            assert answer.status == status
            if status == 200:
                assert answer.body == one.read(sheet)
                assert "immutable" in answer.headers["cache-control"]
            else:
                assert answer.headers["cache-control"] == "no-store"


def test_an_address_that_answers_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require(Nginx.program(), "nginx")
    monkeypatch.setattr(smoke, "_WAIT_SECONDS", 0)
    old = site(tmp_path / "old", pages("navy"))
    new = site(tmp_path / "new", pages("black"))
    run(publishing.publish(Directory(str(tmp_path / "served")), old, Options()))
    (tmp_path / "nginx").mkdir()
    with Nginx(tmp_path / "served" / "current", tmp_path / "nginx") as server:
        run(smoke.ask(server.origin, old.manifest))
        with pytest.raises(VerificationError, match="another home page"):
            run(smoke.ask(server.origin, new.manifest))
    with pytest.raises(TransportError, match="does not answer"):
        run(smoke.ask(server.origin, old.manifest))
