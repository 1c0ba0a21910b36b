"""Check the site as it would be if every open text were saved, a changed text without the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from wellsourced import rules, source
from wellsourced.diagnostics import Diagnostic
from wellsourced.language_server.scans import Scans
from wellsourced.language_server.shadow import is_saved, shadow
from wellsourced.plugin import settings
from wellsourced.plugin.check import look_at_pages
from wellsourced.plugin.desk import Desk, furnish
from wellsourced.plugin.where import shown, today
from wellsourced.rules.site import FOLDERS, LEDGER
from wellsourced.source import Document
from wellsourced.source.document import DocumentKind

Texts = Mapping[Path, str]
"""The open texts: mapping absolute path → text."""
Findings = Mapping[str, tuple[Diagnostic, ...]]
"""Mapping shown path → its findings, sorted."""

_KINDS: Mapping[str, DocumentKind] = {folder: kind for kind, folder in FOLDERS.items()}


@dataclass
class _Found:
    """Findings by shown path, kept apart by what has to be done again to renew them."""

    loading: dict[str, list[Diagnostic]] = field(default_factory=dict)
    rules: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    together: dict[str, list[Diagnostic]] = field(default_factory=dict)
    rendering: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict)

    def of(self, path: str) -> set[Diagnostic]:
        return {
            *self.loading.get(path, ()), *self.rules.get(path, ()), *self.together.get(path, ())
        }  # fmt: skip

    def merged(self) -> Findings:
        paths = {*self.loading, *self.rules, *self.together}
        found = {path: self.of(path) for path in paths}
        for diagnostics in self.rendering.values():
            for diagnostic in diagnostics:
                found.setdefault(diagnostic.path, set()).add(diagnostic)
        return {path: tuple(sorted(diagnostics)) for path, diagnostics in found.items()}


class Checker:
    """One site as last checked. One thread at a time may check; any thread may read `desk`."""

    def __init__(self, settings_file: Path) -> None:
        self._settings_file = settings_file.resolve()
        self._scratch = TemporaryDirectory(
            prefix="wellsourced-entries-", ignore_cleanup_errors=True
        )
        self._settings: Mapping[str, Any] = {}
        self._scans = Scans()
        self._found = _Found()
        self._waiting: set[str] = set()
        self.content = Path()
        self.folder = ""
        self.desk: Desk | None = None

    def reload(self, texts: Texts) -> Iterator[Findings]:
        """Read everything anew and yield all findings: by the rules, then after rendering too.

        The rules run over the open documents; the others keep what was found in them until
        `catch_up`. Only the articles that are open, or whose ledger is, are rendered.
        """
        self._settings = settings.read(self._settings_file)
        self.content = Path(self._settings["PATH"]).resolve()
        self.folder = shown(Path(self._settings["PATH"]))
        unsaved = {
            path: text
            for path, text in texts.items()
            if path.is_relative_to(self.content) and not is_saved(path, text)
        }
        publishing = bool(self._settings.get("WELLSOURCED_PUBLISHING"))
        with shadow(self.content, unsaved) as folder:
            site, found = rules.load(
                folder, self.folder, today(), publishing=publishing, read=self._scans.read
            )
        if any(path.name == "references.json" for path in unsaved):
            # What is typed half-way must not fill the cache that builds use.
            self._settings = {**self._settings, "WELLSOURCED_CACHE": self._scratch.name}
        desk = furnish(site, self._settings)
        self.desk = desk
        opened = set(map(self.shown, texts))
        rendered = _owners(opened)
        paths = {document.path for document in site.documents}
        before = self._found
        self._found = _Found(
            loading=_by_path([*found, *desk.found]),
            rules={path: each for path, each in before.rules.items() if path in paths},
            rendering={path: each for path, each in before.rendering.items() if path in rendered},
        )
        self._waiting = paths - opened
        yield from self._check([d for d in site.documents if d.path in opened], rendered)

    def recheck(self, texts: Texts, changed: Collection[Path]) -> Iterator[Findings]:
        """Scan the changed articles and pages anew and yield all findings, as `reload` does.

        The rules run over every open document, since its links may lead to a changed one.
        """
        assert self.desk is not None
        site = self.desk.site
        documents = {document.path: document for document in site.documents}
        fresh = {self.shown(path): self.read(path, texts[path]) for path in changed}
        documents |= fresh
        site = replace(
            site,
            articles=_sorted(documents.values(), "article"),
            pages=_sorted(documents.values(), "page"),
        )
        self.desk = replace(self.desk, site=site)
        opened = [documents[path] for path in map(self.shown, texts) if path in documents]
        yield from self._check(opened, fresh)

    @property
    def is_behind(self) -> bool:
        """Tell whether documents wait for `catch_up`."""
        return bool(self._waiting)

    def catch_up(self, interrupted: Callable[[], bool]) -> Iterator[Findings]:
        """Run the rules over the documents that are not open; yield all findings at the end.

        When it is interrupted it yields nothing, and goes on from there the next time.
        """
        assert self.desk is not None
        site = self.desk.site
        documents = {document.path: document for document in site.documents}
        while self._waiting and not interrupted():
            path = self._waiting.pop()
            if document := documents.get(path):
                self._found.rules[path] = rules.check_document(document, site)
        if not self._waiting:
            yield self._found.merged()

    def depends_on(self, path: Path) -> bool:
        """Tell whether a file is part of the content, or the settings."""
        return path.is_relative_to(self.content) or path == self._settings_file

    def is_document(self, path: Path) -> bool:
        """Tell whether a path is that of an article or a page."""
        return path.suffix == ".md" and self._kind(path) is not None

    def read(self, path: Path, text: str) -> Document:
        """Scan an open article or page; from its file when it is saved, for its bytes count too."""
        if is_saved(path, text):
            kind = self._kind(path) or "article"
            return source.read(path, self.shown(path), kind, self._references())
        return self.scan(path, text)

    def scan(self, path: Path, text: str) -> Document:
        """Scan the text of an article or page."""
        kind = self._kind(path) or "article"
        return source.scan(text, self.shown(path), kind, self._references())

    def shown(self, path: Path) -> str:
        """Give the path that findings show, such as `content/articles/x.md`."""
        if path.is_relative_to(self.content):
            return f"{self.folder}/{path.relative_to(self.content).as_posix()}"
        return shown(path)

    def path_of(self, display: str) -> Path:
        """Give the absolute path of a shown one."""
        if display.startswith(f"{self.folder}/"):
            return self.content / display.removeprefix(f"{self.folder}/")
        return Path(display).resolve()

    def _references(self) -> Collection[str]:
        return self.desk.site.library.references if self.desk else ()

    def _kind(self, path: Path) -> DocumentKind | None:
        if not path.is_relative_to(self.content):
            return None
        return _KINDS.get(path.relative_to(self.content).parts[0])

    def _check(
        self, documents: Iterable[Document], rendered: Collection[str]
    ) -> Iterator[Findings]:
        """Run the rules over documents and render some of them, given by their shown paths."""
        assert self.desk is not None
        site, found = self.desk.site, self._found
        for document in documents:
            found.rules[document.path] = rules.check_document(document, site)
        found.together = _by_path(rules.check_together(site))
        for path in rendered:
            # What a ledger was told stands until the article is rendered again.
            before = found.rendering.get(path, ())
            found.rendering[path] = tuple(d for d in before if d.path != path)
        yield found.merged()
        for document in site.documents:
            if document.path in rendered:
                ledger = document.path.removesuffix(".md") + LEDGER
                known = {*found.of(document.path), *found.of(ledger)}
                guest = replace(self.desk, found=sorted(known))
                look_at_pages(guest, self._settings, [document])
                found.rendering[document.path] = tuple(d for d in guest.found if d not in known)
        yield found.merged()


def _by_path(found: Iterable[Diagnostic]) -> dict[str, list[Diagnostic]]:
    grouped: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in found:
        grouped[diagnostic.path].append(diagnostic)
    return dict(grouped)


def _owners(paths: Iterable[str]) -> frozenset[str]:
    """Give the shown paths with each ledger's article in its place."""
    return frozenset(
        path.removesuffix(LEDGER) + ".md" if path.endswith(LEDGER) else path for path in paths
    )


def _sorted(documents: Iterable[Document], kind: DocumentKind) -> tuple[Document, ...]:
    return tuple(sorted((d for d in documents if d.kind == kind), key=lambda d: Path(d.path)))
