"""The headers of each file, read as a browser reads them."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from wellsourced.policy import content_security_policy, headers, modified, serving, style_hashes
from wellsourced.policy.security import drawing_policy, search_policy
from wellsourced.policy.styles import drawing_hashes

HASH = "'sha256-abc='"
CSP = content_security_policy([HASH])


def directives(csp: str) -> dict[str, list[str]]:
    """Read a policy into directive → sources (CSP 3 § 2.2.1); a repeat would be ignored."""
    split = [one.split() for one in csp.split(";")]
    names = [name for name, *_ in split]
    assert len(names) == len(set(names))
    return {name: sources for name, *sources in split}


def test_a_page_allows_its_style_and_its_own_files_alone() -> None:
    page = directives(headers("articles/x/index.html", CSP)["Content-Security-Policy"])
    assert page["default-src"] == ["'none'"]
    assert page["style-src"] == [HASH]
    assert page["script-src"] == page["img-src"] == page["connect-src"] == ["'self'"]
    assert page["base-uri"] == page["frame-ancestors"] == ["'none'"]
    assert page["form-action"] == ["'self'"]
    assert "unsafe-inline" not in str(page)


def test_without_a_style_none_is_allowed() -> None:
    assert directives(content_security_policy([]))["style-src"] == ["'none'"]


@pytest.mark.parametrize(
    "key", ["search/index.html", "es/search/index.html", "pagefind/pagefind-worker.js"]
)
def test_search_alone_compiles_webassembly(key: str) -> None:
    page, search = directives(CSP), directives(headers(key, CSP)["Content-Security-Policy"])
    assert search.pop("script-src") == ["'self'", "'wasm-unsafe-eval'"]
    assert page.pop("script-src") == ["'self'"]
    assert search == page


def test_an_article_about_search_is_no_search_page() -> None:
    assert headers("articles/search/x/index.html", CSP)["Content-Security-Policy"] == CSP


def test_a_drawing_runs_nothing_and_asks_for_nothing() -> None:
    drawing = directives(headers("images/a.svg", CSP)["Content-Security-Policy"])
    assert drawing == {"default-src": ["'none'"], "style-src": ["'none'"], "sandbox": []}
    policy = drawing_policy([HASH])
    styled = directives(headers("a.svg", CSP, drawings=policy)["Content-Security-Policy"])
    assert styled == drawing | {"style-src": [HASH]}
    many = drawing_policy([f"'sha256-{number}'" for number in range(21)])
    assert directives(many) == drawing


def test_the_style_of_a_drawing_is_named_as_it_is_read() -> None:
    sheets = (
        b"<svg xmlns='http://www.w3.org/2000/svg'><style>g&gt;p{}</style></svg>",
        b"<svg xmlns='http://www.w3.org/2000/svg'><style><![CDATA[g>p{}]]></style></svg>",
        b"<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:style>g>p{}</s:style></s:svg>",
    )
    expected = f"'sha256-{b64encode(sha256(b'g>p{}').digest()).decode()}'"
    assert drawing_hashes(sheets) == (expected,)
    assert drawing_hashes([b"<svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"]) == ()


def test_nothing_inline_is_let_in_anywhere(site: Path) -> None:
    shipped = serving.read(site)
    for policy in (shipped.csp, shipped.drawings, search_policy(shipped.csp)):
        assert "unsafe-inline" not in policy
        assert len(policy) < 1783  # characters: the shortest limit of a host, CloudFront's
    assert "sha256-" in shipped.drawings


def test_every_answer_has_the_lasting_promises() -> None:
    for key in ("index.html", "images/a.svg", "feeds/atom.xml"):
        made = headers(key, CSP)
        assert made["X-Content-Type-Options"] == "nosniff"
        assert made["Strict-Transport-Security"].startswith("max-age=")
        assert made["Referrer-Policy"] == "same-origin"
        assert made["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in made["Permissions-Policy"]
        assert "X-Robots-Tag" not in made


def test_feeds_and_images_may_be_shown_elsewhere() -> None:
    policy = "Cross-Origin-Resource-Policy"
    assert headers("feeds/atom.xml", CSP)[policy] == "cross-origin"
    assert headers("images/a.avif", CSP)[policy] == "cross-origin"
    assert headers("articles/x/claims.json", CSP)[policy] == "same-origin"


def test_a_preview_is_kept_out_of_search_engines() -> None:
    assert headers("index.html", CSP, preview=True)["X-Robots-Tag"] == "noindex, nofollow"


def test_style_hashes_are_of_the_exact_text() -> None:
    sheet = b"p{color:#000}\n"
    expected = f"'sha256-{b64encode(sha256(sheet).digest()).decode()}'"
    page = b"<!doctype html><style>" + sheet + b"</style><p>"
    assert style_hashes([page, page]) == (expected,)
    assert style_hashes([b"<p>no style"]) == ()


def test_the_shipped_pages_share_a_few_styles(site: Path) -> None:
    """A style of its own on each page would make the policy too long for any header."""
    pages = [path.read_bytes() for path in sorted(site.rglob("*.html"))]
    assert 1 <= len(style_hashes(pages)) <= 6


def test_times_follow_content_and_fit_every_file_system() -> None:
    times = {modified(sha256(text).hexdigest()) for text in (b"10 mg", b"25 mg")}
    assert len(times) == 2
    assert all(0 <= time < 2**31 for time in times)
    assert modified("f" * 64) < 2**31
