"""Name the requests of a publisher to an S3 store by what they are for."""

from __future__ import annotations

import re
from collections import Counter

from tests.servers.faulty import Request

_MANIFEST = re.compile(r"releases/[^/]+\.json$")


def kind(request: Request) -> str:
    """Name what a request is for."""
    if request.query.startswith("delete"):
        return "remove"
    if request.query.startswith("list-type"):
        return "list"
    if "x-amz-copy-source" in request.headers:
        return "copy"
    verb = {"GET": "read", "PUT": "write"}[request.method]
    if "/probes/" in request.key:
        return f"{verb} probe"
    if _MANIFEST.search(request.key):
        return f"{verb} manifest"
    name = request.key.rpartition("/")[2]
    return f"{verb} {name if name in ('current.json', 'lease.json') else 'file'}"


class Numbered:
    """Number a publisher's requests: `write file index.html 1` is the first such one.

    Requests run side by side, so that their order changes from run to run; their names do not.
    """

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def name(self, request: Request) -> str:
        """Name a request, and count it."""
        one = kind(request)
        what = (
            f"{one} {request.key.rpartition('/releases/')[2]}"
            if one.endswith("file") or one == "copy"
            else one
        )
        self._seen[what] += 1
        return f"{what} {self._seen[what]}"
