"""Spread work over the machine's processors."""

from __future__ import annotations

import gc
import multiprocessing
import os
import traceback
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import TypeVar

LEAST = 16
"""Items for which another process is worth its start."""
COUNT = "WELLSOURCED_PROCESSES"
"""The environment variable that says how many processes to use."""
_BATCH = 8
"""Items whose results are sent at once."""

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def stream(
    function: Callable[[_Item], _Result], items: Sequence[_Item], least: int = LEAST
) -> Iterator[_Result]:
    """Yield what a function gives for each item as it comes, in no particular order.

    Processes are forked, so that nothing but the results is copied; where there is no fork, or
    fewer than `least` items for each of two, all happens here. Results have to be such as pickle
    takes.

    Raises `RuntimeError` with the traceback of a process that failed.
    """
    count = min(_processors(), len(items) // least)
    if count < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(function, items)
        return
    context = multiprocessing.get_context("fork")
    processes, pipes = [], []
    try:
        for number in range(count):
            mine, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(function, items[number::count], theirs))
            process.start()
            theirs.close()
            processes.append(process)
            pipes.append(mine)
        yield from _receive(pipes)
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _processors() -> int:
    if told := os.environ.get(COUNT):
        return max(1, int(told))
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _work(function: Callable[[_Item], _Result], items: Sequence[_Item], pipe: Connection) -> None:
    # What was there before the fork is nobody's garbage; looking through it again and again costs.
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    try:
        for start in range(0, len(items), _BATCH):
            pipe.send(([function(item) for item in items[start : start + _BATCH]], ""))
        pipe.send(([], None))
    except Exception:
        pipe.send(([], traceback.format_exc()))


def _receive(pipes: list[Connection]) -> Iterator[_Result]:
    """Yield results until every pipe has told its end."""
    while pipes:
        for pipe in wait(pipes):
            assert isinstance(pipe, Connection)
            try:
                results, failure = pipe.recv()
            except EOFError:
                results, failure = [], "a process ended without a result"
            if failure:
                raise RuntimeError(failure)
            yield from results
            if failure is None:
                pipes.remove(pipe)
