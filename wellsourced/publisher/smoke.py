"""Ask for a few files the way a reader would, after the pointer moved."""

from __future__ import annotations

import asyncio
import time
import urllib.error
import urllib.request
from hashlib import sha256

from wellsourced.audit.manifest import Manifest
from wellsourced.publisher import pointer, release, verify
from wellsourced.publisher.plan import NEEDED
from wellsourced.publisher.pointer import Pointer
from wellsourced.publisher.problems import LostRaceError, TransportError, VerificationError
from wellsourced.publisher.targets import Target

_SECONDS = 10
_WAIT_SECONDS = 20  # what an edge may take to learn of a new pointer


async def test(target: Target, there: Pointer, manifest: Manifest) -> None:
    """Follow the pointer to the pages that no site may lack.

    Raises `LostRaceError` when it leads elsewhere, though the store said that it was moved; a
    proxy that answers twice makes it say so. Raises `VerificationError` for a wrong page.
    """
    held = await pointer.read(target)
    if held is None or not _has_come_to(held.pointer, there):
        raise LostRaceError(
            f"{target.address}: the pointer does not lead to release {there.release}.",
            "look at `invoke release.status`, then publish again",
        )
    files = [file for file in manifest.files if file.key in NEEDED]
    if wrong := await verify.wrong(target, release.folder(there.release), files):
        raise VerificationError(
            f'{target.address}: "{wrong[0]}" of release {there.release} is not as it was sent.',
            "take the release back with `invoke release.rollback`, then publish again",
        )


def _has_come_to(now: Pointer, there: Pointer) -> bool:
    """Tell whether a pointer leads where another did, or was moved on since."""
    if now.sequence == there.sequence:
        return now.release == there.release
    return now.sequence > there.sequence


async def ask(address: str, manifest: Manifest) -> None:
    """Ask the public address for the home page until it is the release's.

    Raises `VerificationError` when it stays another, `TransportError` when nothing answers.
    """
    wanted = next(file.sha256 for file in manifest.files if file.key == "index.html")
    await asyncio.to_thread(_ask, address.rstrip("/") + "/", wanted)


def _ask(address: str, wanted: str) -> None:
    deadline = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=_SECONDS) as answer:
                if sha256(answer.read()).hexdigest() == wanted:
                    return
            fault: Exception = VerificationError(
                f"{address} answers with another home page than the release's.",
                "look whether its caches were purged and it follows the pointer",
            )
        except (urllib.error.URLError, OSError) as error:
            fault = TransportError(f"{address} does not answer: {error}.", "the release is out")
        if time.monotonic() > deadline:
            raise fault
        time.sleep(1)
