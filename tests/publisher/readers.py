"""Readers who crawl a published site and tell which release it is, or that it is none."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.publisher.model import Memory
from wellsourced.publisher.audited import Audited


class MixtureError(AssertionError):
    """A reader saw pages that are of no one release."""


def crawl_memory(target: Memory, sites: tuple[Audited, ...]) -> str:
    """Follow the pointer through every file; gives the release, `""` before the first."""
    found = target.objects.get("current.json")
    if found is None:
        return ""
    name = json.loads(found[0].data)["release"]
    stem = f"releases/{name}/"
    served = {
        key.removeprefix(stem): stored.data
        for key, (stored, _) in target.objects.items()
        if key.startswith(stem)
    }
    return which(served, sites)


def crawl_folder(root: Path, sites: tuple[Audited, ...]) -> str:
    """Follow the `current` link as nginx does; gives the release, `""` before the first."""
    current = root / "current"
    if not current.is_symlink():
        return ""
    served = {
        path.relative_to(current).as_posix(): path.read_bytes()
        for where, _, names in os.walk(current)
        for path in (Path(where, name) for name in names)
        if not path.name.endswith((".br", ".gz"))
    }
    return which(served, sites)


def which(served: dict[str, bytes], sites: tuple[Audited, ...]) -> str:
    """Name the release whose files these are. Raises `MixtureError` when they are of none."""
    for site in sites:
        if served == {key: site.read(key) for key in site.files}:
            return site.manifest.release
    raise MixtureError(f"{len(served)} files of no one release")
