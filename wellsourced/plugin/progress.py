"""Tell a person how far a build is: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from typing import TextIO

_WIDTH = 30
_SOON = 0.5
"""Seconds after which work is worth a bar."""
_LEAST = 100
"""Items that are worth a line where there is no terminal."""
_DOING = {"read": "Reading", "reuse": "Reusing", "write": "Writing", "index": "Indexing"}
_DONE = {"read": "read", "reuse": "reused", "write": "written"}


class Progress:
    """The progress of one build, and its sum."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._terminal = stream.isatty()
        self._begun = self._since = time.perf_counter()
        self._drawn = False
        self._counts: dict[str, int] = dict.fromkeys(_DOING, 0)
        self._seconds: dict[str, float] = {}

    def tell(self, what: str, done: int, total: int) -> None:
        """Show that `done` of `total` items of some work are done; `what` may be a sentence."""
        now = time.perf_counter()
        if what not in _DOING:
            self._clear()
            print(what, file=self._stream)
        elif done == 0:
            self._since = now
            if total >= _LEAST and not self._terminal:
                print(f"{_DOING[what]} {total:,} files …", file=self._stream)
        elif done < total:
            if self._terminal and now - self._begun > _SOON:
                self._draw(what, done, total)
        else:
            self._counts[what] += total
            self._seconds[what] = self._seconds.get(what, 0.0) + now - self._since
            self._since = now
            self._clear()

    def sum_up(self, stream: TextIO) -> None:
        """Print what was done and how long it took."""
        spent = time.perf_counter() - self._begun
        counted = ", ".join(f"{self._counts[what]:,} {done}" for what, done in _DONE.items())
        parts = [
            f"{_DOING[what].lower()} {seconds:.1f}"
            for what, seconds in self._seconds.items()
            if seconds >= 0.05
        ]
        told = f"{counted} ({', '.join(parts)} s)" if parts else counted
        print(
            f"Built in {spent:.1f} s: {told if self._seconds else 'nothing has changed'}",
            file=stream,
        )

    def _draw(self, what: str, done: int, total: int) -> None:
        filled = _WIDTH * done // total
        bar = "█" * filled + "·" * (_WIDTH - filled)
        self._stream.write(f"\r{_DOING[what]} {bar} {done:,} of {total:,}")
        self._stream.flush()
        self._drawn = True

    def _clear(self) -> None:
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._drawn = False
