"""Open the target that an address names; credentials come from elsewhere.

The environment, a web identity and the instance are asked for them, in the order of each store.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from obstore import exceptions
from obstore.store import AzureStore, GCSStore, S3Store

from wellsourced.policy import encodings
from wellsourced.publisher.problems import ConfigurationError
from wellsourced.publisher.retry import Insisting
from wellsourced.publisher.targets import Target
from wellsourced.publisher.targets.directory import Directory
from wellsourced.publisher.targets.object_store import ObjectStore
from wellsourced.publisher.targets.packed import Pack
from wellsourced.publisher.targets.store_errors import brief

if TYPE_CHECKING:
    from obstore.store import RetryConfig

EXAMPLE = "such as file:///srv/site, s3://bucket/prefix, gs://bucket or az://container"
SCHEMES = ("s3", "gs", "az")
OPTIONS = ("endpoint", "region", "timeout")
"""What may stand after the `?` of a store's address; the timeout is in seconds for one request."""

RETRIES: RetryConfig = {"max_retries": 2, "retry_timeout": timedelta(seconds=60)}
"""How obstore repeats a request; after a lost answer to a write `retry.Insisting` goes on."""


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
        return Insisting(_object_store(parts))
    raise ConfigurationError(f'"{address}" is no target that can be published to.', EXAMPLE)


def _object_store(parts: SplitResult) -> ObjectStore:
    """Open `scheme://bucket/prefix?endpoint=…`."""
    options = dict(parse_qsl(parts.query))
    if parts.username or parts.password or not parts.hostname:
        raise ConfigurationError(
            "A target's address names a bucket and no credentials.",
            "put credentials into the environment, such as AWS_ACCESS_KEY_ID",
        )
    if strange := sorted(options.keys() - set(OPTIONS)):
        raise ConfigurationError(
            f'A target\'s address has no option "{strange[0]}".',
            f"there are {', '.join(OPTIONS)}; credentials belong in the environment",
        )
    try:
        store = _store(parts.scheme, parts.netloc, unquote(parts.path).strip("/"), options)
    except (exceptions.BaseError, ValueError) as error:
        raise ConfigurationError(f"{parts.geturl()} cannot be opened: {brief(error)}") from error
    return ObjectStore(store, f"{parts.scheme}://{parts.netloc}{parts.path}")


def _store(
    scheme: str, place: str, prefix: str, options: Mapping[str, str]
) -> S3Store | GCSStore | AzureStore:
    """Open one of obstore's stores; it asks for credentials at the first request."""
    settings: dict[str, Any] = {
        "prefix": prefix or None,
        "client_options": {
            "allow_http": options.get("endpoint", "").startswith("http://"),
            "timeout": timedelta(seconds=float(options.get("timeout", "60"))),
        },
        "retry_config": RETRIES,
    }
    if endpoint := options.get("endpoint"):
        settings["base_url" if scheme == "gs" else "endpoint"] = endpoint
    if scheme == "s3":
        if region := options.get("region"):
            settings["region"] = region
        return S3Store(place, **settings)
    return GCSStore(place, **settings) if scheme == "gs" else AzureStore(place, **settings)
