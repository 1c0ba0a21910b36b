"""Each kind of secret and of local path is found; its sign is looked for before its whole form."""

from __future__ import annotations

import pytest

from wellsourced.audit import leaks

ORIGIN = "https://site.example"
SECRETS = [
    "AKIAABCDEFGHIJKLMNOP",
    "ASIAABCDEFGHIJKLMNOP",
    "-----BEGIN PRIVATE KEY-----",
    "-----BEGIN EC PRIVATE KEY-----",
    *(f"gh{one}_{'a1' * 20}" for one in "pousr"),
    f"github_pat_{'a1' * 12}",
    f"glpat-{'a-' * 12}",
    f"AIza{'b_' * 17}c",
    *(f"xox{one}-1234567890" for one in "abprs"),
    f"sk_live_{'a1' * 10}",
    f"AccountKey={'a+' * 22}==",
    f"SharedAccessSignature={'a' * 24}",
    "https://ann:secret@host.example/",
    "ftp://ann:s@host.example/",
]
PATHS = [
    "/home/ann/site",
    "/Users/ann/site",
    "/root/site/x",
    "/tmp/x/y",
    "/var/folders/a/b",
    "/private/var/a/b",
    "file:///site/x.svg",
    "C:\\Users\\ann",
    "D:\\\\Documents\\x",
    "http://localhost:8000/",
    "127.0.0.1",
    "http://[::1]:8000/",
]


@pytest.mark.parametrize(
    ("code", "words"), [*(("AUD090", one) for one in SECRETS), *(("AUD091", one) for one in PATHS)]
)
def test_it_is_found_where_it_stands(code: str, words: str) -> None:
    data = f"<p>One.</p>\n<p>é {words}</p>\n".encode()
    (found,) = leaks.check("x/index.html", data, ORIGIN)
    assert found.code == code
    assert (found.line, found.end_line) == (2, 2)
    assert 5 < found.column < 40


@pytest.mark.parametrize(
    "words",
    [
        "https://host.example:8000/@ann",
        "AKIA",
        "ghp_short",
        "a private key",
        "/articles/home/ann/x",
        "https://site.example/tmp/x/y",
        "in /var/ and /tmp",
        "a:/b",
        "sponsored_live_show",
    ],
)
def test_what_only_looks_like_it_is_not(words: str) -> None:
    assert list(leaks.check("x/index.html", words.encode(), ORIGIN)) == []


def test_this_machine_is_its_own_address() -> None:
    assert list(leaks.check("x.html", b"http://localhost:8000/", "http://localhost:8000")) == []
    (found,) = leaks.check("x.html", b"see /srv/site/x", ORIGIN, ["/srv/site"])
    assert (found.code, found.column) == ("AUD091", 5)
