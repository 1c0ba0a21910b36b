"""The search index holds what is published, is the same to the byte each time, or stops a build."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from wellsourced.library import load as load_library
from wellsourced.plugin import pagefind_index, pagefind_service, search
from wellsourced.plugin.pagefind_service import IndexingError, Page, Record

PAGE = (
    '<!doctype html><html lang="en"><body><p>furniture</p>'
    '<main data-pagefind-body data-pagefind-filter="kind:{kind}"><h1>{title}</h1>'
    '<h2 id="s">Section <a class="x">#</a></h2><p>{text}</p></main></body></html>'
)
ITEMS = (
    *(
        Page(f"/{kind}/", PAGE.format(kind=kind, title=f"The {kind}", text=f"On {kind}."))
        for kind in ("article", "page", "product", "other", "more")
    ),
    Record("/glossary/#t", "a term", "<script>alert(1)</script> & more.", "en", {"kind": "term"}),
)


def fragments(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Map the address of each thing in an index to what is shown of it."""
    texts = (gzip.decompress(d) for n, d in files.items() if n.startswith("fragment/"))
    found = [json.loads(text.removeprefix(b"pagefind_dcd")) for text in texts]
    return {one["url"]: one for one in found}


def published(site: Path) -> dict[str, Any]:
    """Map the address of each thing in a site's index to what is shown of it."""
    paths = (site / "pagefind" / "fragment").iterdir()
    return fragments({f"fragment/{path.name}": path.read_bytes() for path in paths})


def test_an_index_is_the_same_to_the_byte() -> None:
    """Six kinds have 720 orders, of which Pagefind takes another one each time."""
    assert len({tuple(pagefind_service.index(ITEMS).items()) for _ in range(4)}) == 1


def test_all_names_in_an_index_lead_somewhere() -> None:
    files = pagefind_service.index(ITEMS)
    entry = json.loads(files["pagefind-entry.json"])
    told = gzip.decompress(files[f"pagefind.{entry['languages']['en']['hash']}.pf_meta"])
    named = [Path(name) for name in files if name.startswith(("filter/", "fragment/", "index/"))]
    assert {path.parent.name for path in named} == {"filter", "fragment", "index"}
    assert [path for path in named if path.stem.encode() not in told] == []


def test_an_index_brings_no_interface_along() -> None:
    files = pagefind_service.index(ITEMS)
    assert {name for name in files if name.endswith((".js", ".css"))} == {
        "pagefind.js",
        "pagefind-worker.js",
    }
    assert all(files.values())


def test_only_what_a_page_is_about_is_found() -> None:
    found = fragments(pagefind_service.index(ITEMS, [".x"]))["/article/"]
    assert found["content"] == "The article. Section On article."
    assert found["anchors"][0]["text"] == "Section"
    assert found["filters"] == {"kind": ["article"]}


def test_the_shipped_site_is_indexed_whole(site: Path) -> None:
    found = published(site)
    pages = {
        f"/{path.parent.relative_to(site).as_posix()}/"
        for name in ("articles/*", "products/*", "about")
        for path in site.glob(f"{name}/index.html")
    }
    assert pages
    assert pages <= found.keys()
    ids = {url for url in found if url.startswith(("/glossary/#", "/references/#"))}
    for url in ids:
        path, _, id = url.partition("#")
        assert f'id="{id}"' in (site / path.strip("/") / "index.html").read_text("utf-8")
    kinds = {one["filters"]["kind"][0] for one in found.values()}
    assert kinds == {"article", "page", "product", "source", "term"}
    assert not any("404" in url for url in found)


def test_headings_lead_to_their_sections(site: Path) -> None:
    for url, found in published(site).items():
        if not url.startswith("/articles/"):
            continue
        html = (site / url.strip("/") / "index.html").read_text("utf-8")
        anchors = [one["id"] for one in found["anchors"] if one["element"] in ("h2", "h3")]
        assert anchors
        for id in anchors:
            assert f'<section id="{id}">' in html
        assert "#" not in {one["text"].strip()[-1] for one in found["anchors"] if one["text"]}


def test_what_pagefind_complains_of_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = {"type": "Error", "message": "disk full"}
    monkeypatch.setattr(pagefind_service, "_ask", lambda requests: [fault] * len(requests))
    page = tmp_path / "index.html"
    page.write_text("<p data-pagefind-body>", "utf-8")
    library, _ = load_library(tmp_path)
    (part,) = search.parts({"index.html": page}, 1, library, "en")
    (found,) = search.index(tmp_path, part).found
    assert (found.code, "disk full" in found.message) == ("INT004", True)
    assert not (tmp_path / "pagefind").exists()


def test_a_missing_program_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind_service, "get_executable", lambda: None)
    with pytest.raises(IndexingError, match="not installed"):
        pagefind_service.index(ITEMS)


@pytest.mark.parametrize(
    ("script", "told"),
    [("exit 3", "unanswered"), ("echo 'not today,'; exec sleep 9", "Pagefind answered")],
)
def test_a_program_that_fails_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    program = tmp_path / "pagefind"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(pagefind_service, "get_executable", lambda: program)
    with pytest.raises(IndexingError, match=told):
        pagefind_service.index(ITEMS)


@pytest.mark.parametrize(
    "data", [b"other", b"", b"\x83", b"\x82\x64kind\xa0", b"\x82\x64kind\x80\x80"]
)
def test_a_filter_of_another_form_is_told(data: bytes) -> None:
    with pytest.raises(ValueError, match="another form"):
        pagefind_index.sort(data)
