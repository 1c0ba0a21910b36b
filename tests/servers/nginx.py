"""Start nginx on a free loopback port, with the configuration that the site's policy emits."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from hashlib import sha256
from pathlib import Path
from string import Template
from types import TracebackType
from typing import Self

from wellsourced.policy import encodings, serving
from wellsourced.policy.hosts import nginx
from wellsourced.policy.serving import Serving
from wellsourced.policy.times import modified

TEMPLATE = Path(__file__).with_name("nginx.conf")
BROTLI_QUALITY = encodings.QUALITY
MODULES = (Path("/usr/lib/nginx/modules"), Path("/usr/lib64/nginx/modules"))
START_SECONDS = 10


def precompress(folder: Path) -> None:
    """Write a `.br` and a `.gz` beside every text file, and let each file's time follow it."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        put(path, data)
        for name, packed in encodings.sidecars(path.name, data).items():
            put(path.with_name(name), packed)


def put(path: Path, data: bytes) -> None:
    """Write a file with the time that follows its content."""
    path.write_bytes(data)
    seconds = modified(sha256(data).hexdigest())
    os.utime(path, (seconds, seconds))


class Nginx:
    """Serve `root` while the context is open; `folder` holds its configuration and logs.

    `site` says what there is to serve, when that is not simply what `root` holds now.
    Raises RuntimeError with nginx's own words when it does not answer in time.
    """

    def __init__(self, root: Path, folder: Path, site: Serving | None = None) -> None:
        self.root, self.folder = root, folder
        self.site = site
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
        for name, text in nginx.emit(self.site or serving.read(self.root)).items():
            self.folder.joinpath(name).write_text(text, "utf-8")
        configuration.write_text(
            Template(TEMPLATE.read_text("utf-8")).substitute(
                brotli_module=self.brotli_module(),
                folder=self.folder,
                maps=nginx.MAPS,
                port=self.port,
                root=self.root,
                server=nginx.SERVER,
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
