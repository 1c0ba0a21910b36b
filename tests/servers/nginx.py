"""Start nginx on a free loopback port with precompressed copies of every text file."""

from __future__ import annotations

import gzip
import shutil
import socket
import subprocess
import time
from pathlib import Path
from string import Template
from types import TracebackType
from typing import Self

import brotli

TEMPLATE = Path(__file__).with_name("nginx.conf")
COMPRESSIBLE = {".html", ".css", ".svg", ".xml", ".json", ".txt", ".bib", ".ris"}
BROTLI_QUALITY = 11  # RFC 7932 encoders' highest, what a host stores beside the page
MODULES = (Path("/usr/lib/nginx/modules"), Path("/usr/lib64/nginx/modules"))
START_SECONDS = 10


def precompress(folder: Path) -> None:
    """Write a `.br` and a `.gz` beside every text file under `folder`."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in COMPRESSIBLE and path.is_file():
            body = path.read_bytes()
            path.with_name(f"{path.name}.br").write_bytes(
                brotli.compress(body, quality=BROTLI_QUALITY)
            )
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(body, 9, mtime=0))


class Nginx:
    """Serve `root` while the context is open; `folder` holds its configuration and logs.

    Raises RuntimeError with nginx's own words when it does not answer in time.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        self.root, self.folder = root, folder
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"

    @staticmethod
    def program() -> str | None:
        """Find nginx, which Debian keeps where only root's path looks."""
        return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")

    @staticmethod
    def brotli_module() -> Path | None:
        """Find the module that answers with the stored `.br` copy."""
        names = (folder / "ngx_http_brotli_static_module.so" for folder in MODULES)
        return next((path for path in names if path.exists()), None)

    def __enter__(self) -> Self:
        configuration = self.folder / "nginx.conf"
        configuration.write_text(
            Template(TEMPLATE.read_text("utf-8")).substitute(
                brotli_module=self.brotli_module(),
                folder=self.folder,
                mime_types="/etc/nginx/mime.types",
                port=self.port,
                root=self.root,
            ),
            "utf-8",
        )
        command = [str(self.program()), "-p", str(self.folder), "-e", "stderr"]
        with (self.folder / "stderr.log").open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "-c", str(configuration)], stdin=subprocess.DEVNULL, stderr=log
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
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        self.__exit__(None, None, None)
        raise RuntimeError((self.folder / "stderr.log").read_text("utf-8") or "nginx is silent")


def free_port() -> int:
    """Ask the system for a loopback port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
