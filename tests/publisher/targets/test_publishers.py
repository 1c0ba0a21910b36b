"""Several publishers to one real place: one pointer, one winner, nobody misled."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.publisher.counting import COUNTED
from tests.publisher.model import Waiting
from tests.publisher.readers import crawl
from tests.publisher.sites import EVERYTHING, pages, run, site
from tests.publisher.targets.test_contract import anew
from wellsourced.publisher import pointer, publishing
from wellsourced.publisher.audited import Audited
from wellsourced.publisher.problems import LostRaceError
from wellsourced.publisher.targets import Target

WORDS = "red blue green black navy teal olive maroon silver".split()


def sites(folder: Path, words: list[str]) -> tuple[Audited, ...]:
    return tuple(site(folder / word, pages(word, 1)) for word in words)


def test_eight_at_once(target: Target, tmp_path: Path) -> None:
    first, *others = sites(tmp_path, WORDS)

    async def work() -> list[object]:
        await publishing.publish(target, first, EVERYTHING)
        each = (publishing.publish(anew(target), one, EVERYTHING) for one in others)
        outcomes = list(await asyncio.gather(*each, return_exceptions=True))
        held = await pointer.read(target)
        assert held
        won = [one for one in outcomes if isinstance(one, publishing.Outcome)]
        assert held.pointer.sequence == 1 + len(won)
        assert await crawl(target, tuple(others)) == held.pointer.release
        return [one for one in outcomes if one not in won]

    lost = run(work())
    assert len(lost) <= 7
    assert all(isinstance(one, LostRaceError) for one in lost)
    COUNTED["publishers at once"] += len(others)


def test_one_that_wakes_two_releases_later(target: Target, tmp_path: Path) -> None:
    first, sleepy, *later = sites(tmp_path, WORDS[:4])

    async def two_more() -> None:
        for one in later:
            await publishing.publish(anew(target), one, EVERYTHING)

    async def work() -> None:
        await publishing.publish(target, first, EVERYTHING)
        sleeper = Waiting(target, "put", pointer.KEY, two_more)
        with pytest.raises(LostRaceError, match="Somebody else moved the pointer first"):
            await publishing.publish(sleeper, sleepy, EVERYTHING)
        assert await crawl(target, tuple(later)) == later[-1].manifest.release

    run(work())
    COUNTED["publishers that slept"] += 1
