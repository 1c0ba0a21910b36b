"""An audit that remembers the last one finds what one of every file finds, whatever changes."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path

import pytest

from tests.conftest import ROOT, Build, settings_file
from wellsourced import audit
from wellsourced.audit import memory, reading
from wellsourced.audit.addresses import address
from wellsourced.diagnostics import Diagnostic, Location
from wellsourced.library.anchors import Anchors
from wellsourced.library.redirects import Moved
from wellsourced.rules import Site, load

VALID = ROOT / "tests" / "sites" / "valid"
TODAY = date(2026, 11, 24)
STEPS = 40
SEEDS = (1, 2, 3)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Path:
    """Build the small site."""
    folder = tmp_path_factory.mktemp("small")
    settings = settings_file(folder, WELLSOURCED_CACHE=folder / "cache")
    done = build(VALID, folder / "output", settings=settings, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "output"


@pytest.fixture(scope="module")
def content() -> Site:
    """Read the content of the small site."""
    return load(VALID, "content", TODAY)[0]


@dataclass
class Output:
    """An output that is changed again and again: key → bytes, and its content."""

    first: Mapping[str, bytes]
    files: dict[str, bytes]
    site: Site
    draw: random.Random

    def page(self) -> str:
        """Pick a page."""
        return self.draw.choice(sorted(key for key in self.files if key.endswith(".html")))

    def edit(self, key: str, find: str, put: str, count: int = 1) -> None:
        """Replace a pattern in a file."""
        text = self.files[key].decode("utf-8", "replace")
        self.files[key] = re.sub(find, put, text, count=count, flags=re.DOTALL).encode()

    def ids(self, key: str) -> list[str]:
        """Give the ids of a page."""
        return re.findall(r' id="([^"]+)"', self.files[key].decode("utf-8", "replace"))


def change_words(output: Output) -> None:
    output.edit(output.page(), "</main>", f"<p>Words {output.draw.random()}</p></main>")


def lose_anchor(output: Output) -> None:
    key = output.page()
    if ids := output.ids(key):
        output.edit(key, f' id="{re.escape(output.draw.choice(ids))}"', ' id="renamed"')


def gain_link(output: Output) -> None:
    target = output.page()
    where = address(target) if output.draw.random() < 0.8 else f"/{target}"
    part = output.draw.choice(["", *(f"#{id}" for id in output.ids(target))])
    output.edit(output.page(), "</main>", f'<a href="{where}{part}">there</a></main>')


def gain_link_to_file(output: Output) -> None:
    target = output.draw.choice(sorted(output.files))
    output.edit(output.page(), "</main>", f'<a href="/{target}">there</a></main>')


def lose_file(output: Output) -> None:
    del output.files[output.draw.choice(sorted(output.files))]


def rename_page(output: Output) -> None:
    key = output.page()
    output.files[f"moved/{output.draw.randrange(3)}/index.html"] = output.files.pop(key)


def empty_page(output: Output) -> None:
    output.files[output.page()] = b""


def restore_some(output: Output) -> None:
    for key in output.draw.sample(sorted(output.first), len(output.first) // 2):
        output.files[key] = output.first[key]
    for key in [key for key in output.files if key not in output.first]:
        del output.files[key]


def restore_all(output: Output) -> None:
    output.files.clear()
    output.files.update(output.first)


def change_facts(output: Output) -> None:
    find, put = output.draw.choice(
        [
            ("<h1([^>]*)>(.*?)</h1>", r"<h1\1>Another</h1>"),
            ('name="description" content="[^"]*"', 'name="description" content="Another"'),
            ("</head>", '<meta name="robots" content="noindex"></head>'),
            ('rel="canonical" href="[^"]*"', 'rel="canonical" href="/nowhere/"'),
            (' lang="en"', ' lang="de"'),
            ('"article:modified_time" content="[^"]*"', '"article:modified_time" content="1999"'),
            ("</head>", '<link rel="alternate" hreflang="de" href="/de/"></head>'),
        ]
    )
    output.edit(output.page(), find, put)


def change_lists(output: Output) -> None:
    key, find = output.draw.choice(
        [
            ("sitemap.xml", "<url>.*?</url>"),
            ("sitemap.xml", "<lastmod>[^<]*</lastmod>"),
            ("feeds/atom.xml", "<entry>.*?</entry>"),
            ("feeds/atom.xml", "<title>[^<]*</title>"),
            ("robots.txt", "Sitemap:.*"),
        ]
    )
    if key in output.files:
        output.edit(key, find, "")


def change_download(output: Output) -> None:
    keys = [key for key in output.files if key.endswith((".bib", ".ris", "s.json"))]
    if keys:
        output.edit(output.draw.choice(sorted(keys)), "[a-z]{4}", "nix1")


def change_promise(output: Output) -> None:
    library = output.site.library
    name = output.draw.choice(["articles/complete", "about", "articles/gone"])
    anchors = Anchors(("nix",), {}, Location("content/library/anchors.json"))
    kept = {key: one for key, one in library.anchors.items() if key != name}
    library = replace(library, anchors=kept if name in library.anchors else kept | {name: anchors})
    output.site = replace(output.site, library=library)


def change_moves(output: Output) -> None:
    moved = {"/about/": Moved("/glossary/", "", Location("content/library/redirects.yaml"))}
    is_there = "/about/" in output.site.library.moved
    library = replace(output.site.library, moved={} if is_there else moved)
    output.site = replace(output.site, library=library)


def wait_a_day(output: Output) -> None:
    output.site = replace(output.site, today=output.site.today + timedelta(days=1))


EDITS: tuple[Callable[[Output], None], ...] = (
    change_words, lose_anchor, gain_link, gain_link, gain_link_to_file, lose_file, rename_page,
    empty_page, restore_some, restore_all, change_facts, change_facts, change_lists,
    change_download, change_promise, change_moves, wait_a_day,
)  # fmt: skip


def written(files: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """Put files on disk, each under the digest of its bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    placed = {}
    for key, data in files.items():
        placed[key] = folder / blake2b(data, digest_size=16).hexdigest()
        if not placed[key].exists():
            placed[key].write_bytes(data)
    return placed


