"""Bring what is known of every document up to date: read, check and render what has changed.

A document is looked at anew when its source has changed, or when one of the names that something
was made from on its behalf stands for another value now. All others come from the store.
"""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import TemplateError

from wellsourced import rules, source
from wellsourced.diagnostics import Diagnostic
from wellsourced.library import Library, ledger
from wellsourced.plugin import digests, known_library
from wellsourced.plugin.content import Content
from wellsourced.plugin.desk import furnish
from wellsourced.plugin.faults import broken_theme
from wellsourced.plugin.files import STAMPS, Files
from wellsourced.plugin.neighbours import Neighbour, Outline, Scans, as_document, card
from wellsourced.plugin.records import Record, examine
from wellsourced.plugin.store import Row, Store, Stored, pack
from wellsourced.plugin.survey import OF_DOCUMENTS, TOGETHER, Survey, Tell
from wellsourced.plugin.tracking import Name, Reads, Tracked, TrackedDay, TrackedTerms, Values
from wellsourced.plugin.usage import Usage, Uses
from wellsourced.plugin.views import AsKnown, WhenAsked
from wellsourced.plugin.where import shown, today
from wellsourced.processes import stream
from wellsourced.rules import article_lists, freshness
from wellsourced.rules.site import LEDGER, Site, address, unreadable
from wellsourced.source import pictures

OF_LIBRARY = frozenset({*(one.name for one in fields(Library)), "term names"})
"""Catalogues that are made of the library alone."""

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class _Examined:
    path: str
    stored: Stored
    row: Row
    reads: Mapping[Name, bytes]
    later: frozenset[Name]
    """Names that are made of documents: their values are known when all are examined."""


def survey(
    settings: Mapping[str, Any],
    store: Store,
    tell: Tell,
    only: Collection[Path] | None = None,
    files: Files | None = None,
) -> Survey:
    """Read the content that Pelican's settings name; the findings are in `Survey.desk.found`.

    With `only` no other files are examined, and their records are as the last build left them.
    `files` are those that are digested already.
    """
    surveyor = _Surveyor(settings, store, files)
    surveyor.bring_up_to_date(tell, only)
    return surveyor.survey


