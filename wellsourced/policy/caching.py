"""Say how long a reader's browser may keep a file without asking again (RFC 9111, RFC 8246)."""

from __future__ import annotations

import re

IMMUTABLE = "public, max-age=31536000, immutable"
"""For a file whose name changes with its content: one year, never asked about again."""

SHORT = "public, max-age=60, must-revalidate"
"""For a page: a correction reaches every reader within a minute."""

NEVER = "no-store"
"""For what is missing: the address may be right a moment later."""

# Eight hexadecimal digits or more in the name, or Pagefind's own form: a language, then a digest.
FINGERPRINTED = re.compile(
    r"(?:[^/]+/)*assets/(?:[^/]+/)*[^/]+\.[0-9a-f]{8,64}\.[a-z0-9]+"
    r"|(?:[^/]+/)*pagefind/(?:fragment|index|filter)/[a-z-]+_[0-9a-f]{6,}\.pf_[a-z]+"
    r"|(?:[^/]+/)*pagefind/pagefind\.[a-z-]+_[0-9a-f]{6,}\.pf_meta"
)


def is_immutable(key: str) -> bool:
    """Tell whether a file's name holds a digest of its content."""
    return FINGERPRINTED.fullmatch(key) is not None


def cache_control(key: str) -> str:
    """Give the value of a file's Cache-Control."""
    if key == "404.html":
        return NEVER
    return IMMUTABLE if is_immutable(key) else SHORT