def test_what_is_found_does_not_depend_on_what_is_remembered(
    built: Path, content: Site, tmp_path: Path
) -> None:
    codes = {
        one.code
        for seed in SEEDS
        for one in found_after_changes(built, content, tmp_path / str(seed), seed)
    }
    expected = {"AUD001", "AUD021", "AUD022", "AUD023", "AUD038", "AUD080", "AUD085", "AUD086"}
    assert codes >= expected | {"AUD047", "AUD082", "AUD083", "AUD096", "AUD097"}


def found_after_changes(
    built: Path, content: Site, folder: Path, seed: int
) -> frozenset[Diagnostic]:
    """Change an output again and again, and hold its audits against those of every file."""
    first = {key: Path(path).read_bytes() for key, path in audit.files_under(built).items()}
    output = Output(first, dict(first), content, random.Random(seed))
    found: set[Diagnostic] = set()
    for step in range(STEPS):
        edits = output.draw.choices(EDITS, k=output.draw.randint(0, 3)) if step else []
        for edit in edits:
            if any(key.endswith(".html") for key in output.files):
                edit(output)
        files = written(output.files, folder / "files")
        digests = {key: bytes.fromhex(path.name) for key, path in files.items()}
        anew = audit.audit_build(files, output.site)
        told = audit.audit_build(files, output.site, folder / "cache", digests, built)
        looked = audit.audit_build(files, output.site, folder / "cache")
        names = [edit.__name__ for edit in edits]
        assert told == anew, f"seed {seed}, step {step}: {names}"
        assert looked == anew, f"seed {seed}, step {step}: {names}"
        found.update(anew)
    return frozenset(found)


