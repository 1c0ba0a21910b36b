"""Emit nginx's configuration: maps for its `http` block and a part for the site's `server`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wellsourced.policy import caching, media_types, security
from wellsourced.policy.hosts.rules import HostLimitError
from wellsourced.policy.serving import Serving

MAPS = "wellsourced-maps.conf"
SERVER = "wellsourced-server.conf"
LONGEST = 4000  # characters of one value; nginx refuses a parameter of 4,096 (ngx_conf_file.c)


def emit(serving: Serving) -> Mapping[str, str]:
    """Give file name → text: MAPS to include in `http`, SERVER to include in `server`.

    The folder that it serves holds the files, their `.br` and `.gz` beside them, each with the
    time that `times.modified` gives.
    """
    return {
        MAPS: "\n".join([_HEAD, *_maps(serving)]),
        SERVER: "\n".join([_HEAD, *_server(serving)]),
    }


_HEAD = "# Made by `invoke hosts --target nginx`; edit wellsourced/policy/ instead."

_SVG = r"~\.svg$"
_SEARCH = r"~/search/(?:index\.html)?$"
_PAGEFIND = r"~/pagefind/(?:.*/)?[^/]+\.js$"
_IMAGES = r"~\.(?:avif|gif|ico|jpeg|jpg|png|svg|webp)$"
_FEEDS = rf"~/{media_types.FEEDS}/(?:.*/)?[^/]+\.xml$"


def _maps(serving: Serving) -> Iterator[str]:
    yield _map("uri", "csp", _policies(serving))
    yield _map(
        "uri",
        "lifetime",
        {
            "default": caching.SHORT,
            f"~^/(?:{caching.FINGERPRINTED.pattern})$": caching.IMMUTABLE,
        },
    )
    yield "# Beside a link called current stands the one of the release before."
    yield _map(
        "wellsourced_root",
        "previous",
        {
            "default": "$wellsourced_root",
            "~^(?<wellsourced_site>.*)/current/?$": "$wellsourced_site/previous",
        },
    )
    yield "# An answer that is no file of the site is not to be kept, whatever its address."
    kept = dict.fromkeys(("200", "206", "304"), "$wellsourced_lifetime")
    moved = dict.fromkeys(("301", "308"), caching.SHORT)
    yield _map("status", "cache", {"default": caching.NEVER, **kept, **moved})
    cross = dict.fromkeys((_IMAGES, _FEEDS), "cross-origin")
    yield _map("uri", "resource", {"default": "same-origin", **cross})
    yield "# Over plain HTTP the promise is not to be made (RFC 6797 section 7.2)."
    yield _map(
        '"$scheme $http_x_forwarded_proto"', "hsts", {"default": "", r"~\bhttps\b": security.HSTS}
    )


def _policies(serving: Serving) -> dict[str, str]:
    search = security.search_policy(serving.csp)
    return {"default": serving.csp, _SVG: serving.drawings, _SEARCH: search, _PAGEFIND: search}


def _map(source: str, name: str, values: Mapping[str, str]) -> str:
    lines = "\n".join(f"    {_key(key)} {_quoted(value)};" for key, value in values.items())
    source = source if source.startswith('"') else f"${source}"
    return f"map {source} $wellsourced_{name} {{\n{lines}\n}}"


def _key(key: str) -> str:
    return f'"{key}"' if key.startswith("~") else key


def _quoted(value: str) -> str:
    """Quote a value; raises `HostLimitError` when nginx would not take it."""
    if len(value) > LONGEST or set('"\\\n') & set(value):
        raise HostLimitError(
            f"nginx cannot send a header of {len(value)} characters: {value[:60]}…"
        )
    return f'"{value}"'


def _server(serving: Serving) -> Iterator[str]:
    yield "server_tokens off;\nabsolute_redirect off;\nautoindex off;\n"
    yield from _media_types()
    yield _ENCODINGS
    variable = {
        "Cache-Control": "$wellsourced_cache",
        security.CSP: "$wellsourced_csp",
        "Cross-Origin-Resource-Policy": "$wellsourced_resource",
        **security.EVERYWHERE,
        "Strict-Transport-Security": "$wellsourced_hsts",
        "Last-Modified": "",
    }
    if serving.preview:
        variable |= dict([security.NOINDEX])
    for name, value in variable.items():
        yield f"add_header {name} {_quoted(value)} always;"
    yield _ADDRESSES
    for old, new in sorted(serving.moved.items()):
        for one in (old, old.rstrip("/"), f"{old}index.html"):
            yield f"location = {one} {{ return 301 {new}$is_args$args; }}"


def _media_types() -> Iterator[str]:
    yield f"default_type {media_types.UNKNOWN};"
    yield "types {"
    for suffix, kind in media_types.TYPES.items():
        yield f"    {kind.partition(';')[0]} {suffix};"
    yield "}"
    told = {kind.partition(";")[0] for kind in media_types.TYPES.values() if "charset" in kind}
    # nginx counts text/html in by itself, and warns when it is named.
    told = (told | {media_types.ATOM.partition(";")[0]}) - {"text/html"}
    yield f"charset utf-8;\ncharset_types {' '.join(sorted(told))};\n"


_ENCODINGS = """\
# What was compressed ahead is sent; nothing is compressed on the way, which would weaken ETags.
gzip off;
gzip_static on;
brotli_static on;
gzip_vary on;

# A file's time follows its content (wellsourced/policy/times.py), so that nginx's ETag of time
# and size does too. The time says nothing else: it is neither sent nor compared.
etag on;
if_modified_since off;
"""

_ADDRESSES = f"""
error_page 404 /404.html;
location = /404.html {{ internal; }}

# Compressed files and hidden ones have no address of their own.
location ~ (?:\\.(?:br|gz)$|/\\.(?!well-known/)) {{ return 404; }}

# A page has one address, with a slash at its end.
if ($request_uri ~ "^[\\w/.~-]*//[\\w/.~-]*(?:\\?|$)") {{ rewrite ^(.*)$ $1 permanent; }}
location ~ "^/(?:{caching.FINGERPRINTED.pattern})$" {{ try_files $uri @previous; }}
location ~ /index\\.html$ {{ rewrite ^(.*/)index\\.html$ $1 permanent; }}
location ~ /$ {{ try_files ${{uri}}index.html =404; }}
location / {{ try_files $uri @folder; }}
location @folder {{
    if (-f $document_root$uri/index.html) {{ rewrite ^(.*)$ $1/ permanent; }}
    return 404;
}}

# A page that somebody opened a minute ago may still ask for what it was made with.
set $wellsourced_root $document_root;
location @previous {{
    root $wellsourced_previous;
    try_files $uri =404;
}}

location ~ /{media_types.FEEDS}/(?:.*/)?[^/]+\\.xml$ {{
    types {{ {media_types.ATOM.partition(";")[0]} xml; }}
    try_files $uri =404;
}}
"""
