"""Whatever editors do, a build on top of others gives what a clean build gives, byte for byte."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from wellsourced.diagnostics import Diagnostic
from wellsourced.plugin import WellSourced
from wellsourced.plugin import settings as pelican_settings

from .editors_hand import Desk

ROOT = Path(__file__).resolve().parent.parent.parent
DAY = 86_400
NOW = 1_795_478_400  # 2026-11-24T00:00:00Z
numbers = st.integers(0, 5)
words = st.sampled_from(["It helps some people.", "Needles are thin.", "", "See *that* again."])


def tree(folder: Path) -> Mapping[str, bytes]:
    """Give all files below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class Editing(RuleBasedStateMachine):
    """One content folder, built again after each change and held against a clean build."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="incremental-"))
        self.desk = Desk(self.folder, ROOT / "tests/sites/valid", ROOT / "theme")
        self.output, self.cache = self.folder / "output", self.folder / "cache"
        self.site_name = "Well Sourced"
        self.days = 0
        self.before = [self.desk.state()]
        self.good: Mapping[str, bytes] = {}
        self.hold()
        assert self.good, "the site as it stands has to be without errors"

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def build(self, output: Path, cache: Path) -> list[Diagnostic]:
        """Build into a folder; give what was found."""
        os.environ["SOURCE_DATE_EPOCH"] = str(NOW + self.days * DAY)
        told = {
            "PATH": str(self.desk.content),
            "THEME": str(self.desk.theme),
            "OUTPUT_PATH": str(output),
            "WELLSOURCED_CACHE": str(cache),
            "SITENAME": self.site_name,
        }
        build = WellSourced(pelican_settings.read(ROOT / "pelicanconf.py", told))
        return list(build.build(lambda what, done, total: None).found)

    def hold(self) -> None:
        """Build on top of what is there, and anew, and compare all that came of it."""
        found = self.build(self.output, self.cache)
        clean, empty = self.folder / "clean", self.folder / "empty"
        # What pandoc wrote is kept: it is named by all that it follows from, and slow to write.
        for entries in self.cache.rglob("entries.json"):
            kept = empty / entries.relative_to(self.cache)
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(entries, kept)
        expected = self.build(clean, empty)
        assert found == expected
        if any(one.severity == "error" for one in expected):
            assert not clean.exists()
            assert (tree(self.output) if self.output.exists() else {}) == self.good
        else:
            self.good = tree(clean)
            assert tree(self.output) == self.good
        shutil.rmtree(clean, ignore_errors=True)
        shutil.rmtree(empty, ignore_errors=True)

    def article(self, number: int) -> Path:
        """Choose an article."""
        found = self.desk.articles()
        return found[number % len(found)]

    @rule(number=numbers, text=words)
    def edit_text(self, number: int, text: str) -> None:
        self.desk.append(self.article(number), text)
        self.done()

    @rule(number=numbers, key=st.sampled_from(["carr2020", "apta2019", "nobody2020"]))
    def cite(self, number: int, key: str) -> None:
        self.desk.append(self.article(number), f"This is said [@{key}].")
        self.done()

    @rule(number=numbers, other=numbers, anchor=st.sampled_from(["", "#risks", "#end", "#part-2"]))
    def link(self, number: int, other: int, anchor: str) -> None:
        target = self.article(other).name
        self.desk.append(self.article(number), f"See [it]({{filename}}/articles/{target}{anchor}).")
        self.done()

    @rule(
        number=numbers,
        field=st.sampled_from(
            [
                ("Summary", "Another summary."), ("Status", "draft"), ("Status", ""),
                ("Date", "2026-11-23"), ("Date", "2026-11-30"), ("Review_due", "2026-11-26"),
                ("Author", "jdoe"), ("Slug", "moved"), ("Tags", "pain, knots"),
                ("Reviewer", "jdoe"), ("Category", "Other things"),
            ]
        ),
    )  # fmt: skip
    def set_field(self, number: int, field: tuple[str, str]) -> None:
        self.desk.set_field(self.article(number), *field)
        self.done()

    @rule(number=numbers)
    def rename_heading(self, number: int) -> None:
        path = self.article(number)
        text = path.read_bytes().decode("utf-8")
        path.write_bytes(
            text.replace("{#part-", "{#piece-").replace("{#end}", "{#finish}").encode()
        )
        self.done()

    @rule(number=numbers, key=st.sampled_from(["title", "tier", "url_status", "unverified"]))
    def edit_reference(self, number: int, key: str) -> None:
        def change(reference: dict[str, object]) -> None:
            custom = reference["custom"]
            assert isinstance(custom, dict)
            if key == "title":
                reference["title"] = f"{reference['title']}, again"
            else:
                custom[key] = {"tier": "survey", "url_status": "missing"}.get(key, "Its year.")

        self.desk.change_reference(number, change)
        self.done()

    @rule(
        change=st.sampled_from(
            [
                ("glossary.yaml", "definition: A very", "definition: Quite a"),
                ("glossary.yaml", "aliases: [trigger points]", "aliases: [trigger points, knots]"),
                ("glossary.yaml", "acupuncture:\n", "needles:\n"),
                ("products.yaml", "It cools the skin.", "It feels cool."),
                ("products.yaml", "An elastic band", "A long band"),
                ("people.yaml", "Jane Doe", "Jane Roe"),
                ("people.yaml", "jdoe:", "jroe:"),
                ("disclaimers/medical.md", "\n", "\nAsk first.\n\n"),
                ("anchors.json", '"dangers": "risks"', '"dangers": "how-it-works"'),
                ("products.yaml", "name: Biofreeze", "nam: Biofreeze"),
            ]
        )
    )
    def edit_library(self, change: tuple[str, str, str]) -> None:
        name, old, new = change
        self.desk.replace(self.desk.content / "library" / name, old, new)
        self.done()

    @rule(
        change=st.sampled_from(
            [
                ("static/css/base.css", "", "/* new */ .x { color: red }\n"),
                ("templates/base.html", "</body>", "<!-- built --></body>"),
                ("templates/components/disclaimer/disclaimer.html", "<div", "<div data-new"),
                ("templates/glossary.html", "<dl", "<dl data-new"),
            ]
        )
    )
    def edit_theme(self, change: tuple[str, str, str]) -> None:
        name, old, new = change
        self.desk.replace(self.desk.theme / name, old, new)
        self.done()

    @rule()
    def edit_picture(self) -> None:
        self.desk.replace(self.desk.content / "images/needle.svg", "<svg", '<svg data-new="1"')
        self.done()

    @rule(number=numbers, phrase=st.sampled_from(["some people bruise", "nobody says this"]))
    def edit_ledger(self, number: int, phrase: str) -> None:
        path = self.desk.content / "articles/what-is-dry-needling.facts.yaml"
        if path.exists():
            entry = f"- {{id: N-{number}, section: page, phrases: [{phrase}]}}\n"
            path.write_text(path.read_text("utf-8") + entry, "utf-8")
        self.done()

    @rule(number=numbers, kind=st.sampled_from(["change", "correction", "no kind"]))
    def edit_change_log(self, number: int, kind: str) -> None:
        path = self.desk.content / "articles/what-is-dry-needling.changes.yaml"
        if path.exists():
            entry = f"- {{date: 2026-11-24, kind: {kind}, text: The text of {number}.}}\n"
            path.write_text(entry + path.read_text("utf-8"), "utf-8")
        self.done()

    @rule(number=st.integers(1, 5), link=numbers, key=numbers)
    def add_article(self, number: int, link: int, key: int) -> None:
        self.desk.write_small(number, link, key)
        self.done()

    @precondition(lambda self: len(self.desk.articles()) > 1)
    @rule(number=numbers)
    def delete_article(self, number: int) -> None:
        self.article(number).unlink()
        self.done()

    @rule(number=numbers)
    def rename_file(self, number: int) -> None:
        path = self.article(number)
        path.rename(path.with_name(f"renamed-{path.name}"))
        self.done()

    @rule(back=st.integers(1, 4))
    def revert(self, back: int) -> None:
        self.desk.restore(self.before[-min(back, len(self.before))])
        self.done()

    @rule()
    def sleep_a_day(self) -> None:
        self.days += 1
        self.hold()

    @rule()
    def rename_site(self) -> None:
        self.site_name += "!"
        self.hold()

    @rule(number=numbers, end=st.booleans())
    def damage_output(self, number: int, end: bool) -> None:
        files = sorted(path for path in self.output.rglob("*") if path.is_file())
        if files:
            path = files[number * 7 % len(files)]
            path.write_bytes(b"" if end else path.read_bytes().replace(b"e", b"a", 1))
            self.repair()

    @rule(number=numbers)
    def delete_output(self, number: int) -> None:
        files = sorted(path for path in self.output.rglob("*") if path.is_file())
        if files:
            files[number * 5 % len(files)].unlink()
            self.repair()

    @rule(at=st.integers(0, 1_000_000))
    def damage_store(self, at: int) -> None:
        for path in (self.cache / "builds").glob("*.sqlite"):
            data = bytearray(path.read_bytes())
            data[at % len(data)] ^= 0xFF
            path.write_bytes(bytes(data))
        self.hold()

    def repair(self) -> None:
        """Build until what was damaged is whole; a content with an error leaves it as it is."""
        if any(one.severity == "error" for one in self.build(self.output, self.cache)):
            self.good = tree(self.output)
        self.hold()

    def done(self) -> None:
        """End one change."""
        self.before.append(self.desk.state())
        self.hold()


@pytest.fixture(autouse=True)
def as_at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the day of a build back when the test is over."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))


class TestSome(Editing.TestCase):  # type: ignore[misc]
    """A few sequences, the same in every run."""

    settings = settings(
        max_examples=5, stateful_step_count=8, deadline=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


@pytest.mark.gate
class TestMany(Editing.TestCase):  # type: ignore[misc]
    """Many sequences."""

    settings = settings(
        max_examples=500, stateful_step_count=6, deadline=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
