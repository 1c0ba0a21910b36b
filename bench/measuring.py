"""Run a command and measure it: seconds on the clock, seconds of processors, peak memory."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.1
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took; `memory` is in MiB: the most that all its processes held at once."""

    wall: float
    processor: float
    memory: int


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] = {}) -> Cost:
    """Run a command in a folder to its end.

    Raises `RuntimeError` with what it printed when it fails.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env={**os.environ, **environment}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    ) as process:  # fmt: skip
        watch = _Watch(process.pid)
        watch.start()
        printed, _ = process.communicate()
    wall = time.perf_counter() - begun
    watch.stop()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{printed[-3000:]}")
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(round(wall, 2), round(spent, 2), watch.most // 1024)


class _Watch(threading.Thread):
    """Look at the memory of a session's processes; shared pages count once (PSS), in KiB."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self._session = session
        self._over = threading.Event()
        self.most = 0

    def run(self) -> None:
        while not self._over.wait(_EVERY):
            self.most = max(self.most, sum(map(_held, _processes(self._session))))

    def stop(self) -> None:
        """End."""
        self._over.set()
        self.join()


def _processes(session: int) -> list[int]:
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                if os.getsid(int(name)) == session:
                    found.append(int(name))
            except ProcessLookupError:
                continue
    return found


def _held(process: int) -> int:
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0
