"""What a build makes anew, what it leaves alone, and how it takes a store that is not sound."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from pelican.generators import Generator

from wellsourced import processes
from wellsourced.diagnostics import Diagnostic
from wellsourced.plugin import WellSourced, unchanged
from wellsourced.plugin import settings as pelican_settings
from wellsourced.plugin.documents import Written
from wellsourced.plugin.site_pages import SitePages

from .editors_hand import Desk

ROOT = Path(__file__).resolve().parent.parent.parent


class Site:
    """A small site with its output and its store."""

    def __init__(self, folder: Path) -> None:
        self.desk = Desk(folder, ROOT / "tests/sites/valid", ROOT / "theme")
        self.output, self.cache = folder / "output", folder / "cache"
        self.told: list[str] = []
        self.done: dict[str, int] = {}

    def settings(self) -> dict[str, object]:
        places = {
            "PATH": self.desk.content,
            "THEME": self.desk.theme,
            "OUTPUT_PATH": self.output,
            "WELLSOURCED_CACHE": self.cache,
        }
        return pelican_settings.read(
            ROOT / "pelicanconf.py", {name: str(path) for name, path in places.items()}
        )

    def build(self) -> list[Diagnostic]:
        """Build; `done` counts what was read and written, `told` has the sentences."""
        self.told.clear()
        self.done = dict.fromkeys(("read", "reuse", "write"), 0)

        def tell(what: str, done: int, total: int) -> None:
            if what not in self.done:
                self.told.append(what)
            elif done:
                self.done[what] += done == total and total

        return list(WellSourced(self.settings()).build(tell).found)

    def stamps(self) -> Mapping[str, int]:
        return {
            path.relative_to(self.output).as_posix(): path.stat().st_mtime_ns
            for path in self.output.rglob("*")
            if path.is_file()
        }

    @property
    def store(self) -> Path:
        (path,) = (self.cache / "builds").glob("*.sqlite")
        return path


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795478400")
    site = Site(tmp_path)
    assert [one for one in site.build() if one.severity == "error"] == []
    return site


def test_one_edit_writes_one_article_and_what_shows_it(site: Site) -> None:
    before = site.stamps()
    site.desk.append(site.desk.content / "articles" / "article-2.md", "It is so.")
    site.build()
    changed = {name for name, at in site.stamps().items() if before.get(name) != at}
    assert site.done == {"read": 1, "reuse": 6, "write": 1}
    pages = {name for name in changed if not name.startswith("pagefind/")}
    assert pages == {"articles/article-2/index.html", "feeds/atom.xml"}


def test_an_edit_of_a_text_makes_no_list_anew(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    write = SitePages.write

    def watched(
        self: SitePages, kinds: Sequence[type[Generator]], stage: Path
    ) -> Iterator[Written]:
        made.extend(kind.__name__ for kind in kinds)
        return write(self, kinds, stage)

    monkeypatch.setattr(SitePages, "write", watched)
    for name in ("article-2.md", "article-1.md"):
        made.clear()
        site.desk.append(site.desk.content / "articles" / name, "It is so.")
        site.build()
        assert made == ["Feeds"]


def test_the_engines_own_addresses_come_in_one_order(site: Site) -> None:
    code = (
        "from wellsourced.rules.site import Site; from wellsourced.library import load\n"
        "from pathlib import Path; from datetime import date\n"
        "print(list(Site('c', (), (), load(Path('none'))[0], {}, {}, (), frozenset(),"
        " date(2026, 11, 24)).engine_addresses()))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in "123"
    }  # fmt: skip
    assert len(told) == 1


def test_an_edited_reference_reaches_just_those_who_show_it(site: Site) -> None:
    before = site.stamps()
    site.desk.change_reference(3, lambda reference: reference.update(title="Needling, dry"))
    site.build()
    changed = {name for name, at in site.stamps().items() if before.get(name) != at}
    assert "articles/article-2/index.html" in changed
    assert "articles/article-2/references.ris" in changed
    assert "references/index.html" in changed
    assert not changed & {"articles/article-1/index.html", "articles/article-3/index.html"}


def test_a_link_depends_on_the_anchors_of_where_it_leads(site: Site) -> None:
    small = site.desk.content / "articles" / "article-1.md"
    site.desk.append(small, "See [it]({filename}/articles/article-2.md#part-2).")
    assert site.build() == site.build()
    target = site.desk.content / "articles" / "article-2.md"
    site.desk.replace(target, "{#part-2}", "{#piece-2}")
    found = site.build()
    assert [(Path(one.path).name, one.code) for one in found if one.severity == "error"] == [
        ("article-1.md", "LNK002")
    ]


def test_a_status_counts_in_any_case_of_its_letters(site: Site) -> None:
    before = {path: path.read_bytes() for path in site.output.rglob("*") if path.is_file()}
    for path in site.desk.articles():
        site.desk.set_field(path, "Status", "Published")
    assert [one for one in site.build() if one.severity == "error"] == []
    assert {path: path.read_bytes() for path in before} == before


def at_the_gate(site: Site, keep: tuple[str, ...] | None) -> object:
    settings = site.settings()
    return unchanged.findings(settings, site.output, keep, unchanged.fingerprint(settings))


def test_nothing_to_do_is_seen_at_the_gate(site: Site) -> None:
    def seen() -> object:
        return at_the_gate(site, None)

    assert seen() is not None
    page = site.output / "articles" / "article-1" / "index.html"
    page.touch()
    assert seen() is None
    site.build()
    assert seen() is not None
    (site.output / "foreign.txt").write_text("x")
    assert seen() is not None
    assert at_the_gate(site, ()) is None
    site.desk.replace(site.desk.theme / "templates/base.html", "</body>", "<!-- x --></body>")
    assert seen() is None


def test_a_day_that_changes_nothing_reads_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795564800")
    site.build()
    assert site.done == {"read": 0, "reuse": 7, "write": 0}


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[:8192] + bytes(one ^ 0xFF for one in data[8192:8292]) + data[8292:],
        lambda data: b"no database at all",
        lambda data: b"",
    ],
    ids=["cut short", "overwritten", "foreign", "empty"],
)
def test_a_damaged_store_is_told_and_made_anew(site: Site, damage) -> None:
    before = site.stamps()
    site.store.write_bytes(damage(site.store.read_bytes()))
    site.build()
    assert any("made anew" in words for words in site.told)
    assert site.done["read"] == 7
    assert site.stamps() == before
    site.build()
    assert not any("made anew" in words for words in site.told)


def test_a_record_that_was_swapped_is_not_used(site: Site) -> None:
    with sqlite3.connect(site.store) as database:
        database.execute("UPDATE record SET body = (SELECT body FROM record ORDER BY id LIMIT 1)")
    database.close()
    site.desk.replace(site.desk.theme / "templates/base.html", "</body>", "<!-- x --></body>")
    clean = Site.__new__(Site)
    clean.desk, clean.output, clean.cache = site.desk, site.output.parent / "c", site.cache / "c"
    clean.told, clean.done = [], {}
    clean.build()
    site.build()
    assert [p.read_bytes() for p in sorted(site.output.rglob("*.html"))] == [
        p.read_bytes() for p in sorted(clean.output.rglob("*.html"))
    ]


def test_a_text_that_comes_back_is_not_read_again(site: Site) -> None:
    state = site.desk.state()
    site.desk.append(site.desk.content / "articles" / "article-2.md", "It is so.")
    site.build()
    site.desk.restore(state)
    site.build()
    assert (site.done["read"], site.done["write"]) == (0, 1)


def test_one_process_makes_what_several_make(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4, 44):
        site.desk.write_small(number % 15 + 4, number, number)
        path = site.desk.content / "articles" / f"article-{number % 15 + 4}.md"
        text = path.read_text("utf-8").replace(f"article-{number % 15 + 4}\n", f"a-{number}\n")
        (path.parent / f"a-{number}.md").write_text(text.replace("2026-11-", "2026-10-"), "utf-8")
        path.unlink()
    outputs = []
    for count in ("1", "2"):
        monkeypatch.setenv(processes.COUNT, count)
        site.output, site.cache = tmp_path / f"o{count}", tmp_path / f"c{count}"
        found = site.build()
        files = sorted(path for path in site.output.rglob("*") if path.is_file())
        outputs.append((found, [(p.relative_to(site.output), p.read_bytes()) for p in files]))
    assert outputs[0] == outputs[1]
    assert len(outputs[0][1]) > 100


_BUILD = """
import sys
from wellsourced.plugin import WellSourced, settings
told = dict(zip(("PATH", "THEME", "OUTPUT_PATH", "WELLSOURCED_CACHE"), sys.argv[2:]))
found = WellSourced(settings.read(sys.argv[1], told)).build(lambda what, done, total: None).found
sys.exit(any(one.severity == "error" for one in found))
"""


def start(site: Site) -> subprocess.Popen[bytes]:
    places = [site.desk.content, site.desk.theme, site.output, site.cache]
    command = [sys.executable, "-c", _BUILD, ROOT / "pelicanconf.py", *places]
    return subprocess.Popen(
        list(map(str, command)), cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )  # fmt: skip


def test_two_builds_at_once_do_not_harm_each_other(site: Site) -> None:
    site.desk.append(site.desk.content / "articles" / "article-2.md", "It is so.")
    builds = [start(site), start(site)]
    assert [build.wait(120) for build in builds] == [0, 0]
    assert b"It is so." in (site.output / "articles/article-2/index.html").read_bytes()
    site.build()
    assert site.done["read"] == 0


@pytest.mark.parametrize("moment", [0.3, 0.8, 1.2, 1.6, 2.0])
def test_a_killed_build_leaves_whole_pages_and_a_sound_store(site: Site, moment: float) -> None:
    pages = {path: path.read_bytes() for path in site.output.rglob("*.html")}
    site.desk.replace(site.desk.theme / "templates/base.html", "</body>", "<!-- x --></body>")
    build = start(site)
    time.sleep(moment)
    if build.poll() is None:
        os.killpg(build.pid, signal.SIGKILL)
    build.wait()
    for path, data in pages.items():
        assert path.read_bytes() in (data, data.replace(b"</body>", b"<!-- x --></body>"))
    assert [one for one in site.build() if one.severity == "error"] == []
    assert all(b"<!-- x --></body>" in path.read_bytes() for path in pages)
    assert not multiprocessing.active_children()
