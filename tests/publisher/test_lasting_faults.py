"""A store keeps doing wrong: the task ends with a message and its exit status, readers are safe."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from tests.publisher.counting import COUNTED
from tests.publisher.requests import kind
from tests.publisher.sites import run, two
from tests.publisher.test_faults import FAULTS, begin, fits, soon
from tests.servers.faulty import Request
from wellsourced.audit import manifest as manifests
from wellsourced.publisher import commands, lease, retry
from wellsourced.publisher.audited import Audited
from wellsourced.publisher.targets import opening

KINDS = (
    "read current.json",
    "read lease.json",
    "read manifest",
    "read file",
    "write current.json",
    "write lease.json",
    "write manifest",
    "write file",
    "write probe",
    "copy",
    "list",
    "remove",
)
LEASE = ("read lease.json", "write lease.json")
KNOWN_BY_ITS_BYTES = ("write current.json", "write manifest")
"""What a publisher reads back when its write is not acknowledged, and recognises."""

OTHERWISE = {"mute": (4,), "forgetful": (4,), "twice": (2, 4, 5)}
"""Fault → how else it may end: on a busy machine more than the silent answers are late, and a
second answer may be taken for that to the next request, so that the store seems unfit."""

SAMPLE = [
    ("500", "read current.json"),
    ("500", "copy"),
    ("unheard", "list"),
    ("unanswered", "write current.json"),
    ("done and 500", "write manifest"),
    ("cut", "read file"),
    ("412", "write current.json"),
    ("412", "write lease.json"),
    ("409", "write manifest"),
    ("lagging", "list"),
    ("503", "write file"),
    ("forgetful", "write probe"),
]

__all__ = ["soon"]


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up early."""
    monkeypatch.setattr(lease, "SECONDS", 0.2)
    monkeypatch.setattr(retry, "ATTEMPTS", 2)
    monkeypatch.setattr("wellsourced.publisher.conditional.ATTEMPTS", 2)
    monkeypatch.setitem(opening.RETRIES, "max_retries", 0)


class Always:
    """Do one fault at every request of a kind."""

    def __init__(self, fault: str, only: str) -> None:
        self.fault, self.only, self.met = fault, only, 0

    def __call__(self, request: Request) -> str:
        """Choose a fault."""
        if kind(request) != self.only or not fits(self.fault, request):
            return ""
        self.met += 1
        return self.fault


def wanted(fault: str, only: str) -> int:
    """Give the exit status of a release whose requests of a kind all meet a fault.

    Nobody needs a lease or a fresh listing; what is done in vain or twice is known by its bytes;
    a probe that is asked twice tells that the store, or the line to it, cannot be relied on.
    """
    carried_out = fault in ("unanswered", "forgetful", "cut", "done and 500")
    harmless = fault in ("twice", "lagging") or (fault == "repeated" and only != "write probe")
    if only in LEASE or harmless or (carried_out and only in KNOWN_BY_ITS_BYTES):
        return 0
    return 4


async def holds(
    address: str,
    sites: tuple[Audited, Audited],
    always: Always,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Publish with a fault that stays, then without it."""
    scene = await begin(address, sites)
    signed = scene.new.output.with_suffix(".json")
    manifests.write(scene.new.manifest, signed)
    capsys.readouterr()
    async with scene.through(always, always.fault) as disturbed:
        status = await asyncio.to_thread(
            commands.publish, disturbed, scene.new.output, signed, os.environ, max_delete="100%"
        )
    said = capsys.readouterr().err.replace("Somebody else is publishing; waiting.\n", "")
    assert always.met
    allowed = {wanted(always.fault, always.only), *OTHERWISE.get(always.fault, ())}
    assert status in allowed, (always.fault, always.only, said)
    if status:
        assert said.startswith("error: s3://")
        assert said.count("\n") == 2
        assert "help: run it again" in said or status != 4
    assert await scene.look() in (scene.old.manifest.release, scene.new.manifest.release)
    await scene.ends_well()


@pytest.mark.parametrize(("fault", "only"), SAMPLE)
def test_a_fault_that_stays(
    s3: str, tmp_path: Path, fault: str, only: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(holds(s3, two(tmp_path, 1), Always(fault, only), capsys))
    COUNTED["lasting faults on S3"] += 1


@pytest.mark.gate
@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_that_stays(
    ceph: str, tmp_path: Path, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sites = two(tmp_path, 1)
    for number, only in enumerate(KINDS):
        if can_meet(fault, only):
            address = ceph.replace("/prefix", f"/{number}")
            run(holds(address, sites, Always(fault, only), capsys))
            COUNTED["lasting faults on Ceph"] += 1


def can_meet(fault: str, only: str) -> bool:
    """Tell whether requests of a kind can meet a fault."""
    if fault in ("409", "412"):
        return only in ("write current.json", "write lease.json", "write manifest")
    return fault != "lagging" or only == "list"
