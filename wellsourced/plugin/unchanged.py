"""Find out, before the engine is even loaded, that there is nothing to build.

All files that a build reads are digested together with the day and the settings. While that is
the same as in the last build, and every file is in the output as it was written then, a build
would come to the same.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wellsourced.diagnostics import Diagnostic
from wellsourced.plugin import digests, store, where
from wellsourced.plugin.files import STAMPS, Files, differing, walk

_FINGERPRINT, _FOUND = "fingerprint", "found"


@dataclass(frozen=True, slots=True)
class AsRead:
    """What is there to build from: the digest of it all, and the files with theirs."""

    digest: bytes
    files: Files


def purpose(output: Path) -> str:
    """Name the store of a build by its output."""
    return os.path.realpath(output)


def fingerprint(settings: Mapping[str, Any]) -> AsRead:
    """Digest everything that a build is made from."""
    path = where.store_path(settings, purpose(Path(settings["OUTPUT_PATH"])))
    files = Files.remembered(_meta(path, STAMPS) if store.is_sealed(path) else b"")
    read = [
        (name, files.digest(name, entry.path, entry.stat()))
        for folder in ("PATH", "THEME")
        for below, entry in sorted(walk(Path(settings[folder])), key=lambda one: one[0])
        if entry.is_file() and (name := f"{folder}/{below}")
    ]
    return AsRead(digests.of(read, where.today(), where.identity(settings)), files)


def remember(as_read: AsRead, found: Iterable[Diagnostic]) -> Mapping[str, bytes]:
    """Give what a store keeps of a fingerprint and of what was found in that build."""
    return {
        _FINGERPRINT: as_read.digest,
        _FOUND: pickle.dumps(sorted(set(found))),
    }


def findings(
    settings: Mapping[str, Any], output: Path, keep: tuple[str, ...] | None, as_read: AsRead
) -> Sequence[Diagnostic] | None:
    """Give what the last build found if a build would come to the same; None otherwise.

    `keep` names what stays of an output that is otherwise cleared, or is None; `as_read` is what
    would be built from.
    """
    path = where.store_path(settings, purpose(output))
    if not store.is_sealed(path):
        return None
    try:
        if _meta(path, _FINGERPRINT) != as_read.digest:
            return None
        known = _files(path)
        if any(differing(output, known)) or _has_foreign_files(output, known, keep):
            return None
        found: Sequence[Diagnostic] = pickle.loads(_meta(path, _FOUND))
    except (OSError, *store.DAMAGED):
        return None
    return found


def _has_foreign_files(output: Path, known: Collection[str], keep: tuple[str, ...] | None) -> bool:
    """Tell whether an output that is to be cleared holds what no build wrote."""
    return keep is not None and any(
        name not in known and name.split("/")[0] not in keep for name, _ in walk(output)
    )


def _meta(path: Path, name: str) -> bytes:
    with _reading(path) as database:
        row = database.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return row[0] if row else b""


def _files(path: Path) -> dict[str, str]:
    with _reading(path) as database:
        return dict(database.execute("SELECT name, stamp FROM file"))


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
