"""On every host that matches paths by patterns, each file gets the headers of the policy."""

from __future__ import annotations

import json
import time
from pathlib import Path
from types import MappingProxyType

import jsonschema
import pytest

from wellsourced.policy import content_security_policy, headers, is_immutable, serving
from wellsourced.policy.caching import IMMUTABLE, NEVER, SHORT
from wellsourced.policy.hosts import cloudflare, firebase, netlify, vercel
from wellsourced.policy.hosts.rules import HostLimitError
from wellsourced.policy.serving import Serving, address

from .matching import READERS, redirects

EMITTERS = {
    "cloudflare": cloudflare.emit,
    "firebase": firebase.emit,
    "netlify": netlify.emit,
    "vercel": vercel.emit,
}
KEYS = (
    "404.html",
    "about/index.html",
    "articles/x/index.html",
    "articles/x/references.bib",
    "articles/x/references.ris",
    "assets/logo.svg",
    "assets/needle.0a1b2c3d.avif",
    "assets/site.0a1b2c3d.js",
    "es/feeds/atom.xml",
    "es/search/index.html",
    "feeds/atom.xml",
    "images/needle.svg",
    "index.html",
    "pagefind/fragment/en_1b5cd33.pf_fragment",
    "pagefind/pagefind-worker.js",
    "pagefind/pagefind.js",
    "search/index.html",
    "sitemap.xml",
)
SITE = Serving(
    KEYS,
    content_security_policy(["'sha256-abc='"]),
    MappingProxyType({"/old/": "/about/", "/articles/w/": "/articles/x/"}),
)


def hold(host: str, site: Serving) -> None:
    """Compare what a host's rules say of each file with the policy."""
    assert len(site.keys) > 5
    answer = READERS[host](EMITTERS[host](site))
    for key in site.keys:
        expected = {n.lower(): v for n, v in site.headers(key).items()}
        got = answer(address(key))
        kind, cache = expected.pop("content-type"), expected.pop("cache-control")
        assert got.pop("content-type", kind) == kind, key
        if cache == IMMUTABLE:
            # The index of a large site goes beyond the limits of hosts; assets come first.
            kept = got.pop("cache-control", "the host's own")
            assert kept == IMMUTABLE or "pagefind" in key, key
        else:
            assert got.pop("cache-control", SHORT) == SHORT, key
        assert got == expected, key


@pytest.mark.parametrize("host", EMITTERS)
def test_each_kind_of_file_is_answered_by_the_policy(host: str) -> None:
    hold(host, SITE)


@pytest.mark.parametrize("host", EMITTERS)
def test_each_file_of_the_shipped_site_is_too(host: str, site: Path) -> None:
    hold(host, serving.read(site))


@pytest.mark.parametrize("host", EMITTERS)
def test_a_missing_asset_is_never_kept_for_a_year(host: str) -> None:
    answer = READERS[host](EMITTERS[host](SITE))
    for path in ("/assets/site.ffffffff.js", "/pagefind/fragment/en_ffffff.pf_fragment", "/no/"):
        assert answer(path).get("cache-control", SHORT) in (SHORT, NEVER)
        assert answer(path)["content-security-policy"] == SITE.csp


@pytest.mark.parametrize("host", EMITTERS)
def test_a_preview_is_noindex(host: str) -> None:
    preview = Serving(KEYS, SITE.csp, preview=True)
    hold(host, preview)
    assert READERS[host](EMITTERS[host](preview))("/no/")["x-robots-tag"] == "noindex, nofollow"
    assert "x-robots-tag" not in READERS[host](EMITTERS[host](SITE))("/about/")


@pytest.mark.parametrize("host", EMITTERS)
def test_types_that_hosts_may_not_know_are_told(host: str) -> None:
    answer = READERS[host](EMITTERS[host](SITE))
    for key in ("articles/x/references.bib", "articles/x/references.ris", "feeds/atom.xml"):
        assert answer(address(key))["content-type"] == headers(key, "")["Content-Type"]


@pytest.mark.parametrize("host", EMITTERS)
def test_the_same_site_gives_the_same_files(host: str) -> None:
    assert EMITTERS[host](SITE) == EMITTERS[host](SITE)
    for text in EMITTERS[host](SITE).values():
        assert text.endswith("\n")


def test_redirects_are_in_every_host_s_form() -> None:
    netlify_s = redirects(netlify.emit(SITE)["_redirects"])
    assert netlify_s == [("/articles/w/", "/articles/x/", "301"), ("/old/", "/about/", "301")]
    cloudflare_s = {old: new for old, new, _ in redirects(cloudflare.emit(SITE)["_redirects"])}
    assert cloudflare_s["/old"] == cloudflare_s["/old/"] == "/about/"
    assert cloudflare_s["/old/index.html"] == "/about/"
    for one in json.loads(firebase.emit(SITE)["firebase.json"])["hosting"]["redirects"]:
        assert one["type"] == 301
        assert cloudflare_s[one["source"]] == one["destination"]
    for one in json.loads(vercel.emit(SITE)["vercel.json"])["redirects"]:
        assert one["statusCode"] == 301
        assert cloudflare_s[one["source"]] == one["destination"]