def test_only_what_has_changed_is_read(
    built: Path, content: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    examine = reading.examine

    def noted(files: object, promises: object, context: object, keys: list[str]) -> object:
        read[:] = keys
        return examine(files, promises, context, keys)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "examine", noted)
    files = written(
        {key: Path(path).read_bytes() for key, path in audit.files_under(built).items()},
        tmp_path / "files",
    )

    def look() -> tuple[Diagnostic, ...]:
        digests = {key: bytes.fromhex(path.name) for key, path in files.items()}
        return audit.audit_build(files, content, tmp_path / "cache", digests, built)

    assert look() == ()
    assert read == sorted(files)
    assert look() == ()
    assert read == []
    changed = files["about/index.html"].read_bytes().replace(b"</main>", b"<p>x</p></main>")
    files |= written({"about/index.html": changed}, tmp_path / "files")
    assert look() == ()
    assert read == ["about/index.html"]
    beside = next(key for key in files if key.endswith("references.bib"))
    files |= written({beside: b""}, tmp_path / "files")
    assert {one.code for one in look()} == {"AUD047"}
    assert read == sorted([beside, beside.replace("references.bib", "index.html")])


def test_a_page_that_can_be_read_again_is_asked_for_its_parts(
    built: Path, content: Site, tmp_path: Path
) -> None:
    files = {key: Path(path).read_bytes() for key, path in audit.files_under(built).items()}
    whole = files["glossary/index.html"]
    assert b' id="acupuncture"' in whole

    def look(page: bytes) -> set[str]:
        there = written(files | {"glossary/index.html": page}, tmp_path / "files")
        return {one.code for one in audit.audit_build(there, content, tmp_path / "cache")}

    files["about/index.html"] = files["about/index.html"].replace(
        b"</main>", b'<a href="/glossary/#acupuncture">there</a></main>'
    )
    assert look(whole) == set()
    assert "AUD001" in look(b"")
    assert "AUD021" in look(whole.replace(b' id="acupuncture"', b' id="renamed"'))


def test_a_page_that_is_to_be_listed_now_is_missed_in_the_sitemap(
    built: Path, content: Site, tmp_path: Path
) -> None:
    copy = shutil.copytree(VALID, tmp_path / "content")
    page = copy / "pages" / "about.md"
    page.write_text(f"Status: hidden\n{page.read_text('utf-8')}", "utf-8")
    hidden = load(copy, "content", TODAY)[0]
    files = {key: Path(path).read_bytes() for key, path in audit.files_under(built).items()}
    url = rb"<url><loc>[^<]*/about/</loc>.*?</url>"
    files["sitemap.xml"], count = re.subn(url, b"", files["sitemap.xml"], flags=re.DOTALL)
    assert count == 1
    placed = written(files, tmp_path / "files")
    assert audit.audit_build(placed, hidden, tmp_path / "cache") == ()
    found = audit.audit_build(placed, content, tmp_path / "cache")
    assert [one.code for one in found] == ["AUD086"]


@pytest.mark.parametrize("part", range(0, 100, 7))
def test_a_damaged_memory_is_made_anew(
    built: Path, content: Site, tmp_path: Path, part: int
) -> None:
    files = dict(audit.files_under(built))
    broken = tmp_path / "broken.html"
    text = Path(files["about/index.html"]).read_text("utf-8")
    broken.write_text(text.replace("</main>", '<h1>x</h1><a href="/nix/">x</a></main>'), "utf-8")
    files["about/index.html"] = str(broken)
    before = audit.audit_build(files, content, tmp_path)
    assert {one.code for one in before} >= {"AUD022", "AUD061"}
    (kept,) = (tmp_path / "audit").glob("*.sqlite")
    data = bytearray(kept.read_bytes())
    at = len(data) * part // 100
    data[at : at + 2000] = bytes(255 - one for one in data[at : at + 2000])
    for damaged in (bytes(data), bytes(data[:at])):
        kept.write_bytes(damaged)
        assert audit.audit_build(files, content, tmp_path) == before
        assert audit.audit_build(files, content, tmp_path) == before
    with memory.opened(kept) as known:
        assert known.roll.files.keys() == files.keys()
