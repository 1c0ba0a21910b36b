"""A WebDriver BiDi session: commands out, their results and the browser's events in."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import ClientConnection, connect

PATIENCE = 30.0  # seconds for one answer
Listener = Callable[[str, Mapping[str, Any]], None]


class BidiError(Exception):
    """Tells that the browser refused a command."""


@contextmanager
def session(address: str) -> Iterator[Session]:
    """Open a session with the browser that listens at `address`, such as `ws://127.0.0.1:1`."""
    with connect(f"{address}/session", max_size=None) as connection:
        opened = Session(connection)
        opened.call("session.new", capabilities={})
        yield opened
        opened.call("session.end")


class Session:
    """Hold one connection; every listener hears each event while an answer is waited for."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._last = 0
        self.listeners: list[Listener] = []

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and give its result; raises BidiError, or TimeoutError."""
        self._last += 1
        number = self._last
        self._connection.send(json.dumps({"id": number, "method": method, "params": parameters}))
        end = time.monotonic() + PATIENCE
        while True:
            message = self._receive(end - time.monotonic())
            if message.get("id") == number:
                break
        if message["type"] == "error":
            raise BidiError(f"{method}: {message['error']}: {message['message']}")
        result: dict[str, Any] = message["result"]
        return result

    def _receive(self, seconds: float) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self._connection.recv(timeout=max(seconds, 0)))
        if message["type"] == "event":
            for listener in self.listeners:
                listener(message["method"], message["params"])
        return message
