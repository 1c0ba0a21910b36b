"""Shared fixtures: one build of the shipped content, a server for it and a browser."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from .servers.nginx import Nginx, precompress

# The same examples in every run: a red build must mean that something changed.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

ROOT = Path(__file__).resolve().parent.parent
EPOCH = "1795478400"  # seconds; 2026-11-24T00:00:00Z
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Build(Protocol):
    """Runs pelican on a content folder; returns the finished process, its output as text."""

    def __call__(
        self,
        content: Path,
        output: Path,
        *,
        settings: Path = ...,
        cwd: Path = ...,
        environment: Mapping[str, str] = ...,
    ) -> subprocess.CompletedProcess[str]: ...


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--site",
        type=Path,
        metavar="DIR",
        help="test this built site in place of a fresh build of content/",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the gates out unless `-m` asks for a selection of its own."""
    if config.option.markexpr:
        return
    gates = [item for item in items if item.get_closest_marker("gate")]
    if gates:
        config.hook.pytest_deselected(items=gates)
        items[:] = [item for item in items if item not in gates]


def require(found: object, what: str) -> None:
    """Skip the test that lacks `what`; in CI, where make installs it, fail instead."""
    if found:
        return
    reason = f"{what} is not installed; `make test` installs it where it has the right to"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def build() -> Build:
    """Give the function that runs `pelican CONTENT -s SETTINGS -o OUTPUT` in a process."""

    def run(
        content: Path,
        output: Path,
        *,
        settings: Path = ROOT / "pelicanconf.py",
        cwd: Path = ROOT,
        environment: Mapping[str, str] = {},
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pelican", str(content), "-s", str(settings)]
        return subprocess.run(
            [*command, "-o", str(output)],
            cwd=cwd,
            env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **environment},
            capture_output=True,
            text=True,
            timeout=300,
        )

    return run


@pytest.fixture(scope="session")
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, build: Build
) -> Path:
    """Build the shipped content once; give the folder of the built site."""
    given: Path | None = request.config.getoption("--site")
    if given is not None:
        return given.resolve()
    output = tmp_path_factory.mktemp("site") / "output"
    result = build(ROOT / "content", output)
    if result.returncode != 0:
        pytest.fail(f"the shipped content does not build:\n{result.stdout}{result.stderr}")
    return output


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Find the browser that the machine has."""
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    require(found, "Chromium")
    return Path(str(found))


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """Start one headless Chromium with an empty profile."""
    with sync_playwright() as playwright:
        process = playwright.chromium.launch(
            executable_path=str(chromium), args=list(CHROMIUM_FLAGS), headless=True
        )
        yield process
        process.close()


@pytest.fixture(autouse=True)
def own_event_loop(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test without a browser run an event loop of its own.

    Playwright's loop counts as running for as long as the browser of the session is open, and
    `asyncio.run` refuses to start beside one.
    """
    if "browser" in request.fixturenames:
        yield
        return
    of_browser = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(of_browser)


@pytest.fixture(scope="session")
def served(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the built site with nginx; give its origin, such as `http://127.0.0.1:4321`."""
    require(Nginx.program(), "nginx")
    require(Nginx.brotli_module(), "nginx's brotli_static module")
    folder = tmp_path_factory.mktemp("served")
    root = folder / "root"
    shutil.copytree(site, root)
    precompress(root)
    with Nginx(root, folder) as server:
        yield server.origin


def settings_file(folder: Path, **places: Path) -> Path:
    """Write the site's own settings but for some places, such as THEME; give the file."""
    path = folder / "settings.py"
    others = "".join(f"{name} = {str(place)!r}\n" for name, place in places.items())
    path.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n{others}",
        "utf-8",
    )
    return path
