"""Start moto's server, which answers as Amazon S3 does, on a free loopback port."""

from __future__ import annotations

import http.client
import logging
from types import TracebackType
from typing import Self

from moto.server import ThreadedMotoServer

REGION = "us-east-1"


class Moto:
    """Keep objects in memory while the context is open."""

    def __enter__(self) -> Self:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self.server.start()
        self.port = self.server.get_host_and_port()[1]
        self.endpoint = f"http://127.0.0.1:{self.port}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.server.stop()

    def make_bucket(self, name: str) -> None:
        """Make a bucket; moto holds nobody to a signature."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("PUT", f"/{name}")
        if connection.getresponse().status != 200:
            raise RuntimeError(f"moto makes no bucket {name}")
        connection.close()
