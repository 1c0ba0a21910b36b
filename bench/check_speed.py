"""Measure a full check: `python -m bench.check_speed [--articles 300]`.

Writes the benchmarks' seeded articles with their library (bench/corpus.py), then times
`rules.load` (read and scan) and `rules.check`, and one article's scan and check alone.
Prints both in seconds of one process; `--profile` prints where the time goes.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from bench import corpus
from wellsourced import rules, source
from wellsourced.rules import Site

TODAY = date(2026, 11, 24)

_T = TypeVar("_T")


@dataclass(frozen=True)
class Time:
    """Seconds on the clock and seconds of the processor."""

    wall: float
    processor: float

    def line(self, what: str, articles: int) -> str:
        """Give both, and the processor's milliseconds an article."""
        each = 1000 * self.processor / articles
        return (
            f"{what:6} {self.wall:6.2f} s, processor {self.processor:6.2f} s, {each:5.1f} ms each"
        )


def timed(work: Callable[[], _T]) -> tuple[_T, Time]:
    """Run work; give its value and the time that it took."""
    wall, processor = time.perf_counter(), time.process_time()
    value = work()
    return value, Time(time.perf_counter() - wall, time.process_time() - processor)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--profile", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "content"
        corpus.write_ours(folder, arguments.articles)

        def load() -> Site:
            return rules.load(folder, "content", TODAY)[0]

        profile = cProfile.Profile()
        if arguments.profile:
            profile.enable()
        site, loading = timed(load)
        found, checking = timed(lambda: rules.check(site))
        profile.disable()
        one = site.articles[0]
        again, alone = timed(lambda: source.scan(one.text, one.path, "article"))
        _, alone_checked = timed(lambda: rules.check_document(again, site))
    print(loading.line("load", arguments.articles))
    print(checking.line("check", arguments.articles), f"({len(found)} findings)")
    print(f"one article, scanned and checked: {(alone.wall + alone_checked.wall) * 1000:.0f} ms")
    if arguments.profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(28)


if __name__ == "__main__":
    main()
