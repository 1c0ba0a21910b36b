"""Only a file whose name changes with its content is kept without asking."""

from __future__ import annotations

import pytest

from wellsourced.policy import cache_control
from wellsourced.policy.caching import IMMUTABLE, NEVER, SHORT


@pytest.mark.parametrize(
    "key",
    [
        "assets/site.0a1b2c3d.js",
        "assets/images/needle.0a1b2c3d4e5f.avif",
        "es/assets/site.0a1b2c3d.js",
        "pagefind/fragment/en_1b5cd33.pf_fragment",
        "pagefind/index/en_a0afede.pf_index",
        "pagefind/pagefind.en_af8fa1366a.pf_meta",
    ],
)
def test_a_fingerprinted_file_is_immutable(key: str) -> None:
    assert cache_control(key) == IMMUTABLE


@pytest.mark.parametrize(
    "key",
    [
        "index.html",
        "feeds/atom.xml",
        "images/needle.svg",
        "assets/logo.svg",
        "assets/site.js",
        "images/site.0a1b2c3d.js",
        "pagefind/pagefind.js",
        "pagefind/pagefind-entry.json",
        "pagefind/wasm.en.pagefind",
        "articles/assets-of-a-clinic/index.html",
    ],
)
def test_another_file_is_asked_about_again(key: str) -> None:
    assert cache_control(key) == SHORT


def test_the_page_for_what_is_missing_is_never_kept() -> None:
    assert cache_control("404.html") == NEVER
