"""Tell a CDN which addresses its caches must forget."""

from __future__ import annotations

import json
import shlex
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Sequence
from urllib.parse import quote

from wellsourced.audit.manifest import Manifest
from wellsourced.publisher.plan import plan
from wellsourced.publisher.problems import ConfigurationError, TransportError

EVERYTHING = "/*"
SETTING = "WELLSOURCED_PURGE"
_SECONDS = 60

Purger = Callable[[Sequence[str]], None]
"""Takes addresses, root-relative; raises `TransportError` when they may not have been taken."""


def addresses(new: Manifest, olds: Iterable[Manifest | None]) -> tuple[str, ...]:
    """Give what readers of some older releases may still hold: changed, new or vanished.

    A page has aliases: its folder with and without a slash, and its file. New ones count, since
    a cache may remember that they were missing. An unknown older release stands for everything.
    """
    found: set[str] = set()
    for old in olds:
        if old is None:
            return (EVERYTHING,)
        planned = plan(new, old)
        for key in (*planned.deletes, *(upload.key for upload in planned.uploads)):
            found.update(_aliases(key))
    return tuple(sorted(found))


def _aliases(key: str) -> Iterator[str]:
    path = "/" + quote(key)
    yield path
    if path.endswith("/index.html"):
        folder = path.removesuffix("index.html")
        yield folder
        if folder != "/":
            yield folder.removesuffix("/")
    elif path.endswith(".html"):
        yield path.removesuffix(".html")


def purger(setting: str) -> Purger | None:
    """Open the purger that a setting names; None for an empty one.

    `https://…` is sent a POST with `{"addresses": […]}`, `purge+http://host` a PURGE request for
    each address (Varnish), and anything else is a command that reads addresses line by line.
    """
    if not setting.strip():
        return None
    if setting.startswith("purge+"):
        return lambda those: _purge_each(setting.removeprefix("purge+").rstrip("/"), those)
    if setting.startswith(("https://", "http://")):
        return lambda those: _ask(
            urllib.request.Request(
                setting,
                json.dumps({"addresses": list(those)}).encode(),
                {"Content-Type": "application/json"},
            )
        )
    try:
        command = shlex.split(setting)
    except ValueError as error:
        raise ConfigurationError(f"{SETTING} is no command: {error}.") from error
    return lambda those: _run(command, those)


def _purge_each(origin: str, those: Sequence[str]) -> None:
    for address in those:
        _ask(urllib.request.Request(origin + address, method="PURGE"))


def _ask(request: urllib.request.Request) -> None:
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS):
            pass
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise TransportError(f"The purger of {SETTING} does not answer well: {error}.") from error


def _run(command: Sequence[str], those: Sequence[str]) -> None:
    try:
        subprocess.run(
            command, input="".join(f"{a}\n" for a in those), text=True, check=True, timeout=_SECONDS
        )
    except FileNotFoundError as error:
        raise ConfigurationError(f"{SETTING} names no command: {command[0]}.") from error
    except (subprocess.SubprocessError, OSError) as error:
        raise TransportError(f"The purger of {SETTING} failed: {error}.") from error
