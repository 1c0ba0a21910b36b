"""Let a folder's symbolic links lead where its pointer says; a server follows them."""

from __future__ import annotations

import json
import os
from pathlib import Path

from wellsourced.publisher.targets import files

LINKS = {"previous": "previous", "current": "release"}
"""Symbolic link → the pointer's field that it follows; the one that readers follow comes last."""


def follow(root: Path, pointer: bytes | None, releases: str) -> None:
    """Flip the links of `root`, each in one rename, to folders under `releases`.

    A pointer that cannot be read moves nothing: whoever reads it for its own sake says so.
    """
    for link, name in _names(pointer or b"{}").items():
        path, leads = root / link, f"{releases}/{name}"
        if path.is_symlink() and os.readlink(path) == leads:
            continue
        part = root / f".{link}.part"
        part.unlink(missing_ok=True)
        part.symlink_to(leads)
        os.rename(part, path)
    files.sync_folder(root)


def _names(pointer: bytes) -> dict[str, str]:
    try:
        fields = json.loads(pointer)
    except ValueError:
        return {}
    named = fields if isinstance(fields, dict) else {}
    found = {link: named.get(field) for link, field in LINKS.items()}
    return {k: v for k, v in found.items() if isinstance(v, str) and "/" not in v and v[:1] != "."}
