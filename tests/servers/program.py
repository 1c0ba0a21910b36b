"""Run a server's program on a free loopback port for as long as a test needs it."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self


class Program:
    """A server that is asked to end with its context; `log` takes what it says, if anybody asks.

    Raises RuntimeError with its own words when it does not answer in time.
    """

    name: str
    start_seconds: int = 30
    stop_seconds: int = 5
    log: Path | None = None

    def __init__(self) -> None:
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"

    def start(self, command: Sequence[str]) -> Self:
        """Start the program, and wait until it listens on its port."""
        with (self.log or Path("/dev/null")).open("wb") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        deadline = time.monotonic() + self.start_seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.02)
        self.__exit__(None, None, None)
        said = self.log.read_text("utf-8") if self.log else ""
        raise RuntimeError(said or f"{self.name} is silent")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        end([self.process], self.stop_seconds)


def end(processes: Sequence[subprocess.Popen[bytes]], seconds: float) -> None:
    """Ask processes to end, all at once; one that has not after some seconds is killed."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """Ask the system for a loopback port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
