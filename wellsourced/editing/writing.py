"""Put new bytes in a file's place, whole or not at all."""

from __future__ import annotations

import codecs
import os
import shutil
import tempfile
from pathlib import Path


def replace(path: Path, data: bytes) -> None:
    """Write a file in one step: whoever reads it sees the old bytes or the new, never half.

    The file's mode is kept, and a link goes on leading to the same file. Raises `OSError` when
    the folder cannot be written; the old file then stands as it was.
    """
    target = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, part)
        else:
            part.chmod(0o644)
        os.replace(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def rewrite(path: Path, text: str) -> None:
    """Give a text file a new text in UTF-8, its byte order mark and line ends as they are."""
    mark = codecs.BOM_UTF8 if path.read_bytes().startswith(codecs.BOM_UTF8) else b""
    replace(path, mark + text.encode("utf-8"))
