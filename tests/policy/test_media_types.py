"""Every kind of published file has its media type."""

from __future__ import annotations

from pathlib import Path

import pytest

from wellsourced.policy import is_compressible, media_type
from wellsourced.policy.media_types import UNKNOWN

# Pagefind's own files: compressed inside, read by its script as bytes.
BYTES = (".pf_fragment", ".pf_index", ".pf_meta", ".pf_filter", ".pagefind")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("articles/x/references.bib", "application/x-bibtex; charset=utf-8"),
        ("articles/x/references.ris", "application/x-research-info-systems; charset=utf-8"),
        ("articles/x/claims.json", "application/json"),
        ("feeds/atom.xml", "application/atom+xml; charset=utf-8"),
        ("sitemap.xml", "application/xml"),
        ("images/a.SVG", "image/svg+xml"),
        ("assets/site.0123abcd.js", "text/javascript; charset=utf-8"),
        ("pagefind/fragment/en_1b5cd33.pf_fragment", UNKNOWN),
        ("LICENSE", UNKNOWN),
        ("a.b/html", UNKNOWN),
    ],
)
def test_the_type_of(key: str, expected: str) -> None:
    assert media_type(key) == expected


def test_text_is_worth_compressing_and_what_is_packed_is_not() -> None:
    assert is_compressible("index.html")
    assert is_compressible("images/a.svg")
    assert is_compressible("articles/x/references.ris")
    assert not is_compressible("images/a.webp")
    assert not is_compressible("pagefind/index/en_1b5cd33.pf_index")


def test_the_shipped_site_has_no_file_of_unknown_type(site: Path) -> None:
    names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    assert names
    assert [n for n in names if media_type(n) == UNKNOWN and not n.endswith(BYTES)] == []
