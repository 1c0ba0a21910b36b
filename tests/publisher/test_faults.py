"""A store answers wrongly, late or not at all: releases go out whole, or not, and it is said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

import pytest

from tests.publisher.counting import COUNTED
from tests.publisher.readers import crawl
from tests.publisher.requests import Numbered, kind
from tests.publisher.sites import EVERYTHING, run, two
from tests.servers.faulty import Faulty, Request
from wellsourced.publisher import publishing, retry
from wellsourced.publisher.audited import Audited
from wellsourced.publisher.problems import PublishingError
from wellsourced.publisher.targets import opening
from wellsourced.publisher.targets.opening import open_target

FAULTS = (
    *"500 503 unheard unanswered mute forgetful cut twice repeated lagging 409 412".split(),
    "done and 500",
)
"""What `Faulty` can do, in words that it knows."""

OPTIONS = replace(EVERYTHING, lease=30)
"""A lease so long that it is never renewed here: the same requests are made each time."""

SILENT = ("mute", "forgetful")
PATIENCE = {True: 0.5, False: 30.0}
"""Whether a fault is silence → seconds that a publisher waits for an answer."""

Choose = Callable[[Request], str]
Done = Callable[[Request], None]


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is tried again be tried at once."""
    monkeypatch.setattr(retry, "FIRST_SECONDS", 0.01)
    moment = timedelta(milliseconds=5)
    waits = {"init_backoff": moment, "max_backoff": moment, "base": 2}
    monkeypatch.setitem(opening.RETRIES, "backoff", waits)


def fits(fault: str, request: Request) -> bool:
    """Tell whether a request can meet a fault: a listing alone lags, a condition is refused."""
    if fault == "lagging":
        return kind(request) == "list"
    # Another condition than a probe's: a store that refuses those is refused itself.
    if fault in ("409", "412"):
        return request.is_conditional and kind(request) != "write probe"
    return True


@dataclass
class Scene:
    """Two releases, the older one published, and the way to the store that may be disturbed."""

    address: str
    old: Audited
    new: Audited
    seen: list[str]
    pause: float = 0.02
    """Seconds between two looks of the reader."""

    @asynccontextmanager
    async def through(
        self, choose: Choose, fault: str = "", done: Done = lambda request: None
    ) -> AsyncIterator[str]:
        """Give the address behind a proxy, while somebody reads all the time without it."""
        parts = urlsplit(self.address)
        endpoint = parse_qs(parts.query)["endpoint"][0]
        async with Faulty(urlsplit(endpoint).port or 0, choose, done) as proxy:
            query = (
                parts.query.replace(endpoint, proxy.endpoint)
                + f"&timeout={PATIENCE[fault in SILENT]}"
            )
            reader = asyncio.create_task(self._read())
            try:
                yield urlunsplit(parts._replace(query=query))
            finally:
                reader.cancel()
                with suppress(asyncio.CancelledError):
                    await reader

    async def _read(self) -> None:
        target = open_target(self.address)
        while True:
            self.seen.append(await crawl(target, (self.old, self.new)))
            await asyncio.sleep(self.pause)

    async def look(self) -> str:
        """Tell which release readers get."""
        return await crawl(open_target(self.address), (self.old, self.new))

    async def ends_well(self) -> None:
        """Publish again, undisturbed: it is done then, and nobody saw a mixture meanwhile."""
        target = open_target(self.address)
        await publishing.publish(target, self.new, OPTIONS)
        assert await self.look() == self.new.manifest.release
        order = [self.old.manifest.release, self.new.manifest.release]
        assert self.seen == sorted(self.seen, key=order.index)
        assert (await publishing.publish(target, self.new, OPTIONS)).sent == 0


async def begin(address: str, sites: tuple[Audited, Audited]) -> Scene:
    """Publish the older release."""
    await publishing.publish(open_target(address), sites[0], OPTIONS)
    return Scene(address, *sites, [])


class Once:
    """Do one fault at the requests that are chosen, once each; `met` names those it met."""

    def __init__(self, fault: str, name: Callable[[Request], str], only: str = "") -> None:
        self.fault, self.name, self.only = fault, name, only
        self.met: set[str] = set()

    def __call__(self, request: Request) -> str:
        """Choose a fault."""
        name = self.name(request)
        if name in self.met or not fits(self.fault, request) or self.only not in ("", name):
            return ""
        self.met.add(name)
        return self.fault


async def attempt(address: str, scene: Scene, fault: str) -> None:
    """Publish in spite of a fault; only a second answer, taken for another's, may end it."""
    try:
        outcome = await publishing.publish(open_target(address), scene.new, OPTIONS)
    except PublishingError:
        if fault != "twice":
            raise
    else:
        assert outcome.moved
        assert await scene.look() == scene.new.manifest.release


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_of_each_request(s3: str, tmp_path: Path, fault: str) -> None:
    sites = two(tmp_path, 1)
    once = Once(fault, kind)

    async def work() -> None:
        scene = await begin(s3, sites)
        async with scene.through(once, fault) as address:
            await attempt(address, scene, fault)
        await scene.ends_well()

    run(work())
    assert len(once.met) >= {"lagging": 1, "409": 3, "412": 3}.get(fault, 12)
    COUNTED["single faults on S3"] += len(once.met)


@pytest.mark.gate
@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_at_every_request(ceph: str, tmp_path: Path, fault: str) -> None:
    sites = two(tmp_path, 1)

    async def work() -> None:
        names = await requests(ceph, sites, fault)
        assert len(names) >= {"lagging": 2, "409": 3, "412": 3}.get(fault, 25)
        for number, name in enumerate(names):
            scene = await begin(ceph.replace("/prefix", f"/{number}"), sites)
            once = Once(fault, Numbered().name, name)
            async with scene.through(once, fault) as address:
                await attempt(address, scene, fault)
            assert once.met, name
            await scene.ends_well()
            COUNTED["single faults on Ceph"] += len(once.met)

    run(work())


async def requests(address: str, sites: tuple[Audited, Audited], fault: str) -> list[str]:
    """Name the requests of a release that can meet a fault."""
    found: list[str] = []
    numbered = Numbered()

    def note(request: Request) -> str:
        name = numbered.name(request)
        if fits(fault, request):
            found.append(name)
        return ""

    scene = await begin(address, sites)
    async with scene.through(note) as address:
        await publishing.publish(open_target(address), scene.new, OPTIONS)
    return found
