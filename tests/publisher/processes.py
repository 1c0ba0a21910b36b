"""Run publishers as processes of their own, which can be stopped, woken and killed."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from multiprocessing.process import BaseProcess
from typing import NoReturn

from tests.publisher.sites import EVERYTHING
from wellsourced.publisher import publishing
from wellsourced.publisher.audited import Audited
from wellsourced.publisher.problems import PublishingError
from wellsourced.publisher.targets.opening import open_target

PRELOADED = [publishing.__name__, open_target.__module__]
LEASE = 30
"""Seconds: so long that it is never renewed here."""


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


def publisher(address: str, site: Audited, environment: Mapping[str, str]) -> BaseProcess:
    """Start a publisher to an object store, whose threads no fork of this process would have.

    It is forked from a process of its own that has imported everything and asked for nothing.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    child = context.Process(target=_publish, args=(address, site, dict(environment)))
    child.start()
    return child


def _publish(address: str, site: Audited, environment: Mapping[str, str]) -> None:
    os.environ.update(environment)
    try:
        asyncio.run(
            publishing.publish(open_target(address), site, replace(EVERYTHING, lease=LEASE))
        )
    except PublishingError as problem:
        sys.exit(problem.status)
