"""Read built files, each once: the findings of its own checks, and what is known of a page."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
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
    page_facts,
    published_anchors,
    requests,
    structured_data,
    weights,
)
from wellsourced.audit.page import Context, Page
from wellsourced.audit.promises import NOTHING, Promise
from wellsourced.audit.roll import Found, Row, plain
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
_HELD = 32
"""Files whose bytes are held at once."""

Files = Mapping[str, str | os.PathLike[str]]
"""Key of a built file → where it lies by now."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file came to by itself: its findings, and what is known of it when it is a page."""

    found: Found
    row: Row | None


def files_under(output: Path) -> Files:
    """List every file under a built output, in order of keys."""
    start = len(str(output)) + 1
    found = []
    for where, _, names in os.walk(output):
        folder = f"{where}{os.sep}"[start:].replace(os.sep, "/")
        found += [(f"{folder}{name}", f"{where}{os.sep}{name}") for name in names]
    return dict(sorted(found))


def examine(
    files: Files, promises: Mapping[str, Promise], context: Context, keys: Sequence[str]
) -> dict[str, Examined]:
    """Read some files, each with those beside it that belong to it, in several processes."""
    batches = [keys[start : start + _BATCH] for start in range(0, len(keys), _BATCH)]
    work = partial(_examine_some, files, promises, context)
    return {key: one for some in stream(work, batches, 2) for key, one in some}


def bytes_of(path: str | os.PathLike[str]) -> bytes:
    """Read a file. Raises `OSError`."""
    with open(path, "rb") as file:
        return file.read()


def _examine_some(
    files: Files, promises: Mapping[str, Promise], context: Context, keys: Sequence[str]
) -> list[tuple[str, Examined]]:
    results = []
    held: dict[str, bytes] = {}  # what is read by itself and beside its page, once

    def data(key: str) -> bytes:
        if key not in held:
            held[key] = bytes_of(files[key])
        return held[key]

    gc.disable()  # it would walk the trees of pages that are gone a moment later
    for key in keys:
        promise = promises.get(key, NOTHING)
        folder = key.rpartition("/")[0]
        if len(held) > _HELD:
            held.clear()
        beside = {
            name: data(f"{folder}/{name}") for name in promise.beside if f"{folder}/{name}" in files
        }
        results.append((key, _examine(key, data(key), promise, context, beside)))
    gc.enable()
    return results


def _examine(
    key: str, data: bytes, promise: Promise, context: Context, beside: dict[str, bytes]
) -> Examined:
    """Check one file by itself."""
    row: Row | None = None
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
            links, astray = page_facts.links_of(page)
            row = Row.of(page_facts.gather(page), links)
            found += astray
            for check in PAGE_CHECKS:
                found += check(page)
            if owed := promise.facts():
                found += facts.lost_from(page.root, owed)
    else:
        found += assets.check(key, data, context.origin)
    kind = promise.kind if key.endswith(".html") else ""
    found += weights.check(key, data, kind, dict(context.budgets))
    return Examined(plain(found), row)


@code("AUD001")
def unreadable(at: Location, why: str) -> Diagnostic:
    """A built page cannot be read.

    Readers see nothing, or characters that nobody wrote.

    Wrong: an empty index.html, or one that is not UTF-8.
    Right: a page as the theme prints it.
    """
    return diagnose(at, "AUD001", f"This page cannot be read: {why}.", "build the site anew")
