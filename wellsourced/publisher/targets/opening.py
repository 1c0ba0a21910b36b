"""Open the target that an address names."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from wellsourced.policy import encodings
from wellsourced.publisher.problems import ConfigurationError
from wellsourced.publisher.retry import Insisting
from wellsourced.publisher.targets import Target
from wellsourced.publisher.targets.directory import Directory
from wellsourced.publisher.targets.object_store import SCHEMES, ObjectStore
from wellsourced.publisher.targets.packed import Pack

EXAMPLE = "such as file:///srv/site, s3://bucket/prefix, gs://bucket or az://container"


def open_target(address: str, pack: Pack = encodings.sidecars) -> Target:
    """Open `file:///folder`, `s3://bucket/prefix`, `gs://bucket/prefix` or `az://container`.

    `pack` makes the packed copies of a folder. Nothing is asked of the place yet. Raises
    `ConfigurationError` for an address of no use.
    """
    if not address:
        raise ConfigurationError(
            "No target is named.", f"give --target or set WELLSOURCED_TARGET, {EXAMPLE}"
        )
    parts = urlsplit(address)
    if parts.scheme == "file":
        if parts.netloc not in ("", "localhost") or parts.query or len(parts.path) < 2:
            raise ConfigurationError(
                f'"{address}" does not name a folder of this machine.', "write file:///srv/site"
            )
        return Directory(unquote(parts.path), pack)
    if parts.scheme in SCHEMES:
        return Insisting(ObjectStore.open(address))
    raise ConfigurationError(f'"{address}" is no target that can be published to.', EXAMPLE)
