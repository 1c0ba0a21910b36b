"""Remember, outside the output, what the last build read and made: one SQLite file a site.

A record is found by its document's digest and holds good while every name that it was made from
has the value it had then. Nothing here is trusted unseen: the file carries the digest of its own
bytes, a record that of its blobs, and whatever does not agree is told and made anew.
"""

from __future__ import annotations

import fcntl
import os
import pickle
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from wellsourced.plugin import digests
from wellsourced.plugin.files import stamp

if TYPE_CHECKING:  # what a build reads is no concern of one that has nothing to do
    from wellsourced.plugin.tracking import Name

DAMAGED = (sqlite3.DatabaseError, LookupError, pickle.UnpicklingError, zlib.error)
"""What is raised when something in a store is not what was put there."""

_SPARE = 1000
"""Records that are kept beside as many old ones as there are current ones."""

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE record (
    id INTEGER PRIMARY KEY, key BLOB, outline BLOB, body BLOB, found BLOB, reads BLOB, sum BLOB
);
CREATE INDEX record_key ON record (key);
CREATE TABLE document (path TEXT PRIMARY KEY, source BLOB, record INTEGER, sum BLOB, card BLOB,
    uses BLOB, address TEXT, status TEXT, date TEXT, facts INTEGER,
    findings INTEGER) WITHOUT ROWID;
CREATE TABLE name (id INTEGER PRIMARY KEY, catalogue TEXT, key TEXT, digest BLOB,
    UNIQUE (catalogue, key));
CREATE TABLE reader (name INTEGER, unit TEXT, PRIMARY KEY (name, unit)) WITHOUT ROWID;
CREATE INDEX reader_unit ON reader (unit);
CREATE TABLE unit (name TEXT PRIMARY KEY, inputs BLOB) WITHOUT ROWID;
CREATE TABLE file (name TEXT PRIMARY KEY, unit TEXT, stamp TEXT, digest BLOB) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as blobs; `reads` maps each name that it was made from to its value's digest."""

    outline: bytes
    body: bytes
    found: bytes
    reads: bytes

    @property
    def sum(self) -> bytes:
        """Digest the blobs."""
        return digests.of(self.outline, self.body, self.found, self.reads)


@dataclass(frozen=True, slots=True)
class File:
    """A written file: the unit that wrote it, the digest of its bytes, and its stamp on disk."""

    unit: str
    digest: bytes
    stamp: str

    def on_disk(self, stamp: str) -> File:
        """Give the file with another stamp."""
        return replace(self, stamp=stamp)


@dataclass(frozen=True, slots=True)
class Row:
    """A document of a build: digests of its source, of what it came to, its card and its uses.

    `record` is the id of the record, `card` what other pages show of it, `address` where it is
    published, `status` as Pelican takes it, `date` its date as written, empty unless it is
    published, `facts` how many its page owes, `findings` how many were found in it.
    """

    source: bytes
    record: int
    sum: bytes
    card: bytes
    uses: bytes
    address: str
    status: str
    date: str
    facts: int
    findings: int


@dataclass
class Build:
    """What a build leaves to the next one."""

    documents: dict[str, Row] = field(default_factory=dict)
    """Mapping shown path → row; a fresh record has no id yet."""
    fresh: dict[str, Stored] = field(default_factory=dict)
    """Mapping shown path → the record that was made anew."""
    reads: dict[str, frozenset[Name]] = field(default_factory=dict)
    """Mapping unit → what it was made from; only the units that were made anew."""
    units: dict[str, bytes] = field(default_factory=dict)
    """Mapping unit → digest of its inputs; only those that were made anew."""
    files: dict[str, File] = field(default_factory=dict)
    """Mapping file below the output → what is known of it; only those made or looked at anew."""
    gone: set[str] = field(default_factory=set)
    """Units that are no more."""
    meta: dict[str, bytes] = field(default_factory=dict)

    def differs_from(self, store: Store) -> bool:
        """Tell whether there is anything that the store does not know."""
        made = self.fresh or self.reads or self.units or self.files or self.gone
        return bool(made) or any(store.meta(name) != now for name, now in self.meta.items())


