"""Spread work over the machine's processors."""

from __future__ import annotations

import multiprocessing
import os
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

LEAST = 16
"""Items for which another process is worth its start."""

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def spread(
    function: Callable[[Sequence[_Item]], Sequence[_Result]], items: Sequence[_Item]
) -> list[_Result]:
    """Call a function with parts of the items, each in a process of its own; join the results.

    Processes are forked, so that nothing but the results is copied; where there is no fork, or
    little to do, all happens here.

    Raises `RuntimeError` with the traceback of a process that failed.
    """
    count = min(_processors(), len(items) // LEAST)
    if count < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return list(function(items))
    context = multiprocessing.get_context("fork")
    running = []
    for number in range(1, count):
        mine, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(function, items[number::count], theirs))
        process.start()
        theirs.close()
        running.append((process, mine))
    results = list(function(items[::count]))
    for process, pipe in running:
        results += _receive(pipe)
        process.join()
    return results


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _work(
    function: Callable[[Sequence[_Item]], Sequence[_Result]],
    items: Sequence[_Item],
    pipe: Connection,
) -> None:
    try:
        pipe.send((list(function(items)), ""))
    except Exception:
        pipe.send(([], traceback.format_exc()))


def _receive(pipe: Connection) -> list[_Result]:
    try:
        results, failure = pipe.recv()
    except EOFError:
        results, failure = [], "a process ended without a result"
    if failure:
        raise RuntimeError(failure)
    found: list[_Result] = results
    return found
