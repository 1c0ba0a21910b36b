"""Keep what an editor has open, check it as it changes, and tell what was found."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from wellsourced.diagnostics import Diagnostic
from wellsourced.language_server import mentions
from wellsourced.language_server.checker import Checker, Findings
from wellsourced.language_server.mentions import Mention
from wellsourced.language_server.positions import Text
from wellsourced.library import Library
from wellsourced.plugin.desk import Desk
from wellsourced.rules.site import LEDGER
from wellsourced.source import Document

DEBOUNCE = 0.04  # seconds that changes are gathered for

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Open:
    """A text that the editor holds: its address as the editor writes it, version, and text."""

    uri: str
    version: int | None
    text: Text


@dataclass(frozen=True)
class Found:
    """What a check found, and the texts that it saw."""

    findings: Findings
    opened: Mapping[Path, Open]


class Session:
    """One editor's work on one site.

    `publish` is called on the event loop with each result, `warn` with a sentence when the site
    cannot be checked at all.
    """

    def __init__(
        self,
        settings_file: Path,
        publish: Callable[[Found], None],
        warn: Callable[[str], None],
    ) -> None:
        self.checker = Checker(settings_file)
        self.encoding = "utf-16"
        self.opened: dict[Path, Open] = {}
        self.found = Found({}, {})
        self._publish = publish
        self._warn = warn
        self._changed: set[Path] = set()
        self._stale = True
        self._wake = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, "check")
        self._documents: dict[Path, tuple[Text, Library, Document]] = {}
        self._ended = threading.Event()
        self._failure = ""

    @property
    def desk(self) -> Desk | None:
        """Give the site as last checked; None before the first check."""
        return self.checker.desk

    def put(self, path: Path, uri: str, version: int | None, raw: str) -> None:
        """Take a text that was opened or changed, and have it checked."""
        self.opened[path] = Open(uri, version, Text(_whole(raw), self.encoding))
        self.touch(path)

    def close(self, path: Path) -> None:
        """Forget a text that was closed; what is on disk counts again."""
        self.opened.pop(path, None)
        self._documents.pop(path, None)
        self.reload()

    def touch(self, path: Path) -> None:
        """Have a file checked again: alone when it is an article or page, else with all others."""
        if self.desk is not None and path in self.opened and self.checker.is_document(path):
            self._changed.add(path)
            self._wake.set()
        elif self.desk is None or self.checker.depends_on(path):
            self.reload()

    def reload(self) -> None:
        """Have the whole site read and checked again."""
        self._stale = True
        self._wake.set()

    async def work(self) -> None:
        """Check what was touched, again and again, until the task is cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            if self.checker.is_behind and not self._wake.is_set():
                rest = self.checker.catch_up(lambda: self._wake.is_set() or self._ended.is_set())
                await loop.run_in_executor(
                    self._thread, self._tell_all, loop, rest, dict(self.opened)
                )
                continue
            await self._wake.wait()
            await asyncio.sleep(DEBOUNCE)
            self._wake.clear()
            stale, changed = self._stale, frozenset(self._changed & self.opened.keys())
            self._stale, self._changed = False, set()
            if stale or changed:
                opened = dict(self.opened)
                texts = {path: one.text.raw for path, one in opened.items()}
                steps = (
                    self.checker.reload(texts)
                    if stale or self.desk is None
                    else self.checker.recheck(texts, changed)
                )
                await loop.run_in_executor(self._thread, self._tell_all, loop, steps, opened)

    def end(self) -> None:
        """Give up checks that have not begun, and let the running one tell nothing more."""
        self._ended.set()
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _tell_all(
        self,
        loop: asyncio.AbstractEventLoop,
        steps: Iterator[Findings],
        opened: Mapping[Path, Open],
    ) -> None:
        """Have a check done, in its thread, and each of its results told on the event loop."""
        try:
            for findings in steps:
                if self._ended.is_set():
                    return
                loop.call_soon_threadsafe(self._tell, Found(findings, opened))
        except (Exception, SystemExit) as error:
            _log.exception("The site cannot be checked")
            reason = f"The site cannot be checked: {_reason(error)}"
            if reason != self._failure:
                loop.call_soon_threadsafe(self._warn, reason)
            self._failure = reason
        else:
            self._failure = ""

    def _tell(self, found: Found) -> None:
        self.found = found
        self._publish(found)

    def text(self, path: Path) -> Text | None:
        """Give a file's text, as it is open or else on disk; None when it cannot be read."""
        if one := self.opened.get(path):
            return one.text
        try:
            return Text(path.read_bytes().decode("utf-8", "replace"), self.encoding)
        except OSError:
            return None

    def document(self, path: Path) -> Document | None:
        """Give an article or page as it is now; None for any other file."""
        desk, one = self.desk, self.opened.get(path)
        if desk is None or not self.checker.is_document(path):
            return None
        if one is None:
            below = path.relative_to(self.checker.content).as_posix()
            return desk.site.by_path.get(below)
        library = desk.site.library
        known = self._documents.get(path)
        if known is None or known[0] is not one.text or known[1] is not library:
            document = self.checker.scan(path, one.text.raw)
            known = self._documents[path] = one.text, library, document
        return known[2]

    def mentions(self, path: Path) -> tuple[Mention, ...]:
        """Give what a file names and defines.

        Raises `BrokenSyntaxError` when it is a catalogue or ledger that cannot be read.
        """
        desk = self.desk
        if desk is None or not path.is_relative_to(self.checker.content):
            return ()
        if document := self.document(path):
            return tuple(mentions.in_document(document, desk.site))
        text = self.text(path)
        is_data = path.name in mentions.DEFINED_IN.values() or path.name.endswith(LEDGER)
        if text is None or not is_data:
            return ()
        return tuple(mentions.in_catalogue(path.name, text.index.text))

    def files(self) -> Iterator[Path]:
        """Yield every file that may mention something: documents, ledgers, catalogues."""
        desk, content = self.desk, self.checker.content
        if desk is None:
            return
        for document in desk.site.documents:
            path = self.checker.path_of(document.path)
            yield path
            ledger = path.with_name(path.name.removesuffix(".md") + LEDGER)
            if ledger.is_file() or ledger in self.opened:
                yield ledger
        for name in mentions.DEFINED_IN.values():
            if (path := content / "library" / name).is_file() or path in self.opened:
                yield path

    def findings(self, path: Path) -> tuple[Diagnostic, ...]:
        """Give what was last found in a file, if its text is still the one that was checked."""
        seen, now = self.found.opened.get(path), self.opened.get(path)
        if seen is None or now is None or seen.text is not now.text:
            return ()
        return self.found.findings.get(self.checker.shown(path), ())


def _whole(raw: str) -> str:
    """Replace halves of surrogate pairs, which no file can hold."""
    return raw.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _reason(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