def test_addresses_end_in_a_slash_on_every_host() -> None:
    assert json.loads(firebase.emit(SITE)["firebase.json"])["hosting"]["trailingSlash"] is True
    project = json.loads(vercel.emit(SITE)["vercel.json"])
    assert (project["trailingSlash"], project["cleanUrls"]) == (True, True)


@pytest.mark.parametrize("host", EMITTERS)
def test_beyond_the_limit_assets_go_before_the_index(host: str) -> None:
    fragments = tuple(f"pagefind/fragment/en_{number:07x}.pf_fragment" for number in range(3000))
    site = Serving((*KEYS, *fragments), SITE.csp)
    answer = READERS[host](EMITTERS[host](site))
    asked = (*KEYS, *fragments[:20], *fragments[-20:])
    kept = [k for k in asked if answer(address(k)).get("cache-control") == IMMUTABLE]
    assert {"assets/site.0a1b2c3d.js", "assets/needle.0a1b2c3d.avif"} <= set(kept)
    assert all(map(is_immutable, kept))
    assert fragments[-1] not in kept


def test_more_than_cloudflare_reads_is_refused() -> None:
    searches = tuple(f"l{number}/search/index.html" for number in range(120))
    with pytest.raises(HostLimitError, match="this host takes 100"):
        cloudflare.emit(Serving(searches, SITE.csp))
    moved = MappingProxyType({f"/a{number}/": "/" for number in range(700)})
    with pytest.raises(HostLimitError, match="700 moved pages need 2100 redirects"):
        cloudflare.emit(Serving(KEYS, SITE.csp, moved))
    with pytest.raises(HostLimitError, match="longer than the 2000"):
        cloudflare.emit(Serving(KEYS, "x" * 2100))


def test_more_than_vercel_reads_is_refused() -> None:
    moved = MappingProxyType({f"/a{number}/": "/" for number in range(600)})
    with pytest.raises(HostLimitError, match="Vercel takes 1024"):
        vercel.emit(Serving(KEYS, SITE.csp, moved))
    with pytest.raises(HostLimitError, match="longer than the 4096"):
        vercel.emit(Serving(KEYS, "x" * 4100))


PAIRS = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"key": {"type": "string"}, "value": {"type": "string"}},
        "required": ["key", "value"],
        "additionalProperties": False,
    },
}


def entry(required: list[str], **properties: object) -> dict[str, object]:
    """Make the schema of an entry that holds nothing but these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


TEXT = {"type": "string", "maxLength": 4096}
# The parts that we use of firebase/firebase-tools, schema/firebase-config.json, and of
# vercel/vercel, packages/routing-utils/src/schemas.ts.
SCHEMAS = {
    "firebase.json": {
        "headers": {
            "type": "array",
            "items": {
                "anyOf": [
                    entry(["source", "headers"], source=TEXT, headers=PAIRS),
                    entry(["regex", "headers"], regex=TEXT, headers=PAIRS),
                ]
            },
        },
        "redirects": {
            "type": "array",
            "items": entry(
                ["source", "destination"], source=TEXT, destination=TEXT, type={"type": "number"}
            ),
        },
        "cleanUrls": {"type": "boolean"},
        "trailingSlash": {"type": "boolean"},
    },
    "vercel.json": {
        "headers": {
            "type": "array",
            "maxItems": 1024,
            "items": entry(["source", "headers"], source=TEXT, headers=PAIRS),
        },
        "redirects": {
            "type": "array",
            "maxItems": 1024,
            "items": entry(
                ["source", "destination"],
                source=TEXT,
                destination=TEXT,
                statusCode={"type": "integer", "minimum": 100, "maximum": 999},
            ),
        },
        "cleanUrls": {"type": "boolean"},
        "trailingSlash": {"type": "boolean"},
    },
}


@pytest.mark.parametrize(("name", "properties"), SCHEMAS.items())
def test_the_host_s_own_schema_holds(name: str, properties: dict[str, object]) -> None:
    emitted = json.loads(EMITTERS[name.partition(".")[0]](SITE)[name])
    told = emitted.get("hosting", emitted)
    schema = {"type": "object", "properties": properties, "required": list(properties)}
    jsonschema.validate(told, schema)


@pytest.mark.parametrize("host", EMITTERS)
def test_a_large_site_takes_no_time(host: str) -> None:
    keys = (*KEYS, *(f"articles/a{number}/index.html" for number in range(30_000)))
    begun = time.process_time()
    EMITTERS[host](Serving(keys, SITE.csp))
    assert time.process_time() - begun < 2  # seconds; 0.1 when this was written
