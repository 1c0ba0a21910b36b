"""Releases as they lie in a target: their names, their manifests, and what state they are in."""

from __future__ import annotations

from wellsourced.audit import manifest as manifests
from wellsourced.audit.manifest import Manifest, ManifestError
from wellsourced.publisher import conditional
from wellsourced.publisher.pointer import Pointer
from wellsourced.publisher.problems import (
    ConditionFailedError,
    GuardError,
    VerificationError,
)
from wellsourced.publisher.targets import Only, Target

FOLDER = "releases/"


def folder(name: str) -> str:
    """Give the prefix of a release's keys."""
    return f"{FOLDER}{name}/"


def manifest_key(name: str) -> str:
    """Give the key of a release's manifest."""
    return f"{FOLDER}{name}.json"


def free_name(release: str, pointer: Pointer | None) -> str:
    """Give the name to publish a release under: its id, or `id-2` once that was collected."""
    used = {*pointer.condemned, *pointer.collected} if pointer else set()
    name, number = release, 1
    while name in used:
        number += 1
        name = f"{release}-{number}"
    return name


async def read_manifest(target: Target, name: str) -> Manifest | None:
    """Read a release's manifest; None when it was never finished, or is being removed.

    Raises `VerificationError` for a damaged one.
    """
    stored = await target.get(manifest_key(name))
    if stored is None:
        return None
    try:
        return manifests.parse(stored.data)
    except ManifestError as error:
        raise VerificationError(
            f"{target.address}: the manifest of release {name} is damaged: {error}.",
            f"remove {manifest_key(name)} by hand; publishing the release again writes it anew",
        ) from error


async def write_manifest(target: Target, name: str, manifest: Manifest) -> None:
    """Write a release's manifest, once for all. Raises `VerificationError` if another is there."""
    key, data = manifest_key(name), manifests.dump(manifest)
    headers = {"Content-Type": "application/json"}
    try:
        await conditional.write(target, key, data, headers, Only.IF_ABSENT, data.__eq__)
    except ConditionFailedError as error:
        raise VerificationError(
            f"{target.address}: {key} is the manifest of something else.",
            "remove it by hand when nobody needs it",
        ) from error


async def find_manifest(target: Target, name: str, pointer: Pointer) -> Manifest:
    """Read the manifest of a release that readers may be given.

    Raises `GuardError` when it is not whole, or is being removed.
    """
    if name in pointer.condemned:
        raise GuardError(f"Release {name} is being removed.", "publish it anew instead")
    manifest = await read_manifest(target, name)
    if manifest is None:
        raise GuardError(
            f"{target.address} holds no whole release {name}.",
            "`invoke release.status` lists those that it holds",
        )
    return manifest
