"""Sign off a release: each file of the audited output with digest, size, type and caching.

A publisher sends what stands here and nothing else. The release's name is the digest of all its
files, so that one changed byte, header or key is another release.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from wellsourced import policy

VERSION = 1
NAME = "release.json"
"""The signed-off manifest's file in WELLSOURCED_CACHE."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_FIELDS = {"key": str, "sha256": str, "size": int, "type": str, "cache": str}


class ManifestError(ValueError):
    """A manifest that cannot be trusted: unreadable, of another version, or altered."""


@dataclass(frozen=True, slots=True)
class File:
    """A published file: key below the output, SHA-256 in hexadecimal, size in bytes, headers."""

    key: str
    sha256: str
    size: int
    media_type: str
    cache: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A release: its files sorted by key; its id is the digest of all of them."""

    release: str
    files: tuple[File, ...]


def make(output: Path) -> Manifest:
    """Read every file under a built output, and name the release after them."""
    keys = sorted(
        Path(where, name).relative_to(output).as_posix()
        for where, _, names in os.walk(output)
        for name in names
    )
    return of(tuple(file_of(key, (output / key).read_bytes()) for key in keys))


def of(files: tuple[File, ...]) -> Manifest:
    """Name a release after its files, which are sorted by key."""
    return Manifest(sha256(_canonical(files)).hexdigest()[:16], files)


def file_of(key: str, data: bytes) -> File:
    """Say how a file is published: its digest, size in bytes, media type and caching."""
    return file_of_digest(key, sha256(data).hexdigest(), len(data))


def file_of_digest(key: str, sha256: str, size: int) -> File:
    """Say how a file of a known digest and size in bytes is published."""
    return File(key, sha256, size, policy.media_type(key), policy.cache_control(key))


def dump(manifest: Manifest) -> bytes:
    """Write a manifest as JSON, one file a line."""
    files = ",\n".join(json.dumps(_fields(file), ensure_ascii=False) for file in manifest.files)
    head = f'{{"version": {VERSION}, "release": "{manifest.release}", "files": ['
    return f"{head}\n{files}\n]}}\n".encode()


def write(manifest: Manifest, path: Path) -> None:
    """Write a manifest in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    part.write_bytes(dump(manifest))
    os.replace(part, path)


def read(path: Path) -> Manifest:
    """Read a manifest. Raises `ManifestError` for a damaged one, `OSError` for a missing one."""
    return parse(path.read_bytes())


def parse(data: bytes) -> Manifest:
    """Read a manifest's bytes, and hold it to its own name. Raises `ManifestError`."""
    try:
        fields: dict[str, Any] = json.loads(data)
        if fields["version"] != VERSION:
            raise ManifestError(f"it is of version {fields['version']}, not {VERSION}")
        found = of(tuple(_read_file(one) for one in fields["files"]))
        keys = [file.key for file in found.files]
        if keys != sorted(set(keys)):
            raise ManifestError("its keys are not sorted, or one stands twice")
        if found.release != fields["release"]:
            raise ManifestError("its files are not those that its name stands for")
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ManifestError(f"it is no release manifest: {error}") from error
    return found


def _read_file(fields: dict[str, Any]) -> File:
    if fields.keys() != _FIELDS.keys() or any(
        type(fields[name]) is not kind for name, kind in _FIELDS.items()
    ):
        raise ManifestError("a file's fields are not as they should be")
    key = fields["key"]
    # A key becomes a path and an address: it must not lead out of the folder it is joined to.
    if any(part in ("", ".", "..") for part in key.split("/")) or "\\" in key or "\0" in key:
        raise ManifestError(f'"{key}" is no key of a published file')
    if not _SHA256.fullmatch(fields["sha256"]) or fields["size"] < 0:
        raise ManifestError(f'"{key}" has no digest or size')
    return File(key, fields["sha256"], fields["size"], fields["type"], fields["cache"])


def _fields(file: File) -> dict[str, Any]:
    return {
        "key": file.key,
        "sha256": file.sha256,
        "size": file.size,
        "type": file.media_type,
        "cache": file.cache,
    }


def _canonical(files: tuple[File, ...]) -> bytes:
    return json.dumps(
        [_fields(file) for file in files], sort_keys=True, separators=(",", ":")
    ).encode()
