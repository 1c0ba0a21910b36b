"""Measure a full check: `python -m bench.check_speed [--articles 300 --words 1800]`.

Writes a seeded content folder of varied articles over the library of content/, then times
`rules.load` (read and scan) and `rules.check`, and one article's scan and check alone.
Prints both in seconds of one process; `--profile` prints where the time goes.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from wellsourced import rules, source
from wellsourced.library import Library
from wellsourced.rules import Site

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 24)
SEED = 2026
_WORDS = (
    "the of and to in is that it for was on are with as they be at this have from or had by "
    "needle muscle pain therapist treatment shoulder patient study weeks trial group movement "
    "skin bruise relief practice state rule training license nurse stiffness session evidence"
).split()

_T = TypeVar("_T")


def article(number: int, words: int, library: Library) -> str:
    """Write one article of about `words` words with cites, terms, lists, tables and blocks."""
    draw = random.Random(SEED + number)
    keys, terms = list(library.references), [t.term for t in library.terms.values()]
    head = (
        f"Title: Article {number} on needles\nSlug: article-{number}\nDate: 2026-11-24\n"
        f"Author: {next(iter(library.people))}\nSummary: About needles, number {number}.\n\n"
    )
    parts = [head]
    written = section = 0
    while written < words:
        kind = draw.choice(["text"] * 6 + ["list", "table", "block", "heading"])
        sentences = [_sentence(draw, keys, terms) for _ in range(draw.randint(2, 5))]
        if kind == "text":
            parts.append(" ".join(sentences))
        elif kind == "list":
            parts.append("\n".join(f"- {sentence}" for sentence in sentences))
        elif kind == "table":
            rows = [f"| {' '.join(draw.sample(_WORDS, 2))} | {s} |" for s in sentences]
            parts.append("\n".join(["| What | Finding |", "| --- | --- |", *rows]))
        elif kind == "block":
            parts.append("\n".join(["/// warning | Take care", *sentences, "///"]))
        else:
            section += 1
            parts.append(f"## Section {section} of {number} {{#s{section}}}\n\n{sentences[0]}")
        written += sum(len(sentence.split()) for sentence in sentences)
    return "\n\n".join([*parts, "/// disclaimer | medical\n///\n"])


def _sentence(draw: random.Random, keys: list[str], terms: list[str]) -> str:
    words = draw.choices(_WORDS, k=draw.randint(8, 18))
    chance = draw.random()
    if chance < 0.15:
        words.insert(3, f"[[{draw.choice(terms)}]]")
    elif chance < 0.2:
        words.insert(4, "[a link](/glossary/)")
    elif chance < 0.25:
        words[2] = f"*{words[2]}*"
    cite = f" [@{draw.choice(keys)}; see @{draw.choice(keys)}, p. 3]" if draw.random() < 0.2 else ""
    return f"{' '.join(words).capitalize()}{cite}."


def write_content(folder: Path, articles: int, words: int) -> None:
    """Write `articles` articles and a copy of content/library under `folder`."""
    shutil.copytree(ROOT / "content" / "library", folder / "library")
    (folder / "library" / "anchors.json").unlink(missing_ok=True)
    shutil.copytree(ROOT / "content" / "images", folder / "images")
    (folder / "articles").mkdir()
    library = rules.load(folder, "content", TODAY)[0].library
    for number in range(articles):
        text = article(number, words, library)
        (folder / "articles" / f"article-{number}.md").write_text(text, "utf-8")


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
    parser.add_argument("--words", type=int, default=1800)
    parser.add_argument("--profile", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "content"
        write_content(folder, arguments.articles, arguments.words)

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
