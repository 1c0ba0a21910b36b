"""Say what an audit leaves for the next one: what it looked at, what it came to, its pages."""

from __future__ import annotations

import marshal
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from hashlib import blake2b

from wellsourced.audit.page_facts import PageFacts, PageLinks
from wellsourced.diagnostics import Diagnostic, Location, diagnose

_SIZE = 16
"""Bytes of a digest."""

Found = tuple[tuple[tuple[str, int, int, int, int], str, str, str], ...]
"""Findings as plain values: place, code, message, hint."""


@dataclass
class Roll:
    """What an audit looked at, and what it came to.

    `common` digests what every finding depends on. `files` maps key → digest of a file's bytes,
    `promises` key → digest of what was promised of a page, `found` key → what its own checks
    found, `stamps` key → a file's stamp, unless it was touched when it was read. `clean` maps each
    check of the whole site that found nothing to what else it depended on, `asked` to the
    addresses of which it asked whether they are there. `astray` are the pages with a link
    that leads nowhere, `unread` those that could not be read.
    """

    common: bytes = b""
    files: dict[str, bytes] = field(default_factory=dict)
    promises: dict[str, bytes] = field(default_factory=dict)
    found: dict[str, Found] = field(default_factory=dict)
    stamps: dict[str, bytes] = field(default_factory=dict)
    clean: dict[str, str] = field(default_factory=dict)
    asked: dict[str, tuple[str, ...]] = field(default_factory=dict)
    astray: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    def pages(self) -> set[str]:
        """Give the keys of the pages of which there are facts."""
        return {key for key in self.files if is_page(key)}.difference(self.unread)


@dataclass(frozen=True, slots=True)
class Lost:
    """Addresses that were there: `paths` of files, and `parts` of pages, such as `/x/#risks`."""

    paths: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()

    def starts(self) -> tuple[str, ...]:
        """Give words of which each of them has one: folders of files, and pages before a part."""
        # At the root, the folder's slash would be in every address.
        folders = {f"{folder}/" if (folder := path.rpartition("/")[0]) else path
                   for path in self.paths}  # fmt: skip
        return (*folders, *{f"{address.partition('#')[0]}#" for address in self.parts})

    def holds(self, address: str) -> bool:
        """Tell whether an address is among them."""
        return address in self.parts or address.partition("#")[0] in self.paths


@dataclass(frozen=True, slots=True)
class Row:
    """A page as it is kept: its facts, its links packed, and the addresses that they lead to."""

    facts: bytes
    links: bytes
    targets: str

    @classmethod
    def of(cls, facts: PageFacts, links: PageLinks) -> Row:
        """Pack what is known of a page."""
        return cls(
            marshal.dumps(tuple(getattr(facts, one.name) for one in fields(facts))),
            zlib.compress(marshal.dumps((links.ids, links.links)), 1),
            "".join(f"{target}\n" for target, _, _ in links.links),
        )

    def unpack_facts(self) -> PageFacts:
        """Give the page's facts."""
        return PageFacts(*marshal.loads(self.facts))

    def unpack_links(self) -> PageLinks:
        """Give the page's ids and links."""
        return PageLinks(*marshal.loads(zlib.decompress(self.links)))

    def seal(self, digest: bytes) -> bytes:
        """Digest the row together with the digest of its page."""
        state = blake2b(digest, digest_size=_SIZE)
        for part in (self.facts, self.links, self.targets.encode("utf-8", "surrogatepass")):
            state.update(b"%d:" % len(part))
            state.update(part)
        return state.digest()


def is_page(key: str) -> bool:
    """Tell whether a file is a page by its name."""
    return key.endswith(".html")


def plain(found: Iterable[Diagnostic]) -> Found:
    """Give findings as plain values."""
    return tuple(
        ((d.path, d.line, d.column, d.end_line, d.end_column), d.code, d.message, str(d.hint))
        for d in found
    )


def findings(found: Found) -> Iterator[Diagnostic]:
    """Yield findings that were kept as plain values."""
    for place, id, message, hint in found:
        yield diagnose(Location(*place), id, message, hint)


def stamp(path: str | os.PathLike[str]) -> bytes:
    """Give a file's stamp: size, times of change of its bytes and its record, number, device.

    Raises `OSError`.
    """
    now = os.stat(path)
    times = (now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino, now.st_dev)
    return " ".join(map(str, times)).encode()


def digest(data: bytes) -> bytes:
    """Digest some bytes."""
    return blake2b(data, digest_size=_SIZE).digest()