class _Surveyor:
    """One survey at work."""

    def __init__(self, settings: Mapping[str, Any], store: Store, files: Files | None) -> None:
        folder = Path(settings["PATH"])
        self.theme = Path(settings["THEME"])
        content = Content(folder, shown(folder), files or Files.remembered(store.meta(STAMPS)))
        self.known = store.documents()
        self.reads = Reads()
        self.catalogues: dict[str, Mapping[str, Any]] = {}
        self.library = known_library.read(folder, content.display, store)
        library, unread = self.library.library, self.library.unread
        paths = {path: one.path for path, one in content.sources.items() if one.digest}
        tracked = self._track_library(library)
        self.scans = Scans(paths, tracked.references)
        neighbours = {
            path: Neighbour(path, content.sources[path].kind, self.scans, self.reads)
            for path in paths
        }
        # What every record depends on is kept out of the names, of which each has many.
        always = digests.of(
            [library.retractions], sorted(unread),
            digests.tree(self.theme / "templates" / "components"),
            digests.tree(self.theme / "templates", "words.html"),
            digests.tree(self.theme / "translations"),
        )  # fmt: skip
        self.sources = {
            path: digests.of(one.digest, always) for path, one in content.sources.items()
        }
        site = self._site(content, neighbours, tracked, unread, settings)
        desk = furnish(site, settings, Usage(), self._track)
        self.catalogues["pages"] = AsKnown(self.by_path, self._address)
        desk.found = [*self.library.found, *desk.found, *self._unreadable(content)]
        self.values = Values(self.catalogues, today())
        self.survey = Survey(
            desk, content, neighbours, self.reads, self.values, store, self.look_again,
            meta={STAMPS: content.files.kept, known_library.META: self.library.kept},
        )  # fmt: skip

    def bring_up_to_date(self, tell: Tell, only: Collection[Path] | None) -> None:
        """Look at all that has changed."""
        survey, store = self.survey, self.survey.store
        sources = survey.content.sources
        paths = {p for p in survey.neighbours if only is None or sources[p].path in only}
        self._take_over(path for path in survey.neighbours if self._is_known(path))
        survey.changed = {path for path in paths if path not in survey.rows}
        names = store.names()
        same = OF_LIBRARY if self.library.is_same else frozenset()
        own = {
            name: digest for name, digest in names.items()
            if name[0] not in OF_DOCUMENTS and name[0] not in same
        }  # fmt: skip
        survey.stale = store.readers(self._differing(own))
        self._renew(survey.changed | (survey.stale & paths), tell)
        others = {name: digest for name, digest in names.items() if name[0] in OF_DOCUMENTS}
        more = store.readers(self._differing(others))
        survey.stale |= more
        self._renew((more & paths) - survey.changed, tell)
        # Digests of all rows must not tell which of them were made anew.
        survey.rows = {path: survey.rows[path] for path in survey.neighbours if path in survey.rows}
        reused = len(survey.rows.keys() - survey.fresh.keys())
        tell("reuse", reused, reused)
        together = self._together() if only is None else rules.check_together(survey.desk.site)
        survey.desk.found = sorted({*survey.desk.found, *self._findings(paths), *together})

    def look_again(self, path: str) -> Sequence[Diagnostic]:
        """Examine one document anew; what others know of it stays until the next survey."""
        self.scans.forget(path)
        one = self._examine(path)
        self.survey.fresh[path] = replace(one.stored, reads=pickle.dumps(one.reads))
        found: Sequence[Diagnostic] = pickle.loads(one.stored.found)
        return found

    def _is_known(self, path: str) -> bool:
        row = self.known.get(path)
        return row is not None and row.source == self.sources[path]

    def _take_over(self, paths: Iterable[str]) -> None:
        for path in paths:
            self._adopt(path, self.known[path])

    def _differing(self, names: Mapping[Name, bytes]) -> list[Name]:
        return [name for name, digest in names.items() if self.values.digest(name) != digest]

    def _renew(self, paths: Iterable[str], tell: Tell) -> None:
        """Find in the store, or make, the records of documents."""
        survey = self.survey
        paths = sorted(paths)
        survey.changed |= set(paths)
        left = [path for path in paths if not (self.known and self._find(path))]
        tell("read", 0, len(left))
        examined = []
        for done, one in enumerate(stream(self._examine, left), 1):
            examined.append(one)
            survey.fresh[one.path] = one.stored
            self._adopt(one.path, one.row)
            tell("read", done, len(left))
        for one in examined:
            reads = {**one.reads, **{name: self.values.digest(name) for name in one.later}}
            survey.fresh[one.path] = replace(one.stored, reads=pickle.dumps(reads))

    def _find(self, path: str) -> bool:
        """Take a record that was made of this very text, while all else had its present value."""
        for id, stored in self.survey.store.candidates(path, self.sources[path]):
            reads: Mapping[Name, bytes] = pickle.loads(stored.reads)
            if not self._differing(reads):
                found: tuple[Diagnostic, ...] = pickle.loads(stored.found)
                outline: Outline = pickle.loads(stored.outline)
                self._adopt(path, self._row(path, id, stored, outline, len(found)))
                return True
        return False

    def _adopt(self, path: str, row: Row) -> None:
        self.survey.rows[path] = row
        self.survey.neighbours[path].learn(partial(self.survey.outline, path), row.status)

    def _row(self, path: str, id: int, stored: Stored, outline: Outline, findings: int) -> Row:
        neighbour = self.survey.neighbours[path]
        neighbour.learn(lambda: outline)
        shows = card(path, neighbour.kind, outline.fields, outline.anchors)
        uses = digests.of(outline.uses)
        where = address(as_document(neighbour))
        day = neighbour.value("date") if neighbour.status == "published" else ""
        total = digests.of(stored.outline, stored.body)
        return Row(
            self.sources[path], id, total, shows, uses, where, neighbour.status, day,
            outline.facts, findings,
        )  # fmt: skip

    def _examine(self, path: str) -> _Examined:
        """Make the record of a document; what is read for it is written down with it."""
        survey, content = self.survey, self.survey.content
        on_disk = content.sources[path]
        self.reads.clear()
        references = survey.desk.site.library.references
        document = source.read(on_disk.path, path, on_disk.kind, references)
        beside = path.removesuffix(".md") + LEDGER
        file = on_disk.path.with_name(beside.rpartition("/")[2])
        known = None if "references.json" in survey.desk.site.unread else references
        facts, faults = ledger.load(file, beside, known) if file.exists() else ((), ())
        log, in_log = freshness.read(document, on_disk.path, survey.desk.site.today)
        try:
            record = examine(document, survey.desk, tuple(facts), (*faults, *in_log), log)
        except TemplateError as error:
            outline = Outline(document.front_matter.fields, document.anchors, Uses())
            record = Record(outline, None, (broken_theme(error, self.theme),))
        names = self.reads.names
        later = frozenset(name for name in names if name[0] in OF_DOCUMENTS)
        reads = {name: self.values.digest(name) for name in names - later}
        stored = Stored(
            outline=pickle.dumps(record.outline),
            body=pack(pickle.dumps(record.body)),
            found=pickle.dumps(record.found),
            reads=b"",
        )
        row = self._row(path, 0, stored, record.outline, len(record.found))
        return _Examined(path, stored, row, reads, later)

    def _findings(self, paths: Iterable[str]) -> Iterable[Diagnostic]:
        for path in paths:
            if self.survey.rows[path].findings:
                yield from pickle.loads(self.survey.stored(path).found)

    def _together(self) -> Iterable[Diagnostic]:
        """Give what the rules over all documents find; they run when what they read has changed."""
        survey = self.survey
        inputs = digests.of(survey.cards(survey.neighbours), survey.desk.site.strays)
        last = survey.store.meta(TOGETHER)
        if last and last.startswith(inputs) and TOGETHER not in survey.stale:
            survey.meta[TOGETHER] = last
            return pickle.loads(last[len(inputs) :])  # type: ignore[no-any-return]
        self.reads.clear()
        found = rules.check_together(survey.desk.site)
        survey.together = self.reads.names
        survey.meta[TOGETHER] = inputs + pickle.dumps(found)
        return found

    def _track(self, name: str, values: Mapping[str, _Value]) -> Mapping[str, _Value]:
        self.catalogues[name] = values
        kind: Any = TrackedTerms if name == "terms" else Tracked
        tracked: Mapping[str, _Value] = kind(name, values, self.reads)
        return tracked

    def _track_library(self, library: Library) -> Library:
        tracked: dict[str, Any] = {
            one.name: self._track(one.name, values)
            for one in fields(library)
            if isinstance(values := getattr(library, one.name), Mapping)
        }
        return replace(library, **tracked)

    def _site(
        self, content: Content, neighbours: Mapping[str, Neighbour], library: Library,
        unread: frozenset[str], settings: Mapping[str, Any],
    ) -> Site:  # fmt: skip
        of_kind = {
            kind: tuple(as_document(one) for one in neighbours.values() if one.kind == kind)
            for kind in ("article", "page")
        }
        site = Site(
            folder=content.display,
            articles=of_kind["article"],
            pages=of_kind["page"],
            library=library,
            pictures=self._track("pictures", pictures.read(content.folder / "images")),
            ledgers={},
            strays=content.strays,
            unread=unread,
            today=TrackedDay.of(today(), self.reads),
            publishing=bool(settings.get("WELLSOURCED_PUBLISHING")),
        )
        addresses = site.engine_addresses()
        for path, one in neighbours.items():
            where = self.known[path].address if self._is_known(path) else None
            addresses.setdefault(where or address(as_document(one)), as_document(one))
        self.by_path = site.by_path
        for name, values in (("addresses", addresses), ("by_path", self.by_path)):
            # A cached property lives in the instance's own dictionary.
            site.__dict__[name] = self._track(name, values)
            self.catalogues[name] = AsKnown(values, self._card)
        of_lists = WhenAsked(lambda: dict.fromkeys(article_lists.addresses(site.documents), True))
        site.__dict__["lists"] = self._track("lists", of_lists)
        self.catalogues["sources"] = self.sources
        return site

    def _card(self, path: str) -> bytes:
        row = self.survey.rows.get(path)
        return row.card if row else self.survey.neighbours[path].card

    def _address(self, path: str) -> str:
        row = self.survey.rows.get(path)
        return row.address if row else address(as_document(self.survey.neighbours[path]))

    def _unreadable(self, content: Content) -> Iterable[Diagnostic]:
        for path, one in content.sources.items():
            if not one.digest:
                try:
                    one.path.open("rb").close()
                except OSError as error:
                    yield unreadable(path, error)
