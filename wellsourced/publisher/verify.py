"""Hold what lies in a target against a manifest: presence, size, digest, headers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from wellsourced.audit.manifest import File, Manifest
from wellsourced.publisher import pool, release
from wellsourced.publisher.audited import Audited, headers
from wellsourced.publisher.targets import Entry, Stored, Target

_READS = 2


def unlike(entries: Sequence[Entry], site: Audited, target: Target, stem: str) -> list[str]:
    """Give the keys of a site that a listing under `stem` lacks or has otherwise.

    Where listings tell no digest, only presence and size are compared.
    """
    there = {entry.key: entry for entry in entries}
    return [
        file.key
        for file in site.manifest.files
        if (entry := there.get(stem + file.key)) is None
        or entry.size != file.size
        or entry.digest != site.digest(file.key, target.digests)
    ]


async def wrong(target: Target, stem: str, files: Iterable[File]) -> list[str]:
    """Read files back and give the keys of those whose bytes or headers are not the audited ones.

    A listing may lag behind what a store has acknowledged; a read may not. What is wrong is read
    once more: a proxy that answers twice gives the next request the answer of another.
    """
    found: list[str] = []

    async def look(file: File) -> None:
        for _ in range(_READS):
            stored = await target.get(stem + file.key)
            if stored and _is_as_audited(stored, file):
                return
        found.append(file.key)

    await pool.each(files, look, lambda file: file.size)
    return sorted(found)


def _is_as_audited(stored: Stored, file: File) -> bool:
    """Compare bytes, and those headers that the target keeps."""
    return sha256(stored.data).hexdigest() == file.sha256 and all(
        stored.headers.get(name) in (None, value) for name, value in headers(file).items()
    )


async def damaged(target: Target, site: Audited, stem: str) -> list[str]:
    """Give the keys of a site that are missing or wrong under a prefix, by listing and digests.

    A folder's listing reads every byte. A store's is only a first sign: it may lag, so what it
    finds fault with is read. Where it tells no digest, everything is read.
    """
    if not target.digests:
        return await wrong(target, stem, site.manifest.files)
    doubtful = unlike(await target.list(stem), site, target, stem)
    if target.digests == "sha256":
        return doubtful
    return await wrong(target, stem, (site.files[key] for key in doubtful))


async def faults(target: Target, name: str, manifest: Manifest) -> list[str]:
    """Give the keys of a release that are missing or wrong, from its manifest alone.

    A directory's listing digests every byte; elsewhere every object is read.
    """
    stem = release.folder(name)
    if target.digests != "sha256":
        return await wrong(target, stem, manifest.files)
    there: Mapping[str, str] = {e.key: e.digest for e in await target.list(stem)}
    return [f.key for f in manifest.files if there.get(stem + f.key) != f.sha256]


async def missing(target: Target, name: str, manifest: Manifest) -> list[str]:
    """Give the keys of a release that a listing lacks or has in another size."""
    stem = release.folder(name)
    there = {e.key: e.size for e in await target.list(stem)}
    return [f.key for f in manifest.files if there.get(stem + f.key) != f.size]
