"""Start and end one headless Firefox with a new profile that asks nothing of the network."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .session import Session, session

PATIENCE = 60.0  # seconds until it listens, and until it has ended
LISTENS = "WebDriver BiDi listening on "
NO_ADDRESS = "data:,"
PREFERENCES: dict[str, str | int | bool] = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.newtabpage.enabled": False,
    "browser.region.network.url": "",
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.search.update": False,
    "browser.startup.homepage": "about:blank",
    "browser.startup.page": 0,
    "browser.topsites.contile.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.connection.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": NO_ADDRESS,
    "toolkit.telemetry.server": NO_ADDRESS,
    "ui.prefersReducedMotion": 1,  # a jump to an anchor has ended when the click has
}


@contextmanager
def firefox(program: Path, folder: Path) -> Iterator[Session]:
    """Run `program` with its profile, home and log in `folder`; give its BiDi session."""
    profile = folder / "profile"
    profile.mkdir()
    lines = (f"user_pref({_literal(k)}, {_literal(v)});\n" for k, v in PREFERENCES.items())
    (profile / "user.js").write_text("".join(lines), "utf-8")
    command = [str(program), "--headless", "--no-remote", "--profile", str(profile)]
    log = folder / "firefox.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--remote-debugging-port", "0"],
            env={**os.environ, "HOME": str(folder)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        with session(_address(process, log)) as found:
            yield found
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Read the WebSocket's address from what Firefox prints."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        for line in log.read_text("utf-8", "replace").splitlines(keepends=True):
            if line.startswith(LISTENS) and line.endswith("\n"):
                return line.removeprefix(LISTENS).strip()
        time.sleep(0.1)
    raise RuntimeError(f"Firefox does not listen: {log.read_text('utf-8', 'replace')}")


def _literal(value: str | int | bool) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower()
