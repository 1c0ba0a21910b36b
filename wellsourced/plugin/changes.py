"""Ask git which lines of the content have changed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from wellsourced.plugin.where import shown

ALL = range(1, sys.maxsize)
"""Every line of a file."""

_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_QUOTED = re.compile(rb"\\([0-7]{3}|.)")
_LETTERS = dict(zip(b"abtnvfr", b"\a\b\t\n\v\f\r", strict=True))
_DIFF = (
    "-c", "core.quotePath=true", "diff", "--unified=0", "--no-color", "--no-ext-diff",
    "--no-textconv", "--find-renames", "--ignore-submodules", "--src-prefix=a/", "--dst-prefix=b/",
)  # fmt: skip


class NoHistoryError(Exception):
    """Stop when git cannot tell what has changed; the message says why."""


def find(
    folder: Path, environment: Mapping[str, str], files: Sequence[Path] = ()
) -> dict[str, range | frozenset[int]]:
    """Map the shown path of each changed file to its changed lines, from 1, as the file stands now.

    They are those of the whole checkout around `folder` that differ from the merge base of HEAD
    with the default branch: in a pull request of GitHub the one that GITHUB_BASE_REF names, else
    origin's HEAD, else main or master, else HEAD itself. A file that git does not track counts as
    changed in every line; so do those of `files` that it ignores or that lie elsewhere.

    Raises `NoHistoryError` when this is no checkout or git knows no common commit.
    """
    top = Path(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel").rstrip(b"\n")))
    base = _base(top, environment)
    changed: dict[str, range | frozenset[int]] = {}
    for name, lines in parse(_git(top, *_DIFF, base, "--")):
        path = top / os.fsdecode(name)
        changed[shown(path)] = ALL if _has_lone_returns(path) else lines
    for name in _git(top, "ls-files", "--others", "--exclude-standard", "-z").split(b"\0"):
        if name:
            changed[shown(top / os.fsdecode(name))] = ALL
    for path in files:
        whole = path.resolve()
        if not (whole.is_relative_to(top) and _git(top, "ls-files", "-z", "--", str(whole))):
            changed[shown(whole)] = ALL
    return changed


def parse(diff: bytes) -> Iterator[tuple[bytes, frozenset[int]]]:
    """Yield each file's name and added or rewritten lines, from git's diff without context.

    The lines of a hunk are counted off, so that text that looks like a header is not read as one.
    """
    name: bytes | None = None
    numbers: set[int] = set()
    rows = iter(diff.split(b"\n"))
    for row in rows:
        if row.startswith(b"diff --git "):
            if name is not None:
                yield name, frozenset(numbers)
            name, numbers = None, set()
        elif row.startswith(b"+++ "):
            name = _name(row[4:])
        elif match := _HUNK.match(row):
            removed, start, added = match[1], int(match[2]), match[3]
            count = int(added) if added is not None else 1
            numbers.update(range(start, start + count))
            left = count + (int(removed) if removed is not None else 1)
            while left and (line := next(rows, None)) is not None:
                # "\ No newline at end of file" belongs to the line before it.
                left -= not line.startswith(b"\\")
    if name is not None:
        yield name, frozenset(numbers)


def _name(written: bytes) -> bytes | None:
    """Read a file's name as git writes it after `+++ `; None for a file that is gone."""
    if written.startswith(b'"'):
        quoted = written[1 : written.rindex(b'"')]
        return _QUOTED.sub(_unquote, quoted).removeprefix(b"b/")
    # A name with a space is followed by a tab.
    name = written.removesuffix(b"\t")
    return None if name == b"/dev/null" else name.removeprefix(b"b/")


def _unquote(match: re.Match[bytes]) -> bytes:
    sign = match[1]
    if len(sign) == 3:
        return bytes([int(sign, 8)])
    return bytes([_LETTERS.get(sign[0], sign[0])])


def _has_lone_returns(path: Path) -> bool:
    """Tell whether a file has line ends that git does not count."""
    try:
        return re.search(rb"\r(?!\n)", path.read_bytes()) is not None
    except OSError:
        return False


def _base(top: Path, environment: Mapping[str, str]) -> str:
    """Name the commit that changes are counted from."""
    if not _knows(top, "HEAD"):
        return _git(top, "hash-object", "-t", "tree", "--stdin").decode().strip()
    wanted = environment.get("GITHUB_BASE_REF")
    if wanted:
        branches = [f"origin/{wanted}", wanted]
    else:
        branches = ["origin/HEAD", "origin/main", "origin/master", "main", "master"]
    branch = next((name for name in branches if _knows(top, name)), None)
    if branch is None and wanted:
        raise NoHistoryError(
            f'The branch "{wanted}" is not in this checkout; fetch it with its history first.'
        )
    if branch is None:
        return "HEAD"
    try:
        return _git(top, "merge-base", "HEAD", branch).decode().strip()
    except NoHistoryError:
        raise NoHistoryError(
            f'HEAD and "{branch}" have no common commit here; fetch their whole history first.'
        ) from None


def _knows(top: Path, name: str) -> bool:
    try:
        _git(top, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    except NoHistoryError:
        return False
    return True


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, check=True, input=b""
        )
    except FileNotFoundError:
        raise NoHistoryError("git is not installed, so it cannot tell what has changed.") from None
    except subprocess.CalledProcessError as error:
        if b"not a git repository" in error.stderr:
            raise NoHistoryError(
                f"{shown(folder)} is not in a git checkout, so nothing tells what has changed."
            ) from None
        reason = os.fsdecode(error.stderr).strip() or "it failed"
        raise NoHistoryError(f"git cannot tell what has changed: {reason}") from None
    return done.stdout
