"""Readers who crawl a published site and tell which release it is, or that it is none."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests.publisher.model import Memory
from wellsourced.publisher.audited import Audited
from wellsourced.publisher.targets import Target


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
    """Follow the `current` link once, then read all; gives the release, `""` before the first."""
    if not (root / "current").is_symlink():
        return ""
    current = root / os.readlink(root / "current")
    served = {
        path.relative_to(current).as_posix(): path.read_bytes()
        for where, _, names in os.walk(current)
        for path in (Path(where, name) for name in names)
        if not path.name.endswith((".br", ".gz"))
    }
    return which(served, sites)


@cache
def contents(site: Audited) -> Mapping[str, bytes]:
    """Give a site's files by key, read once."""
    return {key: site.read(key) for key in site.files}


def which(served: dict[str, bytes], sites: tuple[Audited, ...]) -> str:
    """Name the release whose files these are. Raises `MixtureError` when they are of none."""
    for site in sites:
        if served == contents(site):
            return site.manifest.release
    raise MixtureError(f"{len(served)} files of no one release")


async def crawl(target: Target, sites: tuple[Audited, ...]) -> str:
    """Follow the pointer as an edge does; gives the release, `""` before the first.

    Asks for every file that any of the sites has: what a release does not hold is missing.
    """
    found = await target.get("current.json")
    if found is None:
        return ""
    stem = f"releases/{json.loads(found.data)['release']}/"
    keys = sorted({key for site in sites for key in site.files})
    answers = await asyncio.gather(*(target.get(stem + key) for key in keys))
    served = zip(keys, answers, strict=True)
    return which({key: answer.data for key, answer in served if answer}, sites)
