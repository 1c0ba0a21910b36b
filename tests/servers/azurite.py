"""Start Azurite, Microsoft's own model of Azure Blob Storage, on a free loopback port."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from .program import Program

ROOT = Path(__file__).resolve().parent.parent.parent
NODE = ROOT / ".tools" / "bin" / "node"
PROGRAM = ROOT / "tests" / "node_modules" / "azurite" / "dist" / "src" / "blob" / "main.js"
ACCOUNT = "devstoreaccount1"
# The emulator's published key, the same in every copy of it; it opens nothing else.
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="


class Azurite(Program):
    """Keep blobs in memory while the context is open."""

    name = "Azurite"

    def __init__(self) -> None:
        super().__init__()
        self.endpoint = f"http://127.0.0.1:{self.port}/{ACCOUNT}"

    @staticmethod
    def is_installed() -> bool:
        """Tell whether Node.js and Azurite are here."""
        return NODE.exists() and PROGRAM.exists()

    def __enter__(self) -> Self:
        options = "--inMemoryPersistence --disableTelemetry --skipApiVersionCheck --silent"
        place = ["--blobHost", "127.0.0.1", "--blobPort", str(self.port)]
        return self.start([str(NODE), str(PROGRAM), *options.split(), *place])

    def make_container(self, name: str) -> None:
        """Make a container (Create Container, signed with Shared Key)."""
        date = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
        version = "2021-08-06"
        text = (
            "PUT" + "\n" * 12 + f"x-ms-date:{date}\nx-ms-version:{version}\n"
            f"/{ACCOUNT}/{ACCOUNT}/{name}\nrestype:container"
        )
        signature = hmac.new(base64.b64decode(KEY), text.encode(), hashlib.sha256).digest()
        headers = {
            "x-ms-date": date,
            "x-ms-version": version,
            "Authorization": f"SharedKey {ACCOUNT}:{base64.b64encode(signature).decode()}",
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("PUT", f"/{ACCOUNT}/{name}?restype=container", headers=headers)
        if connection.getresponse().status != 201:
            raise RuntimeError(f"Azurite makes no container {name}")
        connection.close()
