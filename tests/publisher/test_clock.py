"""A publisher whose clock is wrong, as its own process sees it (libfaketime)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, require
from tests.publisher.counting import COUNTED
from tests.publisher.sites import two
from wellsourced.audit import manifest as manifests

LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
_PUBLISH = """
import os, sys
from pathlib import Path
from wellsourced.publisher import commands
status = commands.publish(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), os.environ)
sys.stdout.flush()
os._exit(status)
"""
"""A publisher that ends at once: libfaketime now and then aborts where threads are taken down."""


def publish_at(offset: str, address: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Publish a small site from a process whose clock is off by `offset`, such as `-20m`."""
    require(LIBRARY, "libfaketime")
    old, _ = two(folder, 1)
    manifests.write(old.manifest, folder / "release.json")
    environment = {
        **os.environ,
        "LD_PRELOAD": str(LIBRARY),
        "FAKETIME": offset,
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_DISABLE_SHM": "1",
    }
    command = [sys.executable, "-c", _PUBLISH, address, old.output, folder / "release.json"]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )


@pytest.mark.gate
@pytest.mark.parametrize("offset", ["-20m", "+20m"])
def test_a_clock_that_ceph_does_not_trust(ceph: str, tmp_path: Path, offset: str) -> None:
    done = publish_at(offset, ceph, tmp_path)
    assert done.returncode == 4
    assert "takes no request of this time: the clock of this machine says 2" in done.stderr
    assert "= help: set the clock" in done.stderr
    assert done.stderr.count("\n") == 2
    COUNTED["clocks that are wrong"] += 1


@pytest.mark.gate
def test_a_clock_that_is_a_little_wrong(ceph: str, tmp_path: Path) -> None:
    done = publish_at("-10m", ceph, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Published release" in done.stdout
