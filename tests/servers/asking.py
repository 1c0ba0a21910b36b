"""Ask a server over a plain connection: no redirect is followed, no body is unpacked."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer: status, headers by their small-letter name, body as it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(
    origin: str, target: str, headers: Mapping[str, str] | None = None, method: str = "GET"
) -> Answer:
    """Send `method target` exactly as written, dots and slashes included."""
    parts = urlsplit(origin)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    try:
        own_host = any(name.lower() == "host" for name in headers or {})
        connection.putrequest(method, target, skip_host=own_host, skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        body = response.read()
        named: dict[str, str] = {}
        for name, value in response.getheaders():
            key = name.lower()
            named[key] = f"{named[key]}, {value}" if key in named else value
        return Answer(response.status, named, body)
    finally:
        connection.close()
