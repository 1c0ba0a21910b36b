"""Fixtures of the policy's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from wellsourced.policy import serving

from .served import MOVED, PAGES, Served, start


@pytest.fixture(scope="package")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the small site while the tests of this folder run; none of them changes it."""
    root, server = start(tmp_path_factory.mktemp("small"), PAGES)
    with server:
        yield Served(root, server.origin, serving.read(root, MOVED))
