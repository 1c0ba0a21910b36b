"""The programs for edges run in Node.js and answer as the policy says."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from tests.conftest import ROOT, require
from wellsourced.policy import content_security_policy, object_metadata
from wellsourced.policy.caching import IMMUTABLE, NEVER, SHORT
from wellsourced.policy.hosts import HOSTS, HostLimitError
from wellsourced.policy.serving import Serving, address

NODE = ROOT / ".tools" / "bin" / "node"
RUNNER = Path(__file__).with_name("edge.mjs")
KEYS = (
    "404.html",
    "about/index.html",
    "articles/x/references.bib",
    "assets/site.0a1b2c3d.js",
    "feeds/atom.xml",
    "images/needle.svg",
    "index.html",
    "pagefind/pagefind.js",
    "search/index.html",
)
MOVED = MappingProxyType({"/old/": "/about/"})
SITE = Serving(KEYS, content_security_policy(["'sha256-abc='"]), MOVED)
RELEASE = "0123456789abcdef"


def objects() -> dict[str, Any]:
    """Lay out a bucket: the pointer and one release, each object with its metadata."""
    made: dict[str, Any] = {
        "current.json": {"body": json.dumps({"release": RELEASE}), "etag": '"p"'}
    }
    for key in KEYS:
        made[f"releases/{RELEASE}/{key}"] = {
            "body": f"the bytes of {key}",
            "etag": f'"{key}"',
            "headers": object_metadata(key),
        }
    return made


def run(
    host: str,
    folder: Path,
    requests: Sequence[Mapping[str, Any]],
    stored: Mapping[str, Any] | None = None,
) -> list[Any]:
    """Run what was emitted for a host on requests."""
    require(NODE.exists(), "Node.js")
    for name, text in HOSTS[host](SITE).items():
        (folder / name).write_text(text, "utf-8")
    program = folder / ("request.js" if host == "cloudfront" else "worker.js")
    if host == "r2":
        program = program.rename(program.with_suffix(".mjs"))
    done = subprocess.run(
        [str(NODE), str(RUNNER), host, str(program)],
        input=json.dumps(
            {
                "requests": requests,
                "objects": objects() if stored is None else stored,
                "release": RELEASE,
            }
        ),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    answers: list[Any] = json.loads(done.stdout)
    return answers


def test_r2_sends_each_file_with_its_headers(tmp_path: Path) -> None:
    keys = [key for key in KEYS if key != "404.html"]
    answers = run("r2", tmp_path, [{"path": address(key)} for key in keys])
    for key, answer in zip(keys, answers, strict=True):
        assert (answer["status"], answer["body"]) == (200, f"the bytes of {key}")
        for name, value in SITE.headers(key).items():
            assert answer["headers"].get(name.lower()) == value, (key, name)
        assert answer["headers"]["etag"] == f'"{key}"'


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/about", "/about/"),
        ("/about?a=1", "/about/?a=1"),
        ("/about/index.html", "/about/"),
        ("/index.html", "/"),
        ("/old/", "/about/"),
        ("/old", "/about/"),
        ("/old/index.html?a=1", "/about/?a=1"),
    ],
)
def test_r2_has_one_address_for_a_page(path: str, to: str, tmp_path: Path) -> None:
    (answer,) = run("r2", tmp_path, [{"path": path}])
    assert (answer["status"], answer["headers"]["location"]) == (301, to)
    assert answer["headers"]["cache-control"] == SHORT


def test_r2_says_what_is_missing_and_leads_nowhere_else(tmp_path: Path) -> None:
    paths = ["/no/", "/404.html", "/assets/site.ffffffff.js", "/current.json", "/%5Celsewhere"]
    for answer in run("r2", tmp_path, [{"path": path} for path in paths]):
        assert answer["status"] == 404
        assert answer["body"] == "the bytes of 404.html"
        assert answer["headers"]["cache-control"] == NEVER
        assert answer["headers"]["content-security-policy"] == SITE.csp
    for answer in run("r2", tmp_path, [{"path": "//elsewhere.example/x"}, {"path": "/%2F%2Fx"}]):
        assert not answer["headers"].get("location", "").startswith("//")


def test_r2_answers_conditions_parts_and_methods(tmp_path: Path) -> None:
    same, part, head, post = run(
        "r2",
        tmp_path,
        [
            {"path": "/about/", "headers": {"If-None-Match": '"about/index.html"'}},
            {"path": "/articles/x/references.bib", "headers": {"Range": "bytes=4-8"}},
            {"path": "/about/", "method": "HEAD"},
            {"path": "/about/", "method": "POST"},
        ],
    )
    assert (same["status"], same["body"]) == (304, "")
    assert (part["status"], part["body"]) == (206, "bytes")
    assert part["headers"]["content-range"].startswith("bytes 4-8/")
    assert (head["status"], head["body"]) == (200, "")
    assert (post["status"], post["headers"]["allow"]) == (405, "GET, HEAD")


def test_r2_follows_the_pointer(tmp_path: Path) -> None:
    stored = objects()
    stored["current.json"]["body"] = json.dumps({"release": "other"})
    stored["releases/other/index.html"] = {"body": "another release", "etag": '"o"'}
    (answer,) = run("r2", tmp_path, [{"path": "/"}], stored)
    assert answer["body"] == "another release"
    (answer,) = run("r2", tmp_path, [{"path": "/"}], {})
    assert answer["status"] == 503


def test_r2_has_what_the_page_before_was_made_with(tmp_path: Path) -> None:
    stored = objects()
    stored["current.json"]["body"] = json.dumps({"release": "new", "previous": RELEASE})
    stored["releases/new/index.html"] = {"body": "new", "etag": '"n"'}
    asset, page = run(
        "r2", tmp_path, [{"path": "/assets/site.0a1b2c3d.js"}, {"path": "/about/"}], stored
    )
    assert asset["status"] == 200
    assert asset["headers"]["cache-control"] == IMMUTABLE
    assert page["status"] == 404


def test_cloudfront_asks_the_bucket_for_the_release(tmp_path: Path) -> None:
    answers = run("cloudfront", tmp_path, [{"path": address(key)} for key in KEYS])
    assert [one["uri"] for one in answers] == [f"/releases/{RELEASE}/{key}" for key in KEYS]


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/about", "/about/"),
        ("/about/index.html", "/about/"),
        ("/index.html", "/"),
        ("/old/", "/about/"),
        ("/old", "/about/"),
    ],
)
def test_cloudfront_has_one_address_for_a_page(path: str, to: str, tmp_path: Path) -> None:
    plain, asked = run(
        "cloudfront", tmp_path, [{"path": path}, {"path": path, "query": {"a": {"value": "1"}}}]
    )
    assert (plain["statusCode"], plain["headers"]["location"]["value"]) == (301, to)
    assert asked["headers"]["location"]["value"] == f"{to}?a=1"


@pytest.mark.parametrize("path", ["//elsewhere.example", "/\\elsewhere.example", "//x/index.html"])
def test_cloudfront_leads_nowhere_else(path: str, tmp_path: Path) -> None:
    (answer,) = run("cloudfront", tmp_path, [{"path": path}])
    assert "statusCode" not in answer


def test_cloudfront_s_template_covers_each_file() -> None:
    template = json.loads(HOSTS["cloudfront"](SITE)["template.json"])
    resources = template["Resources"]
    config = resources["Distribution"]["Properties"]["DistributionConfig"]
    for key in KEYS:
        behavior = config["DefaultCacheBehavior"]
        for one in config["CacheBehaviors"]:  # the first whose pattern fits counts
            pattern = one["PathPattern"]
            if address(key) == pattern or ("*" in pattern and key.endswith(pattern[1:])):
                behavior = one
                break
        name = behavior["ResponseHeadersPolicyId"]["Ref"]
        sent = sent_by(resources[name]["Properties"]["ResponseHeadersPolicyConfig"])
        expected = dict(SITE.headers(key))
        for stored in object_metadata(key):
            del expected[stored]
        assert sent == expected, key


def sent_by(config: Mapping[str, Any]) -> dict[str, str]:
    """Give the headers that CloudFront makes of a response headers policy."""
    security = config["SecurityHeadersConfig"]
    hsts = security["StrictTransportSecurity"]
    custom = config["CustomHeadersConfig"]["Items"]
    assert len(custom) <= 10  # its quota
    return {
        "Content-Security-Policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
        "Strict-Transport-Security": f"max-age={hsts['AccessControlMaxAgeSec']}",
        **{one["Header"]: one["Value"] for one in custom},
    }


def test_cloudfront_s_references_resolve() -> None:
    template = json.loads(HOSTS["cloudfront"](SITE)["template.json"])
    known = {*template["Resources"], *template["Parameters"]}
    text = json.dumps(template)

    def named(node: object) -> set[str]:
        if isinstance(node, list):
            return set().union(*map(named, node))
        if not isinstance(node, dict):
            return set()
        own = {node["Ref"]} if "Ref" in node else set()
        own |= {node["Fn::GetAtt"][0]} if "Fn::GetAtt" in node else set()
        return own.union(*map(named, node.values()))

    assert named(template) <= known
    assert "${Bucket}" in text


def test_more_than_cloudfront_takes_is_refused() -> None:
    moved = MappingProxyType({f"/articles/number-{n}/": "/about/" for n in range(400)})
    with pytest.raises(HostLimitError, match="400 moved pages the function has"):
        HOSTS["cloudfront"](Serving(KEYS, SITE.csp, moved))
    with pytest.raises(HostLimitError, match="1900 characters"):
        HOSTS["cloudfront"](Serving(KEYS, "x" * 1900))
    searches = tuple(f"l{n}/search/index.html" for n in range(80))
    with pytest.raises(HostLimitError, match="80 cache behaviors"):
        HOSTS["cloudfront"](Serving(searches, SITE.csp))


@pytest.mark.parametrize("host", HOSTS)
def test_the_same_site_gives_the_same_files(host: str) -> None:
    assert HOSTS[host](SITE) == HOSTS[host](SITE)
