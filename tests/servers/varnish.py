"""Start Varnish on a free loopback port before another server, with the VCL of the docs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from .program import Program

VCL = Path(__file__).resolve().parents[2] / "docs" / "examples" / "varnish.vcl"


class Varnish(Program):
    """Cache what `origin` answers while the context is open; `folder` holds its working files.

    With `gzip` it looks after compression itself, as it does when nobody tells it not to.
    """

    name = "varnishd"
    stop_seconds = 10  # and it compiles its configuration before it starts

    def __init__(self, origin: str, folder: Path, *, gzip: bool = False) -> None:
        super().__init__()
        self.behind, self.folder, self.gzip = urlsplit(origin), folder, gzip
        self.log = folder / "varnish.log"

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
        return self.start(command)
