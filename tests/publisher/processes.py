"""Run publishers as processes of their own, which can be stopped, woken and killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

from wellsourced.publisher.problems import PublishingError


def killed() -> NoReturn:
    """Die by SIGKILL: no `finally`, no thread that is waited for."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("dead")


def start(work: Callable[[], None]) -> int:
    """Run something in a child that ends with the exit status of its problem; gives its id."""
    child = os.fork()
    if child:
        return child
    status = 1
    with suppress(BaseException):
        try:
            work()
            status = 0
        except PublishingError as problem:
            status = problem.status
    os._exit(status)


def wait(child: int, meanwhile: Callable[[], object] | None = None) -> int:
    """Do something again and again until a child ends; gives its status, a signal negative."""
    if meanwhile:
        while not (ended := os.waitpid(child, os.WNOHANG))[0]:
            meanwhile()
            time.sleep(0.002)
    else:
        ended = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(ended[1])
