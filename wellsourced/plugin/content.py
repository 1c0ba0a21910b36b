"""Read the content for a build: only what has changed since the last one is read again."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from wellsourced.plugin import digests
from wellsourced.plugin.files import Files, walk
from wellsourced.rules.site import FOLDERS, strays
from wellsourced.source.document import DocumentKind

IMAGES = "images"
_KINDS: Mapping[str, DocumentKind] = {folder: kind for kind, folder in FOLDERS.items()}


@dataclass(frozen=True, slots=True)
class Source:
    """An article or page on disk; its digest covers the files of its name beside it too."""

    path: Path
    kind: DocumentKind
    digest: bytes


class Content:
    """The articles and pages of a content folder; `display` is its path as findings show it."""

    def __init__(self, folder: Path, display: str, files: Files) -> None:
        self.folder = folder
        self.display = display
        self.files = files
        self._entries = {
            f"{name}/{below}": entry
            for name in FOLDERS.values()
            for below, entry in walk(folder / name, also=".md")
            if entry.is_file() or below.endswith(".md")
        }

    @cached_property
    def names(self) -> tuple[str, ...]:
        """List all files of articles/ and pages/ as paths below the content folder, sorted."""
        return tuple(sorted(self._entries, key=lambda name: name.split("/")))

    @property
    def strays(self) -> tuple[str, ...]:
        """List the files that would be left out, as shown paths."""
        return tuple(f"{self.display}/{name}" for name in strays(frozenset(self.names)))

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Map shown path → source: articles, then pages, each kind sorted.

        A file that cannot be read has an empty digest.
        """
        companions = self._companions
        return {
            f"{self.display}/{name}": Source(
                self.folder / name,
                _KINDS[name.partition("/")[0]],
                self._digest(companions[name]),
            )
            for name in self.names
            if name.endswith(".md") and not name.rpartition("/")[2].startswith(".")
        }

    @cached_property
    def _companions(self) -> Mapping[str, list[str]]:
        """Map each `.md` file to itself and the files named after it, such as its ledger."""
        found = {name: [name] for name in self.names if name.endswith(".md")}
        for name in self.names:
            owner = name
            while "." in owner.rpartition("/")[2] and not name.endswith(".md"):
                owner = owner.rpartition(".")[0]
                if f"{owner}.md" in found:
                    found[f"{owner}.md"].append(name)
                    break
        return found

    def digest(self, name: str) -> bytes:
        """Digest one of the files; nothing for one that cannot be read."""
        return self._digest([name])

    def _digest(self, names: list[str]) -> bytes:
        entries = ((name, self._entries[name]) for name in names)
        try:
            return digests.of([(name, self._file(name, one)) for name, one in entries])
        except OSError:
            return b""

    def _file(self, name: str, entry: os.DirEntry[str]) -> bytes:
        return self.files.digest(f"PATH/{name}", entry.path, entry.stat())

    @cached_property
    def pictures(self) -> bytes:
        """Digest the files under images/."""
        found = sorted(walk(self.folder / IMAGES), key=lambda one: one[0])
        return digests.of(
            [
                (name, self._file(f"{IMAGES}/{name}", entry))
                for name, entry in found
                if entry.is_file()
            ]
        )


class Texts(Mapping[str, str]):
    """The texts of a content's documents by shown path, read when they are asked for.

    `others` are texts of files from elsewhere.
    """

    def __init__(self, content: Content, others: Mapping[str, str] | None = None) -> None:
        self._sources = content.sources
        self._others = others or {}

    def __getitem__(self, path: str) -> str:
        if path in self._others:
            return self._others[path]
        data = self._sources[path].path.read_bytes()
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")

    def __iter__(self) -> Iterator[str]:
        yield from {**self._sources, **self._others}

    def __len__(self) -> int:
        return len({**self._sources, **self._others})
