"""Start Varnish on a free loopback port before another server, with the VCL of the docs."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from .nginx import free_port

VCL = Path(__file__).resolve().parents[2] / "docs" / "examples" / "varnish.vcl"
START_SECONDS = 30  # it compiles its configuration first


class Varnish:
    """Cache what `origin` answers while the context is open; `folder` holds its working files.

    With `gzip` it looks after compression itself, as it does when nobody tells it not to.
    Raises RuntimeError with Varnish's own words when it does not answer in time.
    """

    def __init__(self, origin: str, folder: Path, *, gzip: bool = False) -> None:
        self.behind, self.folder, self.gzip = urlsplit(origin), folder, gzip
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"

    @staticmethod
    def program() -> str | None:
        """Find varnishd, which Debian keeps where only root's path looks."""
        return shutil.which("varnishd") or shutil.which("varnishd", path="/usr/sbin:/sbin")

    def __enter__(self) -> Self:
        configuration = self.folder / "varnish.vcl"
        text = VCL.read_text("utf-8").replace('"8080"', f'"{self.behind.port}"')
        configuration.write_text(text, "utf-8")
        command = [str(self.program()), "-F", "-j", "none", "-n", str(self.folder / "varnish")]
        command += ["-a", f"127.0.0.1:{self.port}", "-f", str(configuration)]
        command += ["-s", "malloc,16m", "-p", f"http_gzip_support={'on' if self.gzip else 'off'}"]
        with (self.folder / "varnish.log").open("wb") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self._wait_until_it_answers()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        self.__exit__(None, None, None)
        raise RuntimeError((self.folder / "varnish.log").read_text("utf-8") or "varnishd is silent")