class Store:
    """An open store. Raises `sqlite3.DatabaseError` where the file is damaged."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._written = False
        self._closed = False
        self._connections: dict[tuple[int, int], sqlite3.Connection] = {}
        self._run("PRAGMA cache_size = -65536")
        if not self._run("SELECT 1 FROM sqlite_master").fetchone():
            self._database.executescript(_SCHEMA)

    @property
    def _database(self) -> sqlite3.Connection:
        """Give this thread's connection: SQLite's do not outlive a fork.

        After `close` it only reads.
        """
        mine = os.getpid(), threading.get_ident()
        if mine not in self._connections:
            address = self.path.resolve().as_uri() + ("?mode=ro" if self._closed else "")
            self._connections[mine] = sqlite3.connect(address, isolation_level=None, uri=True)
        return self._connections[mine]

    def _run(self, statement: str, values: Iterable[object] = ()) -> sqlite3.Cursor:
        return self._database.execute(statement, tuple(values))

    def meta(self, name: str) -> bytes:
        """Give a value that the last build left, or nothing."""
        row = self._run("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else b""

    def documents(self) -> dict[str, Row]:
        """Map each document of the last build to what is known of it."""
        rows = self._run(
            "SELECT path, source, record, sum, card, uses, address, status, date, facts, findings "
            "FROM document"
        )
        return {path: Row(*row) for path, *row in rows}

    def outline(self, id: int) -> bytes:
        """Give the outline of a record. Raises `KeyError` when there is none."""
        row = self._run("SELECT outline FROM record WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise KeyError(id)
        outline: bytes = row[0]
        return outline

    def record(self, id: int) -> Stored | None:
        """Give a record by its id; None when it is not what was put there."""
        row = self._run(
            "SELECT outline, body, found, reads, sum FROM record WHERE id = ?", (id,)
        ).fetchone()
        return _sound(row) if row else None

    def candidates(self, path: str, source: bytes) -> Iterator[tuple[int, Stored]]:
        """Yield the sound records that were made of a document, the latest first."""
        rows = self._run(
            "SELECT id, outline, body, found, reads, sum FROM record WHERE key = ? "
            "ORDER BY id DESC", (digests.of(path, source),)
        )  # fmt: skip
        for id, *row in rows.fetchall():
            if stored := _sound(row):
                yield id, stored

    def names(self) -> dict[Name, bytes]:
        """Map every name that something was made from to the digest of its value then."""
        rows = self._run("SELECT catalogue, key, digest FROM name")
        return {(catalogue, key): digest for catalogue, key, digest in rows}

    def readers(self, names: Iterable[Name]) -> set[str]:
        """Give the units that were made from any of some names."""
        return {
            unit
            for name in names
            for (unit,) in self._run(
                "SELECT unit FROM reader WHERE name = "
                "(SELECT id FROM name WHERE catalogue = ? AND key = ?)", name
            )
        }  # fmt: skip

    def units(self) -> dict[str, bytes]:
        """Map each unit of the last build to the digest of its inputs."""
        return dict(self._run("SELECT name, inputs FROM unit"))

    def files(self) -> dict[str, File]:
        """Map each file that the last builds wrote to what is known of it."""
        rows = self._run("SELECT name, unit, digest, stamp FROM file")
        return {name: File(unit, digest, stamp) for name, unit, digest, stamp in rows}

    def commit(self, build: Build, digest_of: Callable[[Name], bytes]) -> None:
        """Make a finished build the last one, all of it or nothing."""
        run = self._run
        many = self._database.executemany
        run("BEGIN")
        known = self.documents()
        sources = {path: build.documents[path].source for path in build.fresh}
        ids = self._insert(build.fresh, sources)
        documents = build.documents | {
            path: replace(build.documents[path], record=id) for path, id in ids.items()
        }
        many(
            "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(path, *astuple(row)) for path, row in documents.items() if known.get(path) != row],
        )
        many(
            "DELETE FROM document WHERE path = ?",
            [(path,) for path in known.keys() - documents.keys()],
        )
        names = self._name_ids({name for read in build.reads.values() for name in read})
        stale = [(unit,) for unit in {*build.reads, *build.gone}]
        many("DELETE FROM reader WHERE unit = ?", stale)
        many(
            "INSERT INTO reader VALUES (?, ?)",
            ((names[name], unit) for unit, read in build.reads.items() for name in read),
        )
        many("DELETE FROM file WHERE unit = ?", stale)
        many("DELETE FROM unit WHERE name = ?", [(unit,) for unit in build.gone])
        many("INSERT OR REPLACE INTO unit VALUES (?, ?)", build.units.items())
        many(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)",
            [(name, one.unit, one.stamp, one.digest) for name, one in build.files.items()],
        )
        run("DELETE FROM name WHERE id NOT IN (SELECT name FROM reader)")
        rows = run("SELECT id, catalogue, key, digest FROM name").fetchall()
        many(
            "UPDATE name SET digest = ? WHERE id = ?",
            [
                (now, id)
                for id, catalogue, key, digest in rows
                if (now := digest_of((catalogue, key))) != digest
            ],
        )
        many("INSERT OR REPLACE INTO meta VALUES (?, ?)", build.meta.items())
        self._forget()
        run("COMMIT")
        self._written = True

    def keep(self, fresh: Mapping[str, Stored], sources: Mapping[str, bytes]) -> None:
        """Keep the records of a build that came to nothing; the last build stays the last."""
        if fresh:
            self._run("BEGIN")
            self._insert(fresh, sources)
            self._forget()
            self._run("COMMIT")
            self._written = True

    def _insert(self, fresh: Mapping[str, Stored], sources: Mapping[str, bytes]) -> dict[str, int]:
        """Put in records; give their ids."""
        return {
            path: self._run(
                "INSERT INTO record (key, outline, body, found, reads, sum) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (
                    digests.of(path, sources[path]),
                    one.outline, one.body, one.found, one.reads, one.sum,
                ),
            ).lastrowid or 0
            for path, one in fresh.items()
        }  # fmt: skip

    def _name_ids(self, names: Iterable[Name]) -> Mapping[Name, int]:
        self._database.executemany(
            "INSERT OR IGNORE INTO name (catalogue, key) VALUES (?, ?)", sorted(names)
        )
        rows = self._run("SELECT id, catalogue, key FROM name")
        return {(catalogue, key): id for id, catalogue, key in rows}

    def _forget(self) -> None:
        """Drop the oldest records that no document has, so that the store stays bounded."""
        (current,) = self._run("SELECT COUNT(*) FROM document").fetchone()
        self._run(
            "DELETE FROM record WHERE id IN (SELECT id FROM record "
            "WHERE id NOT IN (SELECT record FROM document) ORDER BY id DESC LIMIT -1 OFFSET ?)",
            (current + _SPARE,),
        )

    def close(self) -> None:
        """Close the file, and seal it if it was written; what is in it can still be read."""
        self._connections.pop((os.getpid(), threading.get_ident())).close()
        self._closed = True
        if self._written:
            _seal(self.path)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()


def _sound(row: Iterable[bytes]) -> Stored | None:
    outline, body, found, reads, total = row
    stored = Stored(outline, body, found, reads)
    return stored if stored.sum == total else None


def pack(data: bytes) -> bytes:
    """Make bytes small, fast."""
    return zlib.compress(data, 1)


def unpack(data: bytes) -> bytes:
    """Give packed bytes back. Raises `zlib.error` for any others."""
    return zlib.decompress(data)


@contextmanager
def opened(path: Path, identity: bytes, tell: Callable[[str], None]) -> Iterator[Store]:
    """Open the store of a site, one build at a time; `identity` is what all in it depends on.

    A store of another engine or other settings is begun anew, a damaged one too, which is told.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("Another build of this site is at work; waiting for it to end.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists() and not is_sealed(path):
            tell(f"{path} is damaged or was cut short; it is made anew.")
            remove(path)
        store = _begun(path, identity, tell)
        with store:
            yield store


def _begun(path: Path, identity: bytes, tell: Callable[[str], None]) -> Store:
    try:
        store = Store(path)
        if store.meta("identity") == identity:
            return store
        store.close()
    except sqlite3.DatabaseError as error:
        tell(f"{path} cannot be used ({error}); it is made anew.")
    remove(path)
    store = Store(path)
    store.commit(Build(meta={"identity": identity}), lambda name: b"")
    return store


def _seal(path: Path) -> None:
    """Write down what the file is, beside it."""
    if path.exists():
        part = path.with_suffix(".part")
        part.write_text(f"{stamp(path.stat())} {digests.file(path).hex()}\n")
        os.replace(part, path.with_suffix(".seal"))


def is_sealed(path: Path) -> bool:
    """Tell whether the file is as it was sealed; its bytes are read only when its times differ."""
    try:
        written, _, digest = path.with_suffix(".seal").read_text().strip().rpartition(" ")
        return written == stamp(path.stat()) or digest == digests.file(path).hex()
    except (OSError, ValueError):
        return False


def remove(path: Path) -> None:
    """Remove a store and what belongs to it."""
    for suffix in (path.suffix, f"{path.suffix}-journal", ".seal"):
        path.with_suffix(suffix).unlink(missing_ok=True)
