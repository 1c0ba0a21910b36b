"""A small editor: speaks JSON-RPC over the pipes of a language server and waits for what it says.

Written apart from pygls, so that a fault of the library does not hide itself.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

Json = Any
PATIENCE = 30  # seconds to an answer, on a busy machine


class RequestError(Exception):
    """The server answered with an error."""

    def __init__(self, error: Mapping[str, Json]) -> None:
        super().__init__(error["message"])
        self.error = error


class Editor:
    """One running server. Every wait has an end; `stop` leaves no process behind."""

    def __init__(self, command: Sequence[str], root: Path, log: Path) -> None:
        self.root = root
        self.log = log
        self._log = open(log, "wb")  # noqa: SIM115  # the server writes to it until it ends
        self.process = subprocess.Popen(
            [sys.executable, *command],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
        )
        self.messages: list[Json] = []
        self._news = threading.Condition()
        self._number = 0
        self._versions: dict[str, int] = {}
        threading.Thread(target=self._listen, daemon=True).start()

    def start(self, encodings: Sequence[str] | None = None) -> Mapping[str, Json]:
        """Initialize; give the server's capabilities."""
        general = {"positionEncodings": list(encodings)} if encodings else {}
        answer = self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": self.root.as_uri(),
                "capabilities": {
                    "general": general,
                    "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}},
                },
            },
        )
        self.notify("initialized", {})
        capabilities: Mapping[str, Json] = answer["capabilities"]
        return capabilities

    def stop(self) -> int:
        """Shut down and exit; give the process's exit status."""
        try:
            if self.process.poll() is None:
                self.request("shutdown", None)
                self.notify("exit", None)
            return self.process.wait(PATIENCE)
        finally:
            self.kill()

    def leave(self) -> None:
        """Go away without a word, and wait until the server has noticed."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(PATIENCE)

    def kill(self) -> None:
        """Make sure that no process is left."""
        self.process.kill()
        self.process.wait(PATIENCE)
        self._log.close()

    def open(self, path: Path, text: str | None = None) -> list[Json]:
        """Open a file, with its own text or another; give its diagnostics."""
        version = self._next_version(path)
        item = {"uri": path.as_uri(), "languageId": "markdown", "version": version}
        text = path.read_text("utf-8") if text is None else text
        self.notify("textDocument/didOpen", {"textDocument": {**item, "text": text}})
        return self.diagnostics(path)

    def change(self, path: Path, text: str) -> list[Json]:
        """Replace the whole text of an open file; give its diagnostics."""
        version = self._next_version(path)
        self.notify(
            "textDocument/didChange",
            {
                "textDocument": {"uri": path.as_uri(), "version": version},
                "contentChanges": [{"text": text}],
            },
        )
        return self.diagnostics(path)

    def close(self, path: Path) -> None:
        self.notify("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})

    def diagnostics(self, path: Path) -> list[Json]:
        """Wait for the diagnostics of the version that is open."""
        uri, version = path.as_uri(), self._versions[path.as_uri()]
        found: list[Json] = self.wait(
            lambda m: (
                m.get("method") == "textDocument/publishDiagnostics"
                and m["params"]["uri"] == uri
                and m["params"].get("version") == version
            )
        )["params"]["diagnostics"]
        return found

    def last_diagnostics(self, path: Path) -> list[Json]:
        """Give the last diagnostics of a file that came in."""
        with self._news:
            sent = [
                m["params"]["diagnostics"]
                for m in self.messages
                if m.get("method") == "textDocument/publishDiagnostics"
                and m["params"]["uri"] == path.as_uri()
            ]
        return list(sent[-1]) if sent else []

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; it is looked at with each message."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, f"it never held\n{self.log.read_text()}"
            with self._news:
                self._news.wait(0.2)

    def ask(self, method: str, path: Path, line: int, character: int, **more: Json) -> Json:
        """Ask about a position, from 0."""
        place = {"line": line, "character": character}
        identifier = {"uri": path.as_uri()}
        return self.request(method, {"textDocument": identifier, "position": place, **more})

    def request(self, method: str, params: Json) -> Json:
        """Send a request and wait for its answer; raise `RequestError` when it is an error."""
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        answer = self.wait(lambda m: m.get("id") == number and "method" not in m)
        if "error" in answer:
            raise RequestError(answer["error"])
        return answer.get("result")

    def notify(self, method: str, params: Json) -> None:
        self._send({"method": method, "params": params})

    def wait(self, wanted: Callable[[Json], bool]) -> Json:
        """Wait for a message, or take the first such that came already."""
        end = time.monotonic() + PATIENCE
        with self._news:
            while True:
                for message in self.messages:
                    if wanted(message):
                        return message
                left = end - time.monotonic()
                assert left > 0, f"no answer\n{self.log.read_text()}"
                self._news.wait(min(left, 1))

    def _next_version(self, path: Path) -> int:
        """Count on over all files and times of opening, so that no two texts share a version."""
        self._versions[path.as_uri()] = version = max(self._versions.values(), default=0) + 1
        return version

    def _send(self, message: Json) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _listen(self) -> None:
        pipe = self.process.stdout
        assert pipe
        while header := pipe.readline():
            length = 0
            while header.strip():
                name, _, value = header.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
                header = pipe.readline()
            message = json.loads(pipe.read(length))
            if "method" in message and "id" in message:
                with suppress(OSError, ValueError):  # the pipe may be closed already
                    self._send({"id": message["id"], "result": None})
            with self._news:
                self.messages.append(message)
                self._news.notify_all()
