"""Build beside the output and move the result in only when it is whole.

A build that fails, or is killed, leaves the last good output as it was.
"""

from __future__ import annotations

import filecmp
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from wellsourced.plugin.files import stamp, walk


@dataclass(frozen=True, slots=True)
class Moved:
    """What moving in came to: the stamps of the staged files, and the names of what differs now."""

    stamps: Mapping[str, str]
    changed: frozenset[str]


@contextmanager
def staged(output: Path) -> Iterator[Path]:
    """Give an empty folder on the output's own file system; it is gone afterwards."""
    output.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def move_in(
    staged: Mapping[str, Path],
    kept: Collection[str],
    output: Path,
    cache: Path,
    keep: tuple[str, ...] | None,
) -> Moved:
    """Put staged files in their places, each at once, and take away what is no longer built.

    `staged` maps a name below the output to its file; `kept` names what is in its place already.
    A file whose bytes did not change is left alone, times included. What an earlier build
    wrote and this one did not is removed; a foreign file stays unless `keep` is given: then
    everything else goes but the top-level names in `keep`.
    """
    record = cache / f"written-{sha256(str(output.resolve()).encode()).hexdigest()[:16]}.json"
    before = _recorded(record)
    built = {*staged, *kept}
    gone = ({name for name, _ in walk(output)} if keep is not None else before) - built
    changed, made = set(gone), set[Path]()
    for name, source in sorted(staged.items()):
        target = output / name
        if target.is_file() and filecmp.cmp(source, target, shallow=False):
            continue
        if target.parent not in made:
            _make_folder(target.parent, output)
            made.add(target.parent)
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        os.replace(source, target)
        changed.add(name)
    for name in gone:
        if name.split("/")[0] not in (keep or ()):
            (output / name).unlink(missing_ok=True)
            _remove_empty_folders((output / name).parent, output)
    if built != before:
        record.parent.mkdir(parents=True, exist_ok=True)
        part = record.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(sorted(built)), "utf-8")
        os.replace(part, record)
    stamps = {name: stamp((output / name).lstat()) for name in staged}
    return Moved(stamps, frozenset(changed))


def _recorded(record: Path) -> set[str]:
    """Read what the last build wrote; a damaged record counts as none."""
    try:
        names = json.loads(record.read_text("utf-8"))
    except (OSError, ValueError):
        return set()
    safe = isinstance(names, list) and all(isinstance(n, str) for n in names)
    return (
        {n for n in names if ".." not in n.split("/") and not n.startswith("/")} if safe else set()
    )


def _make_folder(folder: Path, output: Path) -> None:
    """Make a folder; a file that stands where one of its parents belongs makes way."""
    for parent in [*reversed(folder.relative_to(output).parents), folder.relative_to(output)]:
        if (output / parent).is_file():
            (output / parent).unlink()
    folder.mkdir(parents=True, exist_ok=True)


def _remove_empty_folders(folder: Path, output: Path) -> None:
    """Remove a folder and those around it, up to the output, as far as they are empty."""
    while folder != output and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
