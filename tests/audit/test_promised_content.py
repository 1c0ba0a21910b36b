"""What an audit asks of the content is read without scanning it, and comes to the same."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from wellsourced.audit import promises
from wellsourced.audit.promises import Promised
from wellsourced.plugin import promised_content
from wellsourced.plugin import settings as pelican_settings
from wellsourced.plugin.where import shown
from wellsourced.rules import load

TODAY = date(2026, 11, 24)


def settings(content: Path, cache: Path) -> Mapping[str, Any]:
    """Read the development settings for a content folder, with a cache of its own."""
    changed = {"PATH": str(content), "WELLSOURCED_CACHE": str(cache)}
    return pelican_settings.read(ROOT / "pelicanconf.py", changed)


def quick(content: Path, cache: Path) -> Promised:
    """Say what the content promises, as an audit asks for it."""
    read = promised_content.read(settings(content, cache))
    return promises.of(read.site, read.ledgers)


def whole(content: Path) -> Promised:
    """Say what the content promises, all of it scanned."""
    return promises.of(load(content, shown(content), TODAY)[0])


def told(promised: Promised) -> Mapping[str, object]:
    """Give promises as values that can be compared: ledgers as their facts."""
    pages = {
        key: (one.kind, one.product, one.facts(), one.anchors, one.beside, one.is_listed)
        for key, one in promised.pages.items()
    }
    return pages | {key: (one.path, one.status) for key, one in promised.withheld.items()}


@pytest.mark.parametrize("content", [ROOT / "content", ROOT / "tests" / "sites" / "valid"])
def test_it_comes_to_what_the_whole_content_promises(content: Path, tmp_path: Path) -> None:
    assert told(quick(content, tmp_path)) == told(whole(content))
    assert told(quick(content, tmp_path)) == told(whole(content))


def test_it_knows_what_has_changed(tmp_path: Path) -> None:
    content = shutil.copytree(ROOT / "content", tmp_path / "content")
    cache = tmp_path / "cache"
    assert told(quick(content, cache)) == told(whole(content))
    article = content / "articles" / "what-is-dry-needling.md"
    ledger = article.with_name("what-is-dry-needling.facts.yaml")
    before = quick(content, cache)
    ledger.write_text(f"# A note.\n{ledger.read_text('utf-8')}", "utf-8")
    changed = quick(content, cache)
    assert told(changed) == told(whole(content))  # the places of the facts are others
    key = "articles/what-is-dry-needling/index.html"
    assert list(before.pages[key].parts()) != list(changed.pages[key].parts())
    article.write_text(f"Status: draft\n{article.read_text('utf-8')}", "utf-8")
    drafted = quick(content, cache)
    assert told(drafted) == told(whole(content))
    assert key in drafted.withheld
    article.rename(article.with_name("renamed.md"))
    ledger.unlink()
    (content / "library" / "products.yaml").unlink()
    assert told(quick(content, cache)) == told(whole(content))
