"""Start nginx on a free loopback port, with the configuration that the site's policy emits."""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from pathlib import Path
from string import Template
from typing import Self

from wellsourced.policy import encodings, serving
from wellsourced.policy.hosts import nginx
from wellsourced.policy.serving import Serving
from wellsourced.policy.times import modified

from .program import Program

TEMPLATE = Path(__file__).with_name("nginx.conf")
BROTLI_QUALITY = encodings.QUALITY
MODULES = (Path("/usr/lib/nginx/modules"), Path("/usr/lib64/nginx/modules"))


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


class Nginx(Program):
    """Serve `root` while the context is open; `folder` holds its configuration and logs.

    `site` says what there is to serve, when that is not simply what `root` holds now.
    """

    name = "nginx"
    start_seconds = 10

    def __init__(self, root: Path, folder: Path, site: Serving | None = None) -> None:
        super().__init__()
        self.root, self.folder = root, folder
        self.site = site
        self.log = folder / "stderr.log"

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
        return self.start([*command, "-c", str(configuration)])
