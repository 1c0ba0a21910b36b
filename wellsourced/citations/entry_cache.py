"""Keep formatted entries on disk between builds, one file for each set of references."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile


def load(folder: Path, digest: str) -> dict[str, str] | None:
    """Give the entries saved under a digest; None when there are none or the file is damaged."""
    try:
        saved = json.loads(_file(folder, digest).read_bytes())
        entries = saved["entries"]
        if saved["checksum"] != _checksum(entries):
            return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    is_sound = isinstance(entries, dict) and all(isinstance(one, str) for one in entries.values())
    return entries if is_sound else None


def save(folder: Path, digest: str, entries: Mapping[str, str]) -> None:
    """Write the entries under a digest, so that a reader sees the whole file or none.

    Raises `OSError` when the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    content = {"checksum": _checksum(dict(entries)), "entries": dict(entries)}
    with NamedTemporaryFile(
        "w", encoding="utf-8", dir=folder, prefix=".entries-", delete=False
    ) as file:
        temporary = Path(file.name)
        try:
            json.dump(content, file, ensure_ascii=False, sort_keys=True)
            file.close()
            os.replace(temporary, _file(folder, digest))
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def _file(folder: Path, digest: str) -> Path:
    return folder / f"entries-{digest}.json"


def _checksum(entries: object) -> str:
    return sha256(json.dumps(entries, sort_keys=True).encode("ascii")).hexdigest()
