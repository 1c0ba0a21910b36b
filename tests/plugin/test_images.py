"""Readers get every picture that a page shows, light and bare, and no other."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zlib import crc32

import pytest
from bs4 import BeautifulSoup, Tag
from PIL import Image

from tests.conftest import ROOT, Build
from tests.imaging.illustrated import ADDRESS, lay_illustrated, write_settings
from tests.imaging.samples import PLACE, photograph, saved
from wellsourced import rules
from wellsourced.imaging.cache import Cache
from wellsourced.plugin import images
from wellsourced.plugin.images import Press

_SIZE = re.compile(r"-(\d+)\.[0-9a-f]{8}\.")


@dataclass(frozen=True)
class Illustrated:
    """The built site of pictures: its folders and the page that shows them."""

    content: Path
    output: Path
    cache: Path
    page: BeautifulSoup

    def file(self, address: str) -> bytes:
        """Read the file at a root-relative address."""
        return (self.output / address.lstrip("/")).read_bytes()


def make(folder: Path, build: Build) -> Illustrated:
    lay_illustrated(folder / "content")
    settings = write_settings(folder / "settings.py", folder / "cache")
    done = build(folder / "content", folder / "output", settings=settings)
    assert done.returncode == 0, done.stdout + done.stderr
    page = BeautifulSoup((folder / "output" / ADDRESS).read_bytes(), "lxml")
    return Illustrated(folder / "content", folder / "output", folder / "cache" / "images", page)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Illustrated:
    return make(tmp_path_factory.mktemp("illustrated"), build)


def shown(site: Illustrated) -> list[Tag]:
    return [tag for tag in site.page.select("main picture") if isinstance(tag, Tag)]


def test_pixels_come_in_two_formats_and_a_fallback(site: Illustrated) -> None:
    pictures = shown(site)
    assert [str(one.img["alt"]) for one in pictures if one.img] == [
        "A red mark.",
        "A red field on grey.",
        "A red bar.",
    ]
    for picture in pictures:
        assert [str(one["type"]) for one in picture.find_all("source")] == [
            "image/avif",
            "image/webp",
        ]
        assert picture.img
        assert str(picture.img["src"]).endswith((".jpg", ".png"))
    assert str(pictures[0].img["title"]) == "A title"  # type: ignore[index]


def test_every_candidate_is_there_and_as_wide_as_it_says(site: Illustrated) -> None:
    for picture in shown(site):
        assert picture.img
        ratio = int(str(picture.img["width"])) / int(str(picture.img["height"]))
        for source in picture.find_all("source"):
            for candidate in str(source["srcset"]).split(", "):
                address, _, width = candidate.partition(" ")
                image = Image.open(io.BytesIO(site.file(address)))
                assert f"image/{image.format}".lower() == source["type"]
                named = _SIZE.search(address)
                assert named
                assert image.width == int(named[1])
                assert width in ("", f"{image.width}w")
                assert abs(image.height - image.width / ratio) <= 0.5
            assert source.has_attr("sizes") is ("," in str(source["srcset"]))
        Image.open(io.BytesIO(site.file(str(picture.img["src"])))).load()


def test_a_drawing_stays_one_image(site: Illustrated) -> None:
    drawing = site.page.select_one('main img[src$=".svg"]')
    assert drawing
    assert drawing.parent
    assert drawing.parent.name == "p"
    assert (drawing["width"], drawing["height"]) == ("720", "440")
    assert b"<svg" in site.file(str(drawing["src"]))


def test_every_image_has_its_size_and_waits(site: Illustrated) -> None:
    for image in site.page.select("main img"):
        assert int(str(image["width"])) > 0 < int(str(image["height"]))
        assert image["loading"] == "lazy"


def test_nothing_published_tells_where_a_photograph_was_taken(site: Illustrated) -> None:
    assert PLACE in (site.content / "images" / "Photo no 1.JPG").read_bytes()
    for path in site.output.rglob("*"):
        assert not path.is_file() or PLACE not in path.read_bytes(), path


def test_a_download_keeps_its_pixels(site: Illustrated) -> None:
    link = site.page.find("a", string="Keep the diagram")
    assert isinstance(link, Tag)
    kept = Image.open(io.BytesIO(site.file(str(link["href"]))))
    assert kept.tobytes() == Image.open(site.content / "images/deep/diagram.png").tobytes()


def test_what_no_published_page_shows_is_not_published(site: Illustrated) -> None:
    names = [path.name for path in site.output.rglob("*") if path.is_file()]
    assert any(name.startswith("photo-no-1-") for name in names)
    assert not [name for name in names if name.startswith(("secret", "unused", "Photo"))]
    originals = {path.name for path in (site.output / "images").iterdir()}
    assert originals == {"favicon.svg"}


def test_feeds_show_the_picture_that_every_reader_knows(site: Illustrated) -> None:
    feed = (site.output / "feeds/atom.xml").read_text("utf-8")
    found = re.findall(r'(?:src|srcset)="([^"]*)"', feed.replace("&quot;", '"'))
    assert not [one for one in found if not one.startswith("http")]


def test_other_sites_are_told_of_a_card(site: Illustrated) -> None:
    for path in site.output.rglob("*.html"):
        head = BeautifulSoup(path.read_bytes(), "lxml").head
        assert head
        said = {str(tag.get("property")): str(tag.get("content")) for tag in head.find_all("meta")}
        origin, _, key = said["og:image"].partition("/assets/")
        assert re.fullmatch(r"https?://[^/]+", origin), path
        data = (site.output / "assets" / key).read_bytes()
        image = Image.open(io.BytesIO(data))
        assert (str(image.width), str(image.height)) == (
            said["og:image:width"], said["og:image:height"]
        )  # fmt: skip
        assert len(data) < 100_000
        is_article = said["og:type"] == "article"
        assert said["og:image:alt"] == (said["og:title"] if is_article else said["og:site_name"])
        assert head.find("meta", {"name": "twitter:card", "content": "summary_large_image"})
    drawn = {one.name for one in (site.output / "assets/images").iterdir()}
    assert sum(name.startswith(("pictures.", "what-is-dry-needling.")) for name in drawn) == 2


def test_two_folders_give_the_same_bytes(site: Illustrated, tmp_path: Path, build: Build) -> None:
    other = make(tmp_path, build)

    def files(one: Illustrated) -> dict[str, bytes]:
        return {p.name: p.read_bytes() for p in (one.output / "assets/images").iterdir()}

    assert files(other) == files(site)


class Workshop:
    """A press over the pictures of a content folder, which counts what is encoded."""

    def __init__(self, site: Illustrated, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.content, self.folder = site.content, folder
        self.cache = Cache(folder / "cache")
        self.encoded: list[str] = []
        real = images.encode

        def counting(data, variants, lossless):  # type: ignore[no-untyped-def]
            for variant, made in real(data, variants, lossless):
                self.encoded.append(variant.key)
                yield variant, made

        monkeypatch.setattr(images, "encode", counting)
        monkeypatch.setattr("wellsourced.processes._processors", lambda: 1)

    def print(self, *names: str) -> dict[str, bytes]:
        """Publish some pictures into an empty folder; map each file's path to its bytes."""
        output = self.folder / "output"
        shutil.rmtree(output, ignore_errors=True)
        read, _ = rules.load(self.content, "content", date(2026, 11, 24))
        self.encoded.clear()
        self.press = Press(read, self.content / "images", output, self.cache)
        self.press.print(names)
        found = output.rglob("*") if output.exists() else ()
        return {p.relative_to(output).as_posix(): p.read_bytes() for p in found if p.is_file()}


