"""The whole way: audited bytes, published into a folder, served by nginx, taken back."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import require
from tests.servers.asking import ask
from tests.servers.nginx import Nginx
from wellsourced.audit import manifest
from wellsourced.policy import serving
from wellsourced.policy.caching import NEVER
from wellsourced.publisher import commands

ARTICLE = "articles/what-is-dry-needling/index.html"
PLANTED = b"10 to 15 minutes", b"25 to 30 minutes"  # as long as each other


@dataclass(frozen=True, slots=True)
class Place:
    """A built site, the folder that it is published into, and nginx's own folder."""

    built: Path
    target: Path
    folder: Path

    def publish(self) -> None:
        """Sign the built site off and publish it."""
        signed = self.folder / "release.json"
        manifest.write(manifest.make(self.built), signed)
        assert commands.publish(f"file://{self.target}", self.built, signed, {}) == 0

    def serve(self) -> Nginx:
        """Make the server of what readers get."""
        return Nginx(self.target / "current", self.folder, serving.read(self.built))


@pytest.fixture
def place(site: Path, tmp_path: Path) -> Place:
    require(Nginx.program(), "nginx")
    require(Nginx.brotli_module(), "nginx's brotli_static module")
    for name in ("target", "nginx"):
        (tmp_path / name).mkdir()
    shutil.copytree(site, tmp_path / "built")
    return Place(tmp_path / "built", tmp_path / "target", tmp_path / "nginx")


def test_every_published_file_is_served_as_it_was_audited(place: Place) -> None:
    place.publish()
    site = serving.read(place.built)
    with place.serve() as server:
        for key in site.keys:
            if key == "404.html":
                continue
            answer = ask(server.origin, serving.address(key), {"x-forwarded-proto": "https"})
            assert answer.status == 200, key
            assert answer.body == (place.built / key).read_bytes(), key
            expected = {name.lower(): value for name, value in site.headers(key).items()}
            assert {name: answer.headers.get(name) for name in expected} == expected, key
        missing = ask(server.origin, "/articles/no-such-article/")
        assert (missing.status, missing.headers["cache-control"]) == (404, NEVER)
        for hidden in ("/current.json", "/releases/", "/.lock", f"/{ARTICLE}.br"):
            assert ask(server.origin, hidden).status == 404


def test_a_changed_figure_reaches_whoever_asks_again_and_can_be_taken_back(place: Place) -> None:
    place.publish()
    page = place.built / ARTICLE
    old, new = PLANTED
    assert old in page.read_bytes()
    address = serving.address(ARTICLE)
    with place.serve() as server:
        tags = {c: ask(server.origin, address, coding(c)).headers["etag"] for c in ("br", "gzip")}
        page.write_bytes(page.read_bytes().replace(old, new))
        place.publish()
        for c, tag in tags.items():
            again = ask(server.origin, address, {**coding(c), "if-none-match": tag})
            assert again.status == 200
        assert new in ask(server.origin, address).body
        assert commands.roll_back(f"file://{place.target}", "", False, {}) == 0
        assert old in ask(server.origin, address).body
        for c, tag in tags.items():
            back = ask(server.origin, address, {**coding(c), "if-none-match": tag})
            assert back.status == 304


def coding(name: str) -> dict[str, str]:
    """Ask for one content coding."""
    return {"accept-encoding": name}


def test_a_rebuilt_but_identical_release_keeps_every_tag(place: Place) -> None:
    place.publish()
    with place.serve() as server:
        tag = ask(server.origin, "/").headers["etag"]
        for path in place.built.rglob("*"):
            path.touch()
        place.publish()
        assert ask(server.origin, "/", {"if-none-match": tag}).status == 304
