"""Read every built file once: its digest, the findings of its own checks, and a page's facts."""

from __future__ import annotations

import gc
import marshal
import os
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b, sha256
from pathlib import Path

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
from wellsourced.audit.manifest import File, file_of_digest
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
_HASHED_AT_ONCE = 256


Files = Mapping[str, str | os.PathLike[str]]
"""Key of a built file → where it lies by now."""


@dataclass(frozen=True, slots=True)
class Built:
    """A built file as published, with its findings, and its facts when it is a page."""

    file: File
    facts: PageFacts | None
    found: tuple[Diagnostic, ...]


def files_under(output: Path) -> Files:
    """List every file under a built output, in order of keys."""
    start = len(str(output)) + 1
    paths = (os.path.join(where, name) for where, _, names in os.walk(output) for name in names)
    return dict(sorted((path[start:].replace(os.sep, "/"), path) for path in paths))


def read(
    files: Files, promises: Mapping[str, Promise], context: Context, cache: Path | None
) -> dict[str, Built]:
    """Map the key of every file to what it came to, in several processes.

    `cache` is the file that remembers; None remembers nothing. A file that was not touched since
    it was last read is not read again: what is published is held to its digest once more, byte by
    byte.
    """
    known = memory.read(cache)
    paths = {key: os.fspath(path) for key, path in files.items()}
    stamps = {key: memory.stamp(path) for key, path in paths.items()}
    hashed = _hash(paths, stamps, known)
    common = repr(context).encode()
    units = {key: _unit(key, hashed, promises.get(key, NOTHING), common) for key in files}
    unknown = [key for key in files if units[key] not in known.results]
    batches = [unknown[start : start + _BATCH] for start in range(0, len(unknown), _BATCH)]
    examine = partial(_examine_some, paths, promises, context)
    made = {key: result for some in stream(examine, batches, 2) for key, result in some}
    used = {units[key]: made.get(key) or known.results[units[key]] for key in files}
    if cache:
        digests = {path: (stamps[key], hashed[key]) for key, path in paths.items()}
        kept = known.renewed(digests, used)
        if kept != known:
            memory.write(cache, kept)
    return {
        key: _unpack(file_of_digest(key, hashed[key], stamps[key][0]), used[units[key]])
        for key in files
    }


def _hash(
    paths: Mapping[str, str], stamps: Mapping[str, memory.Stamp], known: memory.Memory
) -> dict[str, str]:
    """Map each key to the SHA-256 of its file, in hexadecimal."""
    hashed = {key: known.sha256(path, stamps[key]) for key, path in paths.items()}
    fresh = [key for key, digest in hashed.items() if not digest]
    at_once = range(0, len(fresh), _HASHED_AT_ONCE)
    batches = [fresh[start : start + _HASHED_AT_ONCE] for start in at_once]
    for digests in stream(partial(_hash_some, paths), batches, 2):
        hashed |= digests
    return hashed


def _hash_some(paths: Mapping[str, str], keys: Sequence[str]) -> dict[str, str]:
    return {key: sha256(_bytes(paths[key])).hexdigest() for key in keys}


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _unit(key: str, hashed: Mapping[str, str], promise: Promise, common: bytes) -> bytes:
    """Digest all that the result of one file depends on."""
    folder = key.rpartition("/")[0]
    beside = (hashed.get(f"{folder}/{name}", "") for name in promise.beside)
    parts = (key, hashed[key], *beside, *promise.parts())
    return blake2b(common + "\0".join(parts).encode(), digest_size=16).digest()


def _examine_some(
    paths: Mapping[str, str],
    promises: Mapping[str, Promise],
    context: Context,
    keys: Sequence[str],
) -> list[tuple[str, bytes]]:
    """Check some files by themselves, each with the files beside it that belong to it."""
    results = []
    gc.disable()  # it would walk the trees of pages that are gone a moment later
    for key in keys:
        promise = promises.get(key, NOTHING)
        folder = key.rpartition("/")[0]
        beside = {
            name: _bytes(path)
            for name in promise.beside
            if (path := paths.get(f"{folder}/{name}")) is not None
        }
        data = _bytes(paths[key])
        results.append((key, _examine(key, data, promise, context, beside)))
    gc.enable()
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
    return zlib.compress(marshal.dumps((gathered.pack() if gathered else None, plain)), 1)


def _unpack(file: File, result: bytes) -> Built:
    packed, plain = marshal.loads(zlib.decompress(result))
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
