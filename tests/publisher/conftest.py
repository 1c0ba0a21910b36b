"""Start the stores that the publisher is tested against, and tell what it went through there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest

from tests.conftest import require
from tests.publisher.counting import summary
from tests.servers import moto as motos
from tests.servers.moto import Moto
from tests.servers.radosgw import Radosgw


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many crash points and faults there were."""
    if text := summary():
        terminalreporter.write_line(text)


@pytest.fixture(scope="session")
def moto() -> Iterator[Moto]:
    """Start moto once."""
    with Moto() as server:
        yield server


@pytest.fixture
def s3(moto: Moto, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give the address of an empty bucket, its credentials in the environment."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    bucket = f"b{uuid4().hex}"
    moto.make_bucket(bucket)
    return f"s3://{bucket}/some/prefix?endpoint={moto.endpoint}&region={motos.REGION}"


@pytest.fixture(scope="session")
def radosgw() -> Iterator[Radosgw]:
    """Start Ceph's gateway once, in a folder whose path is short enough for its sockets."""
    require(Radosgw.is_installed(), "radosgw")
    with TemporaryDirectory(prefix="rgw-") as folder, Radosgw(Path(folder)) as server:
        yield server


@pytest.fixture
def ceph(radosgw: Radosgw, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give the address of an empty bucket of Ceph's, its credentials in the environment."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", radosgw.key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", radosgw.secret)
    bucket = f"b{uuid4().hex}"
    radosgw.make_bucket(bucket)
    return f"s3://{bucket}/some/prefix?endpoint={radosgw.endpoint}&region={motos.REGION}"
