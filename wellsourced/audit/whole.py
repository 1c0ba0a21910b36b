"""Hold a whole built site: its files by address, for the checks that need more than one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from wellsourced.audit import places
from wellsourced.audit.addresses import address
from wellsourced.audit.page_facts import PageFacts
from wellsourced.audit.promises import NOTHING, Promise
from wellsourced.audit.reading import Built, Files
from wellsourced.diagnostics import Location
from wellsourced.rules.site import Site


class Whole:
    """A built site: key → path, key → what each file came to, and its origin."""

    def __init__(
        self,
        files: Files,
        built: Mapping[str, Built],
        site: Site,
        promises: Mapping[str, Promise],
        origin: str,
    ) -> None:
        self.files = files
        self.built = built
        self.site = site
        self.promises = promises
        self.origin = origin
        self.pages: dict[str, PageFacts] = {
            key: one.facts for key, one in built.items() if one.facts is not None
        }

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """Map the address of every file, from the root of the site, to its key."""
        return {address(key): key for key in self.built}

    @lru_cache(maxsize=4096)  # noqa: B019  # lives as long as one audit
    def ids(self, key: str) -> frozenset[str]:
        """Give the ids of a page."""
        return frozenset(self.pages[key].ids.split(" "))

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
