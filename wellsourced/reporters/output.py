"""Send a report where it belongs: standard output, and the summary of a GitHub job."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from wellsourced.diagnostics import Diagnostic
from wellsourced.reporters import github, render
from wellsourced.reporters.changes import NO_CHANGES, Changes

SUMMARY = "GITHUB_STEP_SUMMARY"
"""The environment variable that names the file of a job's summary (GitHub Actions)."""


def allows_colour(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Tell whether to write colour: only to a terminal that can, and that does not refuse it.

    NO_COLOR (no-color.org) refuses when it is set and not empty; TERM=dumb cannot.
    """
    return stream.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def gather(diagnostics: Iterable[Diagnostic], known: Mapping[str, str]) -> Mapping[str, str]:
    """Map each finding's path to its file's text: as known, or else as read from the disk.

    A file that cannot be read is left out; what is not UTF-8 in one is replaced.
    """
    texts: dict[str, str] = {}
    for path in {d.path for d in diagnostics}:
        if path in known:
            texts[path] = known[path]
            continue
        try:
            texts[path] = Path(path).read_bytes().decode("utf-8-sig", "replace")
        except (OSError, ValueError):
            continue
    return texts


def write(
    format: str,
    diagnostics: Sequence[Diagnostic],
    texts: Mapping[str, str],
    stream: TextIO,
    environment: Mapping[str, str],
    changes: Changes = NO_CHANGES,
) -> None:
    """Write a report to a stream and, in the github format, the job's summary to its file.

    Raises `KeyError` for a format that is not there, `OSError` when the summary cannot be written.
    """
    if isinstance(stream, io.TextIOWrapper):
        # A file's name need not be UTF-8, and a console need not be able to print all of it.
        stream.reconfigure(errors="backslashreplace")
    all_texts = gather(diagnostics, texts)
    terminal = allows_colour(stream, environment)
    print(render(format, diagnostics, all_texts, terminal=terminal, changes=changes), file=stream)
    if format == "github" and environment.get(SUMMARY):
        path = Path(environment[SUMMARY])
        taken = path.stat().st_size if path.exists() else 0
        with path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as summary:
            summary.write(github.summarise(diagnostics, github.SUMMARY_LIMIT - taken))
