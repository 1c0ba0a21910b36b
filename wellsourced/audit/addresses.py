"""Resolve what a built page links to: to an address of the site, or to somewhere else."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit

from wellsourced.policy.serving import address

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")  # RFC 3986 § 3.1
_SPECIAL = re.compile(r"[?%#]")
"""What an address has no need to be taken apart without."""
_OUTSIDE = "/../"
"""Begins the address of what lies on the site's host, but not below its base."""

__all__ = ["address", "is_elsewhere", "is_local", "resolve"]


def resolve(href: str, here: str, origin: str) -> str | None:
    """Give the root-relative address that a link leads to, with its fragment; None for elsewhere.

    `here` is the address of the page; `origin` the site's absolute base without a slash at its
    end. Queries are dropped and percent escapes decoded, so that the result names a file.
    """
    href = href.strip()
    if href.startswith("#"):
        return here + unquote(href)
    if href.startswith("/") and not href.startswith("//"):
        return _from_root(href, origin)
    if href == origin or href.startswith((f"{origin}/", f"{origin}#")):
        return _plain(href[len(origin) :] or "/")
    if href.startswith("//") or _SCHEME.match(href):
        return None
    return _plain(urljoin(f"https://host.example{here}", href).removeprefix("https://host.example"))


def is_local(origin: str) -> bool:
    """Tell whether an address is only good on the machine that built it."""
    return urlsplit(origin).hostname in (None, "localhost", "127.0.0.1", "::1")


def is_elsewhere(href: str, origin: str) -> bool:
    """Tell whether an address is on another host, or below another base of this one."""
    href = href.strip()
    if href.startswith("//"):
        return not f"{urlsplit(origin).scheme}:{href}/".startswith(f"{origin}/")
    if not _SCHEME.match(href) or href[:5].lower() in ("data:", "about"):
        return False
    return href != origin and not href.startswith((f"{origin}/", f"{origin}#"))


@lru_cache(maxsize=4096)  # most stand on every page
def _from_root(href: str, origin: str) -> str:
    base = urlsplit(origin).path
    if base and not href.startswith(f"{base}/"):
        return _OUTSIDE + href
    return _plain(href.removeprefix(base))


def _plain(address: str) -> str:
    if not _SPECIAL.search(address):
        return address
    path, mark, fragment = address.partition("#")
    fragment = fragment.partition(":~:")[0]  # a text fragment is the browser's business
    path = path.partition("?")[0]
    return unquote(path) + (mark + unquote(fragment) if fragment else "")
