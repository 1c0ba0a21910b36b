"""A target in memory, and targets around it that kill, lose answers, lag and look on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NoReturn

from wellsourced.publisher.problems import ConditionFailedError, TransportError
from wellsourced.publisher.targets import (
    Condition,
    Digest,
    Entry,
    Headers,
    Only,
    Stored,
    Target,
    Version,
)


class Memory:
    """A target that keeps its promises: each write is at once, each tag is new."""

    address = "memory://model"
    digests: Digest = "sha256"

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.objects: dict[str, tuple[Stored, datetime]] = {}
        self._now = now
        self._writes = 0

    async def prepare(self) -> None:
        """Nothing needs to be found out."""

    async def recover(self) -> None:
        """Nothing is ever left half-done."""

    async def get(self, key: str) -> Stored | None:
        """Read an object."""
        found = self.objects.get(key)
        return found[0] if found else None

    async def put(
        self, key: str, data: bytes, headers: Headers, condition: Condition = Only.ALWAYS
    ) -> Version:
        """Write an object."""
        there = await self.get(key)
        if condition is Only.IF_ABSENT and there:
            raise ConditionFailedError(key)
        if isinstance(condition, Version) and (not there or there.version != condition):
            raise ConditionFailedError(key)
        self._writes += 1
        version = Version(str(self._writes))
        self.objects[key] = Stored(data, version, dict(headers)), self._now()
        return version

    async def copy(self, source: str, key: str) -> bool:
        """Copy an object."""
        there = await self.get(source)
        if there is None:
            return False
        await self.put(key, there.data, there.headers)
        return True

    async def list(self, prefix: str) -> Sequence[Entry]:
        """List objects."""
        return [
            Entry(key, len(stored.data), sha256(stored.data).hexdigest(), written)
            for key, (stored, written) in sorted(self.objects.items())
            if key.startswith(prefix)
        ]

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove objects."""
        for key in keys:
            self.objects.pop(key, None)


class Killed(BaseException):
    """The publisher is dead: nothing may catch this but the test."""


class Around:
    """Pass every request on to another target; `before` and `after` see each as it passes."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.requests = 0

    async def before(self, method: str, arguments: tuple[Any, ...]) -> None:
        """See a request that is about to be made."""

    async def after(self, method: str, arguments: tuple[Any, ...]) -> None:
        """See a request that was carried out, before it is answered."""

    @property
    def address(self) -> str:
        """Name the target inside."""
        return self.target.address

    @property
    def digests(self) -> Digest:
        """Tell what the target inside tells."""
        return self.target.digests

    async def _pass(self, method: str, *arguments: Any) -> Any:
        self.requests += 1
        await self.before(method, arguments)
        answer = await getattr(self.target, method)(*arguments)
        await self.after(method, arguments)
        return answer

    async def prepare(self) -> None:
        """Pass on."""
        await self._pass("prepare")

    async def recover(self) -> None:
        """Pass on."""
        await self._pass("recover")

    async def get(self, key: str) -> Stored | None:
        """Pass on."""
        found: Stored | None = await self._pass("get", key)
        return found

    async def put(
        self, key: str, data: bytes, headers: Headers, condition: Condition = Only.ALWAYS
    ) -> Version:
        """Pass on."""
        version: Version = await self._pass("put", key, data, headers, condition)
        return version

    async def copy(self, source: str, key: str) -> bool:
        """Pass on."""
        return bool(await self._pass("copy", source, key))

    async def list(self, prefix: str) -> Sequence[Entry]:
        """Pass on."""
        entries: Sequence[Entry] = await self._pass("list", prefix)
        return entries

    async def delete(self, keys: Sequence[str]) -> None:
        """Pass on."""
        await self._pass("delete", keys)


def be_killed() -> NoReturn:
    """Die as far as one can inside a test."""
    raise Killed


class Killing(Around):
    """Die at a request, counted from 1: before it is carried out, or after and unanswered."""

    def __init__(
        self,
        target: Target,
        at: int,
        *,
        carried_out: bool = False,
        die: Callable[[], NoReturn] = be_killed,
    ) -> None:
        super().__init__(target)
        self.at, self.carried_out, self.die = at, carried_out, die

    async def before(self, method: str, arguments: tuple[Any, ...]) -> None:
        """Die before the request, and at every later one of the same process."""
        if self.requests > self.at or (self.requests == self.at and not self.carried_out):
            self.die()

    async def after(self, method: str, arguments: tuple[Any, ...]) -> None:
        """Die after the request."""
        if self.requests >= self.at:
            self.die()


class Losing(Around):
    """Lose the answer to every request of some methods that was carried out, a few times."""

    def __init__(self, target: Target, methods: tuple[str, ...], times: int) -> None:
        super().__init__(target)
        self.methods, self.left = methods, times

    async def after(self, method: str, arguments: tuple[Any, ...]) -> None:
        """Lose the answer."""
        if method in self.methods and self.left > 0:
            self.left -= 1
            raise TransportError("the answer was lost")


class Watched(Around):
    """Let somebody look at the target before and after each request."""

    def __init__(self, target: Target, look: Callable[[], None]) -> None:
        super().__init__(target)
        self.look = look

    async def before(self, method: str, arguments: tuple[Any, ...]) -> None:
        """Look."""
        self.look()

    async def after(self, method: str, arguments: tuple[Any, ...]) -> None:
        """Look."""
        self.look()


class Waiting(Around):
    """Let something else happen before the n-th request of a kind, as if this one had slept."""

    def __init__(self, target: Target, method: str, key: str, meanwhile: Callable[[], Any]) -> None:
        super().__init__(target)
        self.method, self.key, self.meanwhile = method, key, meanwhile

    async def before(self, method: str, arguments: tuple[Any, ...]) -> None:
        """Sleep, once."""
        if method == self.method and self.key in str(arguments[0]) and self.meanwhile:
            meanwhile, self.meanwhile = self.meanwhile, None
            await meanwhile()
