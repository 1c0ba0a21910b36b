"""Make what is out of date of a site's output, and know of all the rest that it is not.

A unit is what writes files together: a document with the files beside it, or a generator. It is
made anew when the digest of its inputs has changed, when something that it read has, or when a
file of it is not on disk as it was written.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from pelican import Pelican
from pelican.generators import Generator

from wellsourced.diagnostics import Diagnostic
from wellsourced.plugin import digests, related, search
from wellsourced.plugin.desk import SETTING
from wellsourced.plugin.documents import DocumentPages, Written
from wellsourced.plugin.files import differing, stamp
from wellsourced.plugin.related import Related
from wellsourced.plugin.site_pages import (
    SURVEY,
    SitePages,
    generators,
    in_feeds,
    made_from,
    template_context,
    unit_of,
    written_below,
)
from wellsourced.plugin.store import Build, File
from wellsourced.plugin.survey import TOGETHER, Survey, Tell
from wellsourced.processes import stream

_RELATED = "related"


@dataclass
class Made:
    """What a production has come to: where each of its files lies, and what it leaves behind."""

    build: Build
    output: Path
    staged: dict[str, Path] = field(default_factory=dict)
    """Mapping file below the output → the staged file that belongs there."""
    kept: set[str] = field(default_factory=set)
    """The files below the output that stay as the last build wrote them."""
    found: list[Diagnostic] = field(default_factory=list)

    @property
    def files(self) -> Mapping[str, Path]:
        """Map each file that the output will have to where it lies by now."""
        return _Places(self)


class _Places(Mapping[str, Path]):
    """Where files lie; a path is made when it is asked for, since few of many are."""

    def __init__(self, made: Made) -> None:
        self._made = made

    def __getitem__(self, name: str) -> Path:
        if name in self._made.staged:
            return self._made.staged[name]
        if name in self._made.kept:
            return self._made.output / name
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return name in self._made.staged or name in self._made.kept

    def __iter__(self) -> Iterator[str]:
        yield from self._made.staged
        yield from self._made.kept - self._made.staged.keys()

    def __len__(self) -> int:
        return len(self._made.kept | self._made.staged.keys())


class Production:
    """One build's making of pages; `output` is where the last build's files are."""

    def __init__(self, pelican: Pelican, survey: Survey, output: Path, tell: Tell) -> None:
        self._pelican = pelican
        self._survey = survey
        self._output = output
        self._tell = tell
        self._settings = pelican.settings | {SETTING: survey.desk, SURVEY: survey}
        self._last = survey.store.units()
        self._files = survey.store.files()
        self._aspects: dict[str, bytes] = {}
        survey.related = self._find_related()
        build = Build(documents=survey.rows, fresh=survey.fresh, meta=survey.meta)
        self.made = Made(build, output)
        self.pages: DocumentPages | None = None
        """What made the documents' pages, if any was made."""

    def run(self, stage: Path) -> Made:
        """Make all that is out of date below an empty folder.

        Raises `jinja2.TemplateError` and `StyleSheetError` when the theme is at fault.
        """
        damaged = self._damaged_units()
        units = self._units()
        due = {
            unit for unit, inputs in units.items()
            if self._last.get(unit) != inputs or unit in damaged or unit in self._survey.stale
            or unit in self._survey.changed
        }  # fmt: skip
        due |= self._always
        if due:
            self._make(due, stage)
        build = self.made.build
        build.units = {unit: units[unit] for unit in due}
        build.gone = self._last.keys() - units.keys()
        if self._survey.together is not None:
            build.reads[TOGETHER] = self._survey.together
        for unit in units.keys() - due:
            self._keep(unit)
        self._index(stage, damaged)
        return self.made

    @property
    def digests(self) -> dict[str, bytes]:
        """Map each file that the output will have to the digest of its bytes."""
        known = self._files | self.made.build.files
        return {name: known[name].digest for name in self.made.files}

    def _index(self, stage: Path, damaged: Collection[str]) -> None:
        """Make those parts of the search index anew of which a page has changed."""
        known = self._files | self.made.build.files
        places = self.made.files
        pages = {name: places[name] for name in places if name.endswith(".html")}
        library, digest = self._survey.desk.site.library, self._survey.values.digest
        language = self._settings["DEFAULT_LANG"]
        shared = (
            [digest(("terms", term)) for term in library.terms],
            [digest(("references", key)) for key in library.references],
        )
        documents = len(self._survey.neighbours)
        held = search.share((n for n in self._files if n.endswith(".html")), documents)
        size = digests.SIZE
        due: list[search.Part] = []
        for part in search.parts(pages, documents, library, language):
            texts = b"".join(known[name].digest for name in part.pages)
            inputs = digests.of(language, len(held))
            inputs += digests.of(shared if part.library else None)
            inputs += digests.of("\0".join(part.pages), texts)
            last = self._last.get(part.unit, b"")
            self.made.build.gone.discard(part.unit)
            if last == inputs and part.unit not in damaged:
                self._keep(part.unit)
                continue
            self.made.build.units[part.unit] = inputs
            if last[:size] == inputs[:size] and part.unit not in damaged:
                relisted = last[size : 2 * size] != inputs[size : 2 * size]
                part = self._going_on(part, held[part.number], known, damaged, relisted)
            due.append(part)
        for one in stream(partial(search.index, stage), due, 1):
            self.made.found.extend(one.found)
            files = written_below(stage / one.part.folder)
            written = tuple((f"{one.part.folder}/{name}", digest) for name, digest in files)
            self._take(Written(one.part.unit, written, frozenset()), stage)
            for name in one.kept:
                self.made.kept.add(name)
                self.made.build.files.setdefault(name, self._files[name])

    def _going_on(
        self,
        part: search.Part,
        held: Collection[str],
        known: Mapping[str, File],
        damaged: Collection[str],
        relisted: bool,
    ) -> search.Part:
        """Say what a part of the index was when it was last made; it held some pages then."""
        others = [
            name for name in held
            if name not in part.pages or known[name].digest != self._files[name].digest
        ]  # fmt: skip
        if any(self._files[name].unit in damaged for name in others):
            return part
        last, before = (
            {name: self._output / name for name in names}
            for names in (self._written.get(part.unit, ()), others)
        )
        came = frozenset(part.pages).difference(held)
        return replace(part, last=last, before=before, came=came, relisted=relisted)

    def _keep(self, unit: str) -> None:
        """Keep the files of a unit as they are in the output."""
        self.made.kept.update(self._written.get(unit, ()))

    @cached_property
    def _written(self) -> Mapping[str, list[str]]:
        """Map each unit of the last build to its files."""
        found: dict[str, list[str]] = {}
        for name, file in self._files.items():
            found.setdefault(file.unit, []).append(name)
        return found

    def _make(self, due: set[str], stage: Path) -> None:
        survey = self._survey
        context = template_context(survey, self._settings)
        documents = [path for path in survey.neighbours if path in due]
        (stage / "documents").mkdir()
        folder = stage / "documents"
        pages = self.pages = DocumentPages(survey, self._settings, context, folder)
        self._tell("write", 0, len(documents))
        for done, written in enumerate(stream(pages.write, documents), 1):
            self._take(written, folder)
            self._tell("write", done, len(documents))
        kinds = [kind for kind in self._kinds if unit_of(kind) in due]
        if any("uses" in made_from(kind) for kind in kinds):
            survey.desk.usage = context["usage"] = survey.usage(self._settings["SITEURL"])
        folders = {unit_of(kind): stage / kind.__name__ for kind in kinds}
        for written in SitePages(survey, self._settings, context).write(kinds, stage):
            self._take(written, folders[written.unit])

    def _take(self, written: Written, folder: Path) -> None:
        build = self.made.build
        build.reads[written.unit] = written.reads
        self.made.found.extend(written.found)
        for name, digest in written.files:
            self.made.staged[name] = folder / name
            build.files[name] = File(written.unit, digest, "")

    @cached_property
    def _kinds(self) -> list[type[Generator]]:
        return generators(self._pelican)

    @property
    def _always(self) -> set[str]:
        """Name the generators of other plugins, of which nobody knows what they read."""
        return {unit_of(kind) for kind in self._kinds if not hasattr(kind, "made_from")}

    def _units(self) -> Mapping[str, bytes]:
        """Map every unit to the digest of its inputs."""
        survey = self._survey
        frame = digests.of(
            digests.tree(Path(self._settings["THEME"])), survey.cards(survey.of_kind("page"))
        )
        documents = {
            path: digests.of(row.sum, frame, survey.related.get(path))
            for path, row in survey.rows.items()
        }
        return documents | {
            unit_of(kind): digests.of(
                frame, [self._aspect(name) for name in sorted(made_from(kind))]
            )
            for kind in self._kinds
        }

    def _find_related(self) -> Mapping[str, tuple[Related, ...]]:
        """Map articles to those on their matter, as the last build knew them while it can."""
        uses, last = self._aspect("uses"), self._survey.store.meta(_RELATED)
        found: Mapping[str, tuple[Related, ...]]
        if last.startswith(uses):
            found = pickle.loads(last[len(uses) :])
        else:
            found = related.find(self._survey.used())
            last = uses + pickle.dumps(found)
        self._survey.meta[_RELATED] = last
        return found

    def _aspect(self, name: str) -> bytes:
        """Digest one side of the site that generators are made from."""
        survey, rows = self._survey, self._survey.rows
        if name not in self._aspects:
            ways: Mapping[str, Callable[[], object]] = {
                "cards": lambda: survey.cards(rows),
                "uses": lambda: [(path, row.card, row.uses) for path, row in rows.items()],
                "bodies": lambda: [(path, row.sum) for path, row in rows.items()],
                "fed": lambda: [
                    (path, rows[path].sum) for path in in_feeds(survey, self._settings)
                ],
                "pictures": lambda: survey.content.pictures,
            }
            self._aspects[name] = digests.of(ways[name]())
        return self._aspects[name]

    def _damaged_units(self) -> set[str]:
        """Name the units of which a file is not on disk as it was written."""
        damaged = set()
        stamps = {name: file.stamp for name, file in self._files.items()}
        for name in differing(self._output, stamps):
            file, path = self._files[name], self._output / name
            is_whole = path.is_file() and not path.is_symlink()
            if is_whole and digests.file(path) == file.digest:
                self.made.build.files[name] = file.on_disk(stamp(path.lstat()))
            else:
                damaged.add(file.unit)
        return damaged
