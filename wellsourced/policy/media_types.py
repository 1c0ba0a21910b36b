"""Name the media type of each published file; an unknown one is bytes and nothing more."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

UNKNOWN = "application/octet-stream"
ATOM = "application/atom+xml; charset=utf-8"
FEEDS = "feeds"
"""The name of a folder whose .xml files are Atom feeds."""

TYPES: Mapping[str, str] = MappingProxyType(
    {
        "avif": "image/avif",
        "bib": "application/x-bibtex; charset=utf-8",
        "css": "text/css; charset=utf-8",
        "csv": "text/csv; charset=utf-8",
        "gif": "image/gif",
        "html": "text/html; charset=utf-8",
        "ico": "image/vnd.microsoft.icon",
        "ics": "text/calendar; charset=utf-8",
        "jpeg": "image/jpeg",
        "jpg": "image/jpeg",
        "js": "text/javascript; charset=utf-8",
        "json": "application/json",
        "jsonld": "application/ld+json",
        "pdf": "application/pdf",
        "png": "image/png",
        "ris": "application/x-research-info-systems; charset=utf-8",
        "svg": "image/svg+xml",
        "txt": "text/plain; charset=utf-8",
        "wasm": "application/wasm",
        "webmanifest": "application/manifest+json",
        "webp": "image/webp",
        "woff2": "font/woff2",
        "xml": "application/xml",
    }
)
"""Suffix → media type. JSON and XML name no charset: theirs is UTF-8, or stands in the file
(RFC 8259 § 11, RFC 7303 § 3). Pagefind's own files stay unknown: they are compressed inside."""

_PACKED = frozenset({"avif", "gif", "ico", "jpeg", "jpg", "pdf", "png", "webp", "woff2"})


def media_type(key: str) -> str:
    """Give the value of a file's Content-Type (RFC 9110 § 8.3)."""
    suffix = _suffix(key)
    in_feeds = FEEDS in key.split("/")[:-1]
    return ATOM if suffix == "xml" and in_feeds else TYPES.get(suffix, UNKNOWN)


def is_compressible(key: str) -> bool:
    """Tell whether Brotli or gzip can gain anything on a file of this kind."""
    suffix = _suffix(key)
    return suffix in TYPES and suffix not in _PACKED


def _suffix(key: str) -> str:
    name = key.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""
