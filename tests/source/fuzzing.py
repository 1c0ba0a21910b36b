"""Send any bytes through reading, rules and rendering, and say what is not right about that."""

from __future__ import annotations

import time
from pathlib import Path

from hypothesis import strategies as st

from tests.rendering import wired
from wellsourced import source
from wellsourced.diagnostics import Diagnostic, Severity

from .holding import hold

SLOWEST = 1.0
"""Seconds of processor time that one input of at most a few kilobytes may take."""

TOKENS = (
    "[ ] ( ) @ [@ [[ ]] | "
    "` `` ``` ~~~ * ** _ < > <!-- --> /// //// # ## --- === > - 1. ! \\ { } {# "
    ": ; , . ? & &amp; @gattie2017 [@gattie2017] boyce2020 trigger Title: Date: allow CLM001 "
    "words p. 3 items: src: <b> </b> <div> <script> http:// a@b.c é 🪡 \u0301 \u00a0 \u2028 "
    "\x00 \x02 \x03 \ufeff"
).split()
_WHITE = [" ", "  ", "    ", "\t", "\n", "\n", "\n\n", "\r\n", "\r"]
_HEADS = [
    "",
    "Title: T\nSlug: t\nDate: 2026-11-24\nAuthor: editors\nSummary: S.\n\n",
    "---\nTitle: T\n---\n",
]
_SOUP = st.lists(st.sampled_from([*TOKENS, *_WHITE, *_WHITE]), max_size=60).map("".join)

TEXTS = st.builds(
    str.__add__, st.sampled_from(_HEADS), st.one_of(_SOUP, _SOUP, st.text(max_size=80))
)
BYTES = st.one_of(st.binary(max_size=120), TEXTS.map(str.encode))


def go_through(data: bytes, folder: Path) -> None:
    """Read, check and render a file of these bytes; fail on any exception, delay or lost place.

    Raises `AssertionError` when a position is outside the file or the time is exceeded.
    """
    path = folder / "fuzzed.md"
    path.write_bytes(data)
    start = time.process_time()
    document = source.read(
        path, "content/articles/fuzzed.md", "article", wired.site().library.references
    )
    hold(document)
    found = wired.check(document)
    if not any(d.severity is Severity.ERROR for d in found):
        found += wired.render(document).diagnostics
    spent = time.process_time() - start
    assert spent < SLOWEST, f"{spent:.1f} s"
    lines = [line.text for line in document.index.lines]
    for diagnostic in found:
        _assert_inside(diagnostic, lines)


def _assert_inside(diagnostic: Diagnostic, lines: list[str]) -> None:
    place = (diagnostic.line, diagnostic.column)
    end = (diagnostic.end_line, diagnostic.end_column)
    assert (1, 1) <= place <= end, diagnostic
    for line, column in (place, end):
        assert line <= len(lines), diagnostic
        assert column <= len(lines[line - 1]) + 2, diagnostic  # + 2: after the line's end
