"""Show the content folder as it would be if every open text were saved."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from wellsourced.rules.site import FOLDERS

_FOLDERS = (*FOLDERS.values(), "library")
_IMAGES = "images"


@contextmanager
def shadow(content: Path, unsaved: Mapping[Path, str]) -> Iterator[Path]:
    """Give a folder that reads like `content` with some files' texts replaced.

    It is `content` itself when nothing is unsaved. Files that are as on disk are linked to.
    """
    if not unsaved:
        yield content
        return
    with TemporaryDirectory(prefix="wellsourced-") as name:
        folder = Path(name)
        for part in _FOLDERS:
            (folder / part).mkdir()
            for path in (content / part).rglob("*"):
                if not path.is_dir() and path not in unsaved:
                    _link(path, folder / path.relative_to(content))
        if (content / _IMAGES).is_dir():
            _link(content / _IMAGES, folder / _IMAGES)
        for path, text in unsaved.items():
            copy = folder / path.relative_to(content)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(text.encode("utf-8", "replace"))
        yield folder


def is_saved(path: Path, text: str) -> bool:
    """Tell whether a file holds a text already; a byte order mark makes no difference."""
    try:
        data = path.read_bytes()
    except OSError:
        return False
    return data.decode("utf-8-sig", "replace") == text.removeprefix("\ufeff")


def _link(path: Path, at: Path) -> None:
    """Link to a file or folder, or copy it where the system allows no links."""
    at.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.symlink(path, at)
    except (OSError, NotImplementedError):
        if path.is_dir():
            shutil.copytree(path, at)
        else:
            shutil.copy2(path, at)
