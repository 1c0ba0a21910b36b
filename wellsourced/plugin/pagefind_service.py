"""Make a search index with Pagefind's own program: https://pagefind.app/docs/py-api/.

Its Python package waits a tenth of a second for each answer; here all requests are sent at once.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread
from typing import IO, Any

from pagefind.service import get_executable

from wellsourced.plugin.pagefind_index import in_order

_UNUSED = ("pagefind-component-ui", "pagefind-highlight", "pagefind-modular-ui", "pagefind-ui")
"""Parts of Pagefind's own interface; the site has its own."""

_SMALL = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "5000"}
"""Pagefind packs small chunks faster; all are put together and packed anew afterwards."""

Request = Mapping[str, Any]


class IndexingError(Exception):
    """Stop when Pagefind cannot make an index; the message says why."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to index as it is built; `address` is root-relative."""

    address: str
    html: str

    def request(self) -> Request:
        """Give it as Pagefind asks for it."""
        return {"type": "AddFile", "url": self.address, "file_contents": self.html}


@dataclass(frozen=True, slots=True)
class Record:
    """Something on a page that is found by itself, such as a term of the glossary."""

    address: str
    title: str
    text: str
    language: str
    filters: Mapping[str, str] = field(default_factory=dict)

    def request(self) -> Request:
        """Give it as Pagefind asks for it."""
        return {
            "type": "AddRecord",
            "url": self.address,
            "content": self.text,
            "language": self.language,
            "meta": {"title": self.title},
            "filters": {name: [value] for name, value in self.filters.items()},
        }


def index(items: Sequence[Page | Record], leave_out: Sequence[str] = ()) -> Mapping[str, bytes]:
    """Index pages and records: name of each file of the index → bytes.

    `leave_out` are selectors of what is not indexed. The same items in the same order give the
    same bytes. Raises `IndexingError`.
    """
    # The files are taken as an answer: those that Pagefind writes may not be whole when it says so.
    requests: list[Request] = [
        {"type": "NewIndex", "config": {"exclude_selectors": list(leave_out)}},
        *({**item.request(), "index_id": 0} for item in items),
        {"type": "GetFiles", "index_id": 0},
    ]
    answers = _ask(requests)
    for request, answer in zip(requests, answers, strict=True):
        if answer["type"] == "Error":
            about = f' about "{request["url"]}"' if "url" in request else ""
            raise IndexingError(f"Pagefind says{about}: {answer['message']}")
    files = {one["path"]: base64.b64decode(one["content"]) for one in answers[-1]["files"]}
    try:
        return in_order({n: data for n, data in files.items() if not n.startswith(_UNUSED)})
    except ValueError as error:
        raise IndexingError(str(error)) from None


def _ask(requests: Sequence[Request]) -> list[Mapping[str, Any]]:
    """Send all requests to Pagefind's service, and give its answers in their order."""
    program = get_executable()
    if program is None:
        raise IndexingError("Pagefind's program is not installed.")
    process = subprocess.Popen(
        [program, "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=os.environ | _SMALL,
    )
    assert process.stdin
    assert process.stdout
    # It reads on before its answers are read, so that neither waits for the other.
    sender = Thread(target=_send, args=(process.stdin, requests), daemon=True)
    sender.start()
    try:
        answers = dict(_answers(process.stdout, len(requests)))
    finally:
        process.kill()
        sender.join()
        with suppress(BrokenPipeError):
            process.stdin.close()
        process.stdout.close()
        process.wait()
    missing = len(requests) - len(answers)
    if missing:
        raise IndexingError(f"Pagefind stopped with {missing} requests unanswered.")
    return [answers[number] for number in range(1, len(requests) + 1)]


def _send(pipe: IO[bytes], requests: Iterable[Request]) -> None:
    """Write requests; where the program stopped, the answers that are missing tell."""
    with suppress(BrokenPipeError):
        for number, request in enumerate(requests, 1):
            message = json.dumps({"message_id": number, "payload": request})
            pipe.write(base64.b64encode(message.encode()) + b",")
        pipe.flush()


def _answers(pipe: IO[bytes], count: int) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield each answer with the number of its request, until all are there or the pipe ends."""
    parts: list[bytes] = []
    while count and (read := pipe.read1(1 << 20)):  # type: ignore[attr-defined]
        *ends, rest = read.split(b",")
        for end in ends:
            message, parts = b"".join([*parts, end]), []
            try:
                answer = json.loads(base64.b64decode(message))
            except ValueError:
                raise IndexingError(f"Pagefind answered {message[:80]!r}.") from None
            if "message_id" in answer:
                yield int(answer["message_id"]), answer["payload"]
                count -= 1
        parts.append(rest)
