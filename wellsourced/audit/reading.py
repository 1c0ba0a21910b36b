"""Read every built file once: its digest, the findings of its own checks, and a page's facts."""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

from lxml import etree

from wellsourced.audit import (
    alternatives,
    assets,
    citations,
    disclaimers,
    exports,
    facts,
    headings,
    identifiers,
    landmarks,
    leaks,
    memory,
    page_facts,
    published_anchors,
    requests,
    structured_data,
    weights,
)
from wellsourced.audit.manifest import File, file_of
from wellsourced.audit.page import Context, Page
from wellsourced.audit.page_facts import PageFacts
from wellsourced.audit.promises import NOTHING, Promise
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose
from wellsourced.policy.media_types import is_compressible
from wellsourced.processes import stream

PAGE_CHECKS: tuple[Callable[[Page], Iterator[Diagnostic]], ...] = (
    identifiers.check,
    requests.check,
    citations.check,
    exports.check,
    disclaimers.check,
    headings.check,
    alternatives.check,
    landmarks.check,
    structured_data.check,
    published_anchors.check,
)
"""The checks that need one page alone; a family that is not named here checks nothing."""

_BATCH = 16


@dataclass(frozen=True, slots=True)
class Built:
    """A built file as published, with its findings, and its facts when it is a page."""

    file: File
    facts: PageFacts | None
    found: tuple[Diagnostic, ...]


def files_under(output: Path) -> dict[str, Path]:
    """Map the key of every file under a built output to its path, in order of keys."""
    paths = (Path(where, name) for where, _, names in os.walk(output) for name in names)
    return dict(sorted((path.relative_to(output).as_posix(), path) for path in paths))


def read(
    files: Mapping[str, Path], promises: Mapping[str, Promise], context: Context, cache: Path | None
) -> dict[str, Built]:
    """Map the key of every file to what it came to, in several processes.

    `files` maps key → path; `cache` is the file that remembers, None remembers nothing.
    """
    known = memory.read(cache) if cache else {}
    keys = sorted(files)
    batches = [keys[start : start + _BATCH] for start in range(0, len(keys), _BATCH)]
    work = partial(_read_some, files, promises, repr(context).encode(), context, known)
    made: dict[str, tuple[File, bytes, bytes]] = {}
    for results in stream(work, batches, 2):
        for fields, digest, blob in results:
            made[fields[0]] = (File(*fields), digest, blob or known[digest])
    if cache:
        memory.write(cache, known, ((digest, blob) for _, digest, blob in made.values()))
    return {key: _unpack(*made[key]) for key in keys}


def _read_some(
    files: Mapping[str, Path],
    promises: Mapping[str, Promise],
    common: bytes,
    context: Context,
    known: Mapping[bytes, bytes],
    keys: list[str],
) -> list[tuple[tuple[Any, ...], bytes, bytes]]:
    """Give each key's file fields, the digest of what its findings depend on, and a new blob."""
    results = []
    for key in keys:
        promise = promises.get(key, NOTHING)
        data = files[key].read_bytes()
        folder = key.rpartition("/")[0]
        beside = {
            name: path.read_bytes()
            for name in promise.beside
            if (path := files.get(f"{folder}/{name}")) is not None
        }
        file = file_of(key, data)
        parts = (common, repr((key, promise, file.sha256)).encode(), *beside.values())
        digest = blake2b(b"\0".join(parts), digest_size=16).digest()
        blob = b"" if digest in known else _examine(key, data, promise, context, beside)
        fields = (file.key, file.sha256, file.size, file.media_type, file.cache)
        results.append((fields, digest, blob))
    return results


def _examine(
    key: str, data: bytes, promise: Promise, context: Context, beside: dict[str, bytes]
) -> bytes:
    """Check one file by itself."""
    gathered: PageFacts | None = None
    found: list[Diagnostic] = []
    if is_compressible(key):
        found += leaks.check(key, data, context.origin, context.paths)
    if key.endswith(".html"):
        try:
            page = Page(key, data, promise, context, beside)
            data.decode()
        except (etree.LxmlError, ValueError) as error:
            found.append(unreadable(Location(key), str(error)))
        else:
            gathered, astray = page_facts.gather(page)
            found += astray
            for check in PAGE_CHECKS:
                found += check(page)
            if promise.ledger:
                found += facts.lost_from(page.root, promise.ledger)
    else:
        found += assets.check(key, data, context.origin)
    kind = promise.kind if key.endswith(".html") else ""
    found += weights.check(key, data, kind, dict(context.budgets))
    plain = tuple(
        ((d.path, d.line, d.column, d.end_line, d.end_column), d.code, d.message, str(d.hint))
        for d in found
    )
    return marshal.dumps((gathered.pack() if gathered else None, plain))


def _unpack(file: File, digest: bytes, blob: bytes) -> Built:
    del digest
    packed, plain = marshal.loads(blob)
    found = tuple(
        diagnose(Location(*place), id, message, hint) for place, id, message, hint in plain
    )
    return Built(file, PageFacts(*packed) if packed else None, found)


@code("AUD001")
def unreadable(at: Location, why: str) -> Diagnostic:
    """A built page cannot be read.

    Readers see nothing, or characters that nobody wrote.

    Wrong: an empty index.html, or one that is not UTF-8.
    Right: a page as the theme prints it.
    """
    return diagnose(at, "AUD001", f"This page cannot be read: {why}.", "build the site anew")
