"""Remember what an output came to, for the next audit of it: one SQLite file, kept by its size.

What an audit looked at as a whole (the `Roll`) is read at once; the facts and links of a page are
read when they are asked for. Nothing here is trusted unseen: the roll carries the digest of its
bytes, a page's row that of its own together with the page's, and a file in which something does
not agree is begun anew.
"""

from __future__ import annotations

import fcntl
import marshal
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from wellsourced.audit.roll import Lost, Roll, Row, digest

_AT_ONCE = 500
"""Rows that one statement asks for."""
_SCHEMA = """
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS roll (one INTEGER PRIMARY KEY, value BLOB, sum BLOB);
CREATE TABLE IF NOT EXISTS page (key BLOB PRIMARY KEY, facts BLOB, links BLOB, targets TEXT,
    sum BLOB) WITHOUT ROWID;
"""
# A file that a power cut left in disorder is found out by its digests, so nothing waits for the
# disk; a process that is killed leaves SQLite's journal, and the last state.


class DamagedError(Exception):
    """A memory that is not as it was written."""


DAMAGED = (DamagedError, sqlite3.DatabaseError)
"""What is raised when something in a memory is not what was put there."""


class Memory:
    """What the last audit of an output left; without a file it is empty and keeps nothing."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._database: sqlite3.Connection | None = None
        if path:
            self._database = sqlite3.connect(path, isolation_level=None)
            self._database.executescript(_SCHEMA)
        self.roll = self._read_roll()

    def row(self, key: str) -> Row:
        """Give what is kept of a page. Raises `DamagedError` when that is not so."""
        return self.rows([key])[key]

    def rows(self, keys: Iterable[str]) -> dict[str, Row]:
        """Map pages to what is kept of them. Raises `DamagedError` when one of them is not."""
        wanted, found = list(keys), {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            select = f"SELECT key, facts, links, targets, sum FROM page WHERE key IN ({marks})"
            for name, *parts, seal in self._run(select, map(os.fsencode, some)):
                key = os.fsdecode(name)
                found[key] = self._held(key, Row(*parts), seal)
        if len(found) != len(set(wanted)):
            raise DamagedError(f"{self._path} lacks a page")
        return found

    def leading_to(self, lost: Lost) -> Iterator[str]:
        """Yield at least the pages with a link to something that is no longer there."""
        starts = lost.starts()
        if not starts:
            return
        for name, targets in self._run("SELECT key, targets FROM page"):
            may = any(start in targets for start in starts)
            if may and any(map(lost.holds, targets.split("\n"))):
                yield os.fsdecode(name)

    def write(self, roll: Roll, rows: Mapping[str, Row], gone: Iterable[str]) -> None:
        """Take over an audit: the rows that are new, without those of pages that are gone."""
        if self._database is None or (roll == self.roll and not rows):
            return
        value = marshal.dumps(tuple(getattr(roll, one.name) for one in fields(roll)))
        self._run("BEGIN IMMEDIATE")
        if self.roll.common != roll.common:
            self._run("DELETE FROM page")
        self._database.executemany("DELETE FROM page WHERE key = ?", map(_named, gone))
        self._database.executemany(
            "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?)",
            [
                (*_named(key), row.facts, row.links, row.targets, row.seal(roll.files[key]))
                for key, row in rows.items()
            ],
        )
        self._run("INSERT OR REPLACE INTO roll VALUES (1, ?, ?)", [value, digest(value)])
        self._run("COMMIT")
        self.roll = roll

    def _held(self, key: str, row: Row, seal: bytes) -> Row:
        if key not in self.roll.files or row.seal(self.roll.files[key]) != seal:
            raise DamagedError(f"{self._path} holds a page that was changed")
        return row

    def _read_roll(self) -> Roll:
        for value, seal in self._run("SELECT value, sum FROM roll"):
            if digest(value) != seal:
                raise DamagedError(f"{self._path} was changed")
            return Roll(*marshal.loads(value))
        return Roll()

    def _run(self, statement: str, values: Iterable[object] = ()) -> Iterable[Any]:
        return self._database.execute(statement, tuple(values)) if self._database else ()

    def begin_anew(self) -> None:
        """Forget everything."""
        self.close()
        if self._path:
            forget(self._path)
        self.__init__(self._path)  # type: ignore[misc]

    def close(self) -> None:
        """Close the file."""
        if self._database:
            self._database.close()


@contextmanager
def opened(path: Path | None) -> Iterator[Memory]:
    """Open what is remembered of an output, one audit at a time; a damaged file is begun anew."""
    if path is None:
        yield Memory(None)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            memory = Memory(path)
        except DAMAGED:
            forget(path)
            memory = Memory(path)
        try:
            yield memory
        finally:
            memory.close()


def forget(path: Path) -> None:
    """Remove what is remembered of an output."""
    for one in (path, path.with_name(f"{path.name}-journal")):
        one.unlink(missing_ok=True)


@cache
def version() -> bytes:
    """Digest the audit's own code: other code may come to other findings."""
    folder = Path(__file__).parent
    return digest(b"".join(one.read_bytes() for one in sorted(folder.glob("*.py"))))


def _named(key: str) -> tuple[bytes]:
    return (os.fsencode(key),)  # a file's name may hold bytes that are no text
