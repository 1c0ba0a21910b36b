"""Say what a browser may do with a file: the headers of every answer, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from wellsourced.policy.caching import cache_control
from wellsourced.policy.media_types import media_type

CSP = "Content-Security-Policy"

# Seconds; two years. Subdomains are not ours to promise for.
HSTS = "max-age=63072000"
"""Ask for HTTPS alone from now on (RFC 6797); a plain-HTTP answer must not carry it (§ 7.2)."""

_NONE = "'none'"
_SCRIPTS = "script-src 'self'"
_SEARCH_SCRIPTS = "script-src 'self' 'wasm-unsafe-eval'"

DRAWINGS = 20
"""How many style sheets of drawings a header can name: 53 characters for each."""

# Only names that browsers know: Chromium complains of others on the console.
_FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)

EVERYWHERE: Mapping[str, str] = MappingProxyType(
    {
        "Strict-Transport-Security": HSTS,
        "X-Content-Type-Options": "nosniff",
        # What somebody reads about their health is no other site's business.
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
        "Cross-Origin-Opener-Policy": "same-origin",
    }
)
"""Header → value, on every answer, an error included."""

NOINDEX = ("X-Robots-Tag", "noindex, nofollow")
"""What a preview's answers carry, so that no search engine keeps them."""


def content_security_policy(style_hashes: Iterable[str]) -> str:
    """Give the policy of pages (CSP 3); `style_hashes` are as `styles.style_hashes` gives them.

    Styles are let in by digest, scripts and images from the site itself, and nothing else.
    """
    return "; ".join(
        (
            f"default-src {_NONE}",
            _SCRIPTS,
            f"style-src {' '.join(style_hashes) or _NONE}",
            "img-src 'self'",
            "connect-src 'self'",  # the search index
            "form-action 'self'",
            f"base-uri {_NONE}",
            f"frame-ancestors {_NONE}",
        )
    )


def search_policy(csp: str) -> str:
    """Let WebAssembly be compiled beside what `csp` allows: Pagefind's index reader needs it."""
    return csp.replace(_SCRIPTS, _SEARCH_SCRIPTS, 1)


def drawing_policy(style_hashes: Sequence[str] = ()) -> str:
    """Give the policy of SVG files opened by themselves: no script, no request, their own styles.

    `style_hashes` are as `styles.drawing_hashes` gives them. A site with more than DRAWINGS lets
    in none, and a drawing opened by itself has no colours; in pages nothing changes, since
    browsers apply no policy to pictures.
    """
    styles = style_hashes if len(style_hashes) <= DRAWINGS else ()
    return f"default-src {_NONE}; style-src {' '.join(styles) or _NONE}; sandbox"


def uses_wasm(key: str) -> bool:
    """Tell whether a file is a search page, or a script of Pagefind (a worker has its own CSP)."""
    folders = key.split("/")
    return folders[-2:] == ["search", "index.html"] or (
        "pagefind" in folders[:-1] and key.endswith(".js")
    )


def policy_of(key: str, csp: str, drawings: str) -> str:
    """Give the content policy of one file; `csp` is that of pages, `drawings` that of SVG files."""
    if key.endswith(".svg"):
        return drawings
    return search_policy(csp) if uses_wasm(key) else csp


def resource_policy(key: str) -> str:
    """Say who may embed a file: feed readers show our drawings, nobody else needs the rest."""
    kind = media_type(key)
    return "cross-origin" if kind.startswith("image/") or "atom" in kind else "same-origin"


def object_metadata(key: str) -> dict[str, str]:
    """Give what an object store can keep beside a file and answers with: header → value."""
    return {"Content-Type": media_type(key), "Cache-Control": cache_control(key)}


def headers(key: str, csp: str, *, drawings: str = "", preview: bool = False) -> Mapping[str, str]:
    """Give every header of a file that is there.

    `csp` is what `content_security_policy` gave, and `drawings` what `drawing_policy` gave; that
    of a site without drawings when left out.
    """
    made = {
        **object_metadata(key),
        **EVERYWHERE,
        CSP: policy_of(key, csp, drawings or drawing_policy()),
        "Cross-Origin-Resource-Policy": resource_policy(key),
    }
    if preview:
        made[NOINDEX[0]] = NOINDEX[1]
    return MappingProxyType(made)
