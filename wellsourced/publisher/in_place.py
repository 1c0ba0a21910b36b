"""Publish over what is there, in an order that never leads a reader nowhere.

For hosts without anything that could follow a pointer. Fingerprinted assets go first, then
pages, then what lists pages; vanished pages go last, and vanished assets a release later, since
a page that somebody has open still asks for them. A reader may see old and new pages together.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import uuid4

from wellsourced import policy
from wellsourced.audit import manifest as manifests
from wellsourced.audit.manifest import Manifest, ManifestError
from wellsourced.publisher import conditional, pool, push, verify
from wellsourced.publisher.audited import Audited
from wellsourced.publisher.plan import Plan, guard, plan
from wellsourced.publisher.problems import (
    ConditionFailedError,
    ConfigurationError,
    GuardError,
    LostRaceError,
    UnfitError,
    VerificationError,
)
from wellsourced.publisher.publishing import Options
from wellsourced.publisher.targets import Only, Target, Version

STATE = "in-place.json"
POINTED = "current.json"
_BATCH = 1000
_RESERVED = (
    STATE,
    POINTED,
    "current",
    "previous",
    "releases",
    "probes",
    "lease.json",
    ".staging",
    ".lock",
)


@dataclass(frozen=True, slots=True)
class State:
    """What was published in place last, and what is still to be removed (as of `leave`)."""

    manifest: Manifest
    leaving: Mapping[str, str]
    version: Version


@dataclass(frozen=True, slots=True)
class Done:
    """What was done in place: files sent, files removed."""

    sent: int
    removed: int


async def look(target: Target, site: Audited, max_delete: float) -> tuple[State | None, Plan]:
    """Plan against what was published in place last; reads only. Raises `GuardError`."""
    site.hold()
    if await target.get(POINTED):
        raise GuardError(
            f"{target.address} holds releases and a pointer to one.",
            "publish without --in-place, or elsewhere",
        )
    if taken := sorted(key for key in site.files if key.split("/")[0] in _RESERVED):
        raise ConfigurationError(f'"{taken[0]}" cannot be published in place.', "rename it")
    state = await _read(target)
    planned = plan(site.manifest, state.manifest if state else None)
    guard(planned, site.manifest, max_delete)
    return state, planned


async def publish(target: Target, site: Audited, options: Options) -> Done:
    """Publish in place. Raises what `PublishingError` stands for."""
    with suppress(UnfitError):  # nothing is promised here that needs conditions
        await target.prepare()
    state, planned = await look(target, site, options.max_delete)
    wanted = set(verify.unlike(await target.list(""), site, target, ""))
    wanted |= {upload.key for upload in planned.uploads}
    options.announce(planned)
    done = 0

    async def send(key: str) -> None:
        nonlocal done
        await push.send(target, site, "", key)
        done += 1
        options.progress(done, len(wanted))

    for keys in in_order(wanted, site.files):
        await pool.each(keys, send, lambda key: site.files[key].size)
    sent = done + await push.mend(target, site, "", await verify.damaged(target, site, ""))
    leaving = leave(planned, state.leaving if state else {}, site.files)
    gone = [key for key in leaving if may_go(key, leaving[key], planned.release)]
    # What goes is noted before, so that a run that is killed meanwhile can be completed.
    version = await _write(target, site.manifest, leaving, state.version if state else None)
    for start in range(0, len(gone), _BATCH):
        await target.delete(gone[start : start + _BATCH])
    if gone:
        rest = {key: leaving[key] for key in leaving if key not in gone}
        await _write(target, site.manifest, rest, version)
    return Done(sent, len(gone))


def in_order(keys: Iterable[str], all_keys: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """Group keys by when they may go: assets, pages, lists of pages, the home page and feeds."""
    folders = {key.rpartition("/")[0].rpartition("/")[0] for key in all_keys}

    def turn(key: str) -> int:
        folder, _, name = key.rpartition("/")
        if policy.is_immutable(key) or not name.endswith((".html", ".xml", ".txt")):
            return 0
        if not folder or name.endswith((".xml", ".txt")):
            return 3 if key != "404.html" else 1
        return 2 if name == "index.html" and folder in folders else 1

    ordered = sorted(keys, key=lambda key: (turn(key), key))
    return tuple(tuple(group) for _, group in groupby(ordered, turn))


def leave(planned: Plan, leaving: Mapping[str, str], keys: Collection[str]) -> dict[str, str]:
    """Give what is to be removed: key → the release that had it no longer."""
    new = dict.fromkeys(planned.deletes, planned.release)
    return {key: left for key, left in (new | dict(leaving)).items() if key not in keys}


def may_go(key: str, left: str, release: str) -> bool:
    """Tell whether a key may go with a release: a page at once, an asset one release later."""
    return left != release or not policy.is_immutable(key)


async def _read(target: Target) -> State | None:
    stored = await target.get(STATE)
    if stored is None:
        return None
    try:
        fields: dict[str, Any] = json.loads(stored.data)
        manifest = manifests.parse(json.dumps(fields["manifest"]).encode())
        return State(manifest, dict(fields["leaving"]), stored.version)
    except (ValueError, KeyError, TypeError, ManifestError) as error:
        raise VerificationError(
            f"{target.address}: {STATE} is damaged: {error}.",
            "remove it; everything is compared anew, and what has vanished since stays there",
        ) from error


async def _write(
    target: Target, manifest: Manifest, leaving: Mapping[str, str], version: Version | None
) -> Version:
    fields = {
        "token": uuid4().hex,
        "leaving": leaving,
        "manifest": json.loads(manifests.dump(manifest)),
    }
    data = json.dumps(fields).encode()
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    condition = version or Only.IF_ABSENT
    try:
        return await conditional.write(target, STATE, data, headers, condition, data.__eq__)
    except ConditionFailedError as error:
        raise LostRaceError(
            f"Somebody else published in place to {target.address} meanwhile.",
            "publish again: pages of both may lie there now",
        ) from error
