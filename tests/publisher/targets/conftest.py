"""Every target that the contract holds: in memory, a folder, S3 (moto), Azure (Azurite)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.conftest import require
from tests.publisher.model import Memory
from tests.servers import azurite as azurites
from tests.servers.azurite import Azurite
from wellsourced.publisher.targets import Target
from wellsourced.publisher.targets.opening import open_target


@pytest.fixture(scope="session")
def azurite() -> Iterator[Azurite]:
    """Start Azurite once."""
    require(Azurite.is_installed(), "Azurite")
    with Azurite() as server:
        yield server


@pytest.fixture
def azure(azurite: Azurite, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give the address of an empty container, its credentials in the environment."""
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_NAME", azurites.ACCOUNT)
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_KEY", azurites.KEY)
    container = f"c{uuid4().hex}"
    azurite.make_container(container)
    return f"az://{container}/some/prefix?endpoint={azurite.endpoint}"


CEPH = pytest.param("ceph", marks=pytest.mark.gate)
"""Ceph's gateway takes a while to start."""


@pytest.fixture(params=["directory", "s3", "azure", CEPH])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of each real target in turn, empty."""
    if request.param == "directory":
        return f"file://{tmp_path / 'served'}"
    found: str = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=["memory", "directory", "s3", "azure", CEPH])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Target:
    """Give each target in turn, empty."""
    if request.param == "memory":
        return Memory()
    if request.param == "directory":
        return open_target(f"file://{tmp_path / 'served'}")
    return open_target(request.getfixturevalue(request.param))
