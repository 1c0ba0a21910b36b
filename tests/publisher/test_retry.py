"""A request whose answer is lost is made again, later and later, where that does no harm."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.publisher.model import Around, Losing, Memory
from tests.publisher.readers import crawl_memory
from tests.publisher.sites import EVERYTHING, run, two
from wellsourced.publisher import publishing, retry
from wellsourced.publisher.problems import ConditionFailedError, TransportError
from wellsourced.publisher.retry import ATTEMPTS, Insisting, backoff
from wellsourced.publisher.targets import Only, Target


class Waits:
    """Note the seconds that were waited, and wait none."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def sleep(self, seconds: float) -> None:
        """Note the seconds."""
        self.seconds.append(seconds)


class Unsteady(Around):
    """Lose a fifth of the requests before they are carried out, and a sixth of the answers."""

    def __init__(self, target: Target, seed: int) -> None:
        super().__init__(target)
        self.chance = random.Random(seed)

    async def before(self, method: str, arguments: tuple[Any, ...]) -> None:
        """Lose the request."""
        if self.chance.random() < 1 / 5:
            raise TransportError("the request was lost")

    async def after(self, method: str, arguments: tuple[Any, ...]) -> None:
        """Lose the answer."""
        if self.chance.random() < 1 / 6:
            raise TransportError("the answer was lost")


@pytest.mark.parametrize("seed", range(8))
def test_a_release_goes_out_over_an_unsteady_line(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "LONGEST_SECONDS", 0)
    old, new = two(tmp_path)
    target = Memory()
    for one in (old, new, old):
        unsteady = Unsteady(target, seed)
        outcome = run(publishing.publish(Insisting(unsteady, Waits().sleep), one, EVERYTHING))
        assert outcome.moved
        assert crawl_memory(target, (one,)) == one.manifest.release
    assert json.loads(target.objects["current.json"][0].data)["sequence"] == 3


def test_it_gives_up_in_the_end() -> None:
    waits = Waits()
    losing = Losing(Memory(), ("get",), 10**9)
    with pytest.raises(TransportError, match="the answer was lost"):
        run(Insisting(losing, waits.sleep).get("x"))
    assert losing.requests == ATTEMPTS
    assert len(waits.seconds) == ATTEMPTS - 1


def test_a_conditional_write_is_made_once() -> None:
    losing = Losing(Memory(), ("put",), 1)
    with pytest.raises(TransportError):
        run(Insisting(losing, Waits().sleep).put("x", b"", {}, Only.IF_ABSENT))
    assert losing.requests == 1


def test_a_refusal_is_no_reason_to_insist() -> None:
    target = Memory()
    run(target.put("x", b"", {}))
    counting = Around(target)
    with pytest.raises(ConditionFailedError):
        run(Insisting(counting, Waits().sleep).put("x", b"", {}, Only.IF_ABSENT))
    assert counting.requests == 1


def test_waiting_grows_and_ends() -> None:
    longest = [max(backoff(attempt) for _ in range(200)) for attempt in range(8)]
    assert longest[0] <= 0.2
    assert 0.4 < longest[3] <= 1.6
    assert longest[7] <= 5


class Confused(Around):
    """Answer the first write with what was meant for another request."""

    async def before(self, method: str, arguments: tuple[Any, ...]) -> None:
        """Refuse once."""
        if method == "put" and self.requests == 1:
            raise ConditionFailedError("412")


def test_a_condition_that_nobody_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FIRST_SECONDS", 0.001)
    confused = Confused(Memory())
    run(retry.Insisting(confused).put("robots.txt", b"", {}))
    assert confused.requests == 2
