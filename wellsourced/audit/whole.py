"""Hold a whole built site: its files by address, for the checks that need more than one."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from wellsourced.audit import places
from wellsourced.audit.addresses import address
from wellsourced.audit.memory import Memory
from wellsourced.audit.page_facts import PageFacts, PageLinks
from wellsourced.audit.promises import NOTHING, Promise, Promised
from wellsourced.audit.reading import Files
from wellsourced.audit.roll import Row
from wellsourced.diagnostics import Location
from wellsourced.library.shape_check import nearest
from wellsourced.rules.site import Site

_NEAR = 100
"""Addresses on each side of a wrong one that it is compared with."""


class Pages(Mapping[str, PageFacts]):
    """The pages of a built site by key: those just read, and others as they were kept."""

    def __init__(self, fresh: Mapping[str, Row], kept: frozenset[str], memory: Memory) -> None:
        self._fresh = fresh
        self._kept = kept
        self._memory = memory
        self._facts: dict[str, PageFacts] = {}
        self._links: dict[str, PageLinks] = {}

    def __getitem__(self, key: str) -> PageFacts:
        found = self._facts.get(key)
        if found is None:
            if key not in self:
                raise KeyError(key)
            found = self._facts[key] = self._row(key).unpack_facts()
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._fresh or key in self._kept

    def __iter__(self) -> Iterator[str]:
        missing = [key for key in self._kept if key not in self._facts]
        for key, row in self._memory.rows(missing).items():  # whoever goes through them wants them
            self._facts[key] = row.unpack_facts()
        yield from self._fresh
        yield from self._kept

    def __len__(self) -> int:
        return len(self._fresh) + len(self._kept)

    def links(self, key: str) -> PageLinks:
        """Give a page's ids and links."""
        return self._row(key).unpack_links()

    def _row(self, key: str) -> Row:
        return self._fresh[key] if key in self._fresh else self._memory.row(key)


class Whole:
    """A built site: key → path, its pages, what was promised of them, and its origin."""

    def __init__(
        self, files: Files, pages: Pages, site: Site, promised: Promised, origin: str
    ) -> None:
        self.files = files
        self.pages = pages
        self.site = site
        self.promises = promised.pages
        self.withheld = promised.withheld
        self.origin = origin
        self.asked: set[str] = set()
        """Addresses of which somebody asked whether they are there."""
        self._hints: dict[str, str] = {}

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """Map the address of every file, from the root of the site, to its key."""
        return {address(key): key for key in self.files}

    def key(self, address: str) -> str:
        """Give the key of the file at an address; `""` when there is none."""
        key = f"{address[1:]}index.html" if address.endswith("/") else address[1:]
        is_there = address.startswith("/") and key in self.files
        # A page of a folder has one address, which ends in a slash.
        return key if is_there and (address.endswith("/") or not _is_index(key)) else ""

    @lru_cache(maxsize=4096)  # noqa: B019  # lives as long as one audit
    def ids(self, key: str) -> frozenset[str]:
        """Give the ids of a page."""
        return frozenset(self.pages.links(key).ids.split(" "))

    def hint(self, path: str) -> str:
        """Say where a page that is not at an address has gone, or what was meant."""
        if path not in self._hints:  # a template's broken link stands on every page
            moved = self.site.library.moved.get(path)
            hint = f'it moved to "{moved.to}"' if moved else nearest(path, self._near(path))
            self._hints[path] = hint
        return self._hints[path]

    def _near(self, path: str) -> Iterator[str]:
        """Yield the addresses that begin, or end, most as one that is not there.

        To compare it with each address of a large site takes seconds.
        """
        forwards, backwards = self._sorted
        at = bisect(forwards, path)
        yield from forwards[max(0, at - _NEAR) : at + _NEAR]
        at = bisect(backwards, path[::-1])
        yield from (one[::-1] for one in backwards[max(0, at - _NEAR) : at + _NEAR])

    @cached_property
    def _sorted(self) -> tuple[list[str], list[str]]:
        return sorted(self.keys), sorted(one[::-1] for one in self.keys)

    def promise(self, key: str) -> Promise:
        """Give what was promised of a page; nothing of one that the content does not know."""
        return self.promises.get(key, NOTHING)

    def articles(self) -> Iterator[tuple[str, PageFacts]]:
        """Yield the key and facts of each article that is there."""
        for key, facts in self.pages.items():
            if self.promise(key).kind == "article":
                yield key, facts

    def url(self, key: str) -> str:
        """Give the absolute address of a file."""
        return self.origin + address(key)

    def data(self, key: str) -> bytes:
        """Read a file; nothing when it is not there."""
        return Path(self.files[key]).read_bytes() if key in self.files else b""

    def text(self, key: str) -> str:
        """Read a file as text; `""` when it is not there."""
        return self.data(key).decode("utf-8", "replace")

    @lru_cache(maxsize=8)  # noqa: B019
    def lines(self, key: str) -> tuple[str, ...]:
        """Give the lines of a file."""
        return tuple(self.text(key).split("\n"))

    def at(self, key: str, line: int, words: str) -> Location:
        """Find some words at a line of a file."""
        return places.find(key, self.lines(key), line, words)

    def find(self, key: str, words: str) -> Location:
        """Find some words anywhere in a file."""
        text = self.text(key)
        return self.at(key, text.count("\n", 0, max(text.find(words), 0)) + 1, words)


def _is_index(key: str) -> bool:
    return key == "index.html" or key.endswith("/index.html")
