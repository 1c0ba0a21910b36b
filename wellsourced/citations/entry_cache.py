"""Keep formatted entries on disk between builds, each under the digest of what it is made of."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile


def load(folder: Path) -> dict[str, str]:
    """Give the saved entries, digest → HTML; a damaged file holds none."""
    try:
        saved = json.loads(_file(folder).read_bytes())
        entries = saved["entries"]
        if saved["checksum"] != _checksum(entries):
            return {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    is_sound = isinstance(entries, dict) and all(isinstance(one, str) for one in entries.values())
    return entries if is_sound else {}


def save(folder: Path, entries: Mapping[str, str]) -> None:
    """Write entries in place of those that were saved, so that a reader sees the one or the other.

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
            os.replace(temporary, _file(folder))
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def _file(folder: Path) -> Path:
    return folder / "entries.json"


def _checksum(entries: object) -> str:
    return sha256(json.dumps(entries, sort_keys=True).encode("ascii")).hexdigest()
