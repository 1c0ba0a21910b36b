"""Find the file that a link names."""

from __future__ import annotations

FILENAME = "{filename}"
"""What a link to another file of the content begins with."""


def file_named(target: str, here: str) -> str:
    """Resolve a `{filename}` target, written in the file `here`, to a path below the content."""
    path = target.removeprefix(FILENAME).partition("#")[0]
    if path.startswith("/"):
        return path[1:]
    parts = here.split("/")[:-1]
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in (".", ""):
            parts = [*parts, part]
    return "/".join(parts)
