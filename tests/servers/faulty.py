"""Stand between a publisher and a store, and answer wrongly when told to.

Plain HTTP/1.1 on loopback. Whole requests are passed on, each over a connection of its own, so
that every fault is about one request and its answer alone.
"""

from __future__ import annotations

import asyncio
import re
import socket
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

_REASONS = {
    409: ("Conflict", "ConditionalRequestConflict"),
    412: ("Precondition Failed", "PreconditionFailed"),
    500: ("Internal Server Error", "InternalError"),
    503: ("Service Unavailable", "SlowDown"),
}
_ERROR = "<?xml version='1.0'?><Error><Code>{}</Code><Message>told so by a test</Message></Error>"
_CONTENTS = re.compile(rb"<Contents>.*?</Contents>", re.DOTALL)
_BODILESS = (204, 304)


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came: its words, headers by their small-letter name, body, key asked for."""

    method: str
    address: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def key(self) -> str:
        """Give the path without its bucket."""
        return unquote(urlsplit(self.address).path).lstrip("/").partition("/")[2]

    @property
    def query(self) -> str:
        """Give what follows the question mark."""
        return urlsplit(self.address).query

    @property
    def is_conditional(self) -> bool:
        """Tell whether it is to be carried out under a condition only."""
        return not self.headers.keys().isdisjoint(("if-match", "if-none-match"))


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: status, its header lines but those about length and connection, body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def written(self) -> bytes:
        """Write it as it goes over the line."""
        reason = _REASONS.get(self.status, ("As It Is", ""))[0]
        lines = [f"HTTP/1.1 {self.status} {reason}", *(f"{n}: {v}" for n, v in self.headers)]
        if self.status not in _BODILESS:
            lines.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + self.body


class Faulty:
    """Pass requests on to a loopback port while the context is open.

    `choose` names the fault of each request, `""` for none: a status to answer with instead;
    `unheard` and `unanswered` (the connection is reset before or after the store did it), `mute`
    and `forgetful` (it is silent before or after), `done and 500`, `cut` (half an answer),
    `twice` (an answer two times), `repeated` (the store is asked two times), `lagging` (a
    listing without any object).
    `done` hears of each request that the store has carried out, before anybody else does.
    """

    def __init__(
        self,
        upstream: int,
        choose: Callable[[Request], str],
        done: Callable[[Request], None] = lambda request: None,
    ) -> None:
        self.upstream, self.choose, self.done = upstream, choose, done
        self._open: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port: int = self._server.sockets[0].getsockname()[1]
        self.endpoint = f"http://127.0.0.1:{self.port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._open.add(task)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while await self._exchange(await _request(reader), reader, writer):
                    await writer.drain()
        finally:
            self._open.discard(task)
            writer.close()

    async def _exchange(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Answer one request; gives whether the connection is still good."""
        fault = self.choose(request)
        if fault.isdigit():
            writer.write(_refusal(int(fault)).written())
            return True
        if fault == "unheard":
            return _reset(writer)
        if fault == "mute":
            return await _silence(reader)
        answer = await self._ask(request)
        self.done(request)
        match fault:
            case "unanswered":
                return _reset(writer)
            case "forgetful":
                return await _silence(reader)
            case "done and 500":
                answer = _refusal(500)
            case "cut":
                whole = answer.written()
                writer.write(whole[: len(whole) - max(1, len(answer.body) // 2)])
                return False
            case "twice":
                writer.write(answer.written())
            case "repeated":
                answer = await self._ask(request)
            case "lagging":
                answer = Answer(answer.status, answer.headers, _CONTENTS.sub(b"", answer.body))
        writer.write(answer.written())
        return True

    async def _ask(self, request: Request) -> Answer:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        lines = [f"{request.method} {request.address} HTTP/1.1", "connection: close"]
        lines += [f"{n}: {v}" for n, v in request.headers.items() if n != "connection"]
        writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + request.body)
        try:
            return await _answer(reader)
        finally:
            writer.close()


async def _head(reader: asyncio.StreamReader) -> tuple[str, list[tuple[str, str]]]:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").rstrip().split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return first, [(name.strip().lower(), value.strip()) for name, _, value in pairs]


async def _request(reader: asyncio.StreamReader) -> Request:
    first, pairs = await _head(reader)
    method, address, _ = first.split(" ")
    headers = dict(pairs)
    assert "transfer-encoding" not in headers
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(method, address, headers, body)


async def _answer(reader: asyncio.StreamReader) -> Answer:
    first, pairs = await _head(reader)
    headers = dict(pairs)
    if headers.get("transfer-encoding") == "chunked":
        parts = []
        while size := int((await reader.readline()).split(b";")[0], 16):
            parts.append(await reader.readexactly(size))
            await reader.readline()
        body = b"".join(parts)
    elif "content-length" in headers:
        body = await reader.readexactly(int(headers["content-length"]))
    else:
        body = await reader.read()
    own = ("content-length", "transfer-encoding", "connection", "keep-alive")
    return Answer(int(first.split(" ")[1]), tuple(p for p in pairs if p[0] not in own), body)


def _refusal(status: int) -> Answer:
    body = _ERROR.format(_REASONS[status][1]).encode()
    return Answer(status, (("content-type", "application/xml"),), body)


def _reset(writer: asyncio.StreamWriter) -> bool:
    """Let the connection end by a reset, not in peace (SO_LINGER of 0 seconds, socket(7))."""
    line: socket.socket = writer.get_extra_info("socket")
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
    return False


async def _silence(reader: asyncio.StreamReader) -> bool:
    """Say nothing until the other side has had enough."""
    await reader.read()
    return False