@pytest.fixture
def workshop(site: Illustrated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    return Workshop(site, tmp_path, monkeypatch)


def test_nothing_is_encoded_twice(workshop: Workshop) -> None:
    first = workshop.print("mark.png", "deep/diagram.png")
    assert len(workshop.encoded) == len(first) == 10
    assert workshop.print("mark.png", "deep/diagram.png") == first
    assert workshop.encoded == []


def test_a_damaged_entry_is_made_anew_and_no_other(workshop: Workshop) -> None:
    first = workshop.print("mark.png")
    entry = sorted((workshop.folder / "cache").iterdir())[0]
    entry.write_bytes(entry.read_bytes()[:-3])
    assert workshop.print("mark.png") == first
    assert len(workshop.encoded) == 1
    assert workshop.print("mark.png") == first
    assert workshop.encoded == []


def test_a_changed_picture_has_another_address(workshop: Workshop, tmp_path: Path) -> None:
    first = workshop.print("mark.png")
    content = tmp_path / "changed"
    shutil.copytree(workshop.content, content)
    workshop.content = content
    (content / "images" / "mark.png").write_bytes(saved(photograph(40, 31), "PNG"))
    assert not workshop.print("mark.png").keys() & first.keys()


def test_damage_behind_the_header_is_told_at_the_line_of_the_use(
    tmp_path: Path, build: Build
) -> None:
    lay_illustrated(tmp_path / "content")
    settings = write_settings(tmp_path / "settings.py", tmp_path / "cache")
    path = tmp_path / "content" / "images" / "mark.png"
    # Every chunk is whole, but there are too few pixels in them.
    path.write_bytes((ROOT / "tests/sites/invalid/IMG008/images/bomb.png").read_bytes())
    data = bytearray(path.read_bytes())
    data[16:24] = (40).to_bytes(4) + (30).to_bytes(4)
    data[29:33] = crc32(bytes(data[12:29])).to_bytes(4)
    path.write_bytes(bytes(data))
    done = build(tmp_path / "content", tmp_path / "output", settings=settings)
    assert done.returncode == 1
    told = re.search(r"pictures\.md:7:\d+: error\[IMG005\] (.*)", done.stderr)
    assert told, done.stderr
    assert 'The picture "mark.png" cannot be read' in told[1]
    assert not (tmp_path / "output").exists()
