"""Find the inlined style sheets of the built pages and name them by their digest."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

# HTML § 13.2.6.4.4: a style element's text ends at its end tag and holds no markup.
_STYLE = re.compile(rb"<style\b[^>]*>(.*?)</style\s*>", re.DOTALL | re.IGNORECASE)


def style_hashes(pages: Iterable[bytes]) -> tuple[str, ...]:
    """Give the sorted hash sources ("'sha256-…'", CSP 3 § 2.3.1) of all `<style>` of pages.

    Takes the bytes of built HTML files; drawings have a policy of their own.
    """
    sheets = {sheet for page in pages for sheet in _STYLE.findall(page)}
    return tuple(sorted(f"'sha256-{b64encode(sha256(s).digest()).decode()}'" for s in sheets))
