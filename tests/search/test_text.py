"""A page is reduced to what Pagefind finds in it, and to nothing else."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from wellsourced.plugin import pagefind_service, search_text
from wellsourced.plugin.pagefind_service import Page

FRAME = (
    '<!DOCTYPE html><html lang="en" class="no-script"><head><title>T</title></head><body>'
    '<header class="site-header"><nav>Menu</nav></header><main>'
    '<article class="article" data-pagefind-body data-pagefind-filter="kind:article">'
    "<h1>Dry <em>needling</em></h1>{}</article><article>Another</article></main></body></html>"
)
BODIES = {
    "cites": '<p>It helps<sup class="cites">[<a class="cite" href="#r">1</a>]</sup>.</p>',
    "nested furniture": (
        '<div class="disclosure"><div>We <div>earn</div></div> money.</div><p>Text</p>'
    ),
    "one class of several": '<div class="block uses wide">Out</div><div class="causes">In</div>',
    "references": (
        '<section id="r" role="doc-bibliography"><section>One</section><p>Two</p></section>'
        "<p>End</p>"
    ),
    "a section on references": '<section id="references"><p>How we cite.</p></section><p>End</p>',
    "ignored": "<p>In <span data-pagefind-ignore>out <b>too</b></span> again</p>",
    "ignored picture": '<p>In <img src="a.png" alt="out" data-pagefind-ignore> again</p>',
    "navigation": '<nav><nav>Out</nav></nav><p>In</p><script>out("<p>")</script>',
    "text like an attribute": '<p>Write <code>class="cites"</code> and id="references" so.</p>',
    "a mark in an attribute": '<p>A <a title="1 > 0" href="/">link</a> <i title=\'>\'>in</i></p>',
    "line break": "<p>One<br>two<br/>three</p>",
    "comment": "<p>One <!-- <p>two</p> --> three</p>",
    "table": (
        "<table><caption>Doses</caption><tr><th>a</th>\n<th>b</th></tr>"
        "<tr><td>c</td><td>d</td></tr></table>"
    ),
    "lists": "<ul><li>One</li><li><p>Two</p></li></ul><dl><dt>Term</dt><dd>Said</dd></dl>",
    "headings": '<section id="a"><h2 id="a-heading">A <a class="copy-link">#</a></h2></section>',
    "details": '<details open><summary>More</summary>Inside <div class="x">here</div></details>',
    "entities": "<p>&lt;p&gt; &amp; caf&eacute; &#8217;</p>",
    "figure": '<figure><img src="a.png"><figcaption>Said</figcaption></figure><hr><p>x</p>',
    "another word for Pagefind": '<p data-pagefind-weight="2">Heavy <a class="cites">b</a></p>',
    "nothing": "",
}


def found(page: str, leave_out: tuple[str, ...] = ()) -> Mapping[str, Any]:
    """Give what Pagefind shows of a page, the headings that lead into it apart."""
    files = pagefind_service.index([Page("/", page)], leave_out)
    (fragment,) = (data for name, data in files.items() if name.startswith("fragment/"))
    told: dict[str, Any] = json.loads(gzip.decompress(fragment).removeprefix(b"pagefind_dcd"))
    told["anchors"] = [
        one for one in told["anchors"] if one["element"] in ("h1", "h2", "h3", "h4", "h5", "h6")
    ]
    told["meta"] = {"title": told["meta"]["title"]}
    return told


@pytest.mark.parametrize("name", BODIES)
def test_pagefind_finds_the_same_in_a_reduced_page(name: str) -> None:
    whole = FRAME.format(BODIES[name])
    reduced = search_text.reduce(whole.encode())
    assert reduced is not None
    assert found(reduced, search_text.FURNITURE) == found(whole, search_text.FURNITURE)
    assert len(reduced) < len(whole) or name == "another word for Pagefind"


def test_only_words_and_headings_are_left() -> None:
    reduced = search_text.reduce(FRAME.format("".join(BODIES.values())[:900]).encode()) or ""
    assert "sup" not in reduced
    assert 'class="cites"' not in reduced.replace('<p>Write class="cites" and', "")
    assert "<h1>Dry needling</h1><p>It helps.</p>" in reduced


def test_a_page_that_does_not_want_to_be_found_is_none() -> None:
    assert search_text.reduce(b"<html><main><p>Text</p></main></html>") is None


def test_the_shipped_pages_lose_none_of_their_words(site: Path) -> None:
    pages = [path for path in site.rglob("*.html") if b"data-pagefind-body" in path.read_bytes()]
    assert len(pages) > 5
    for path in pages:
        whole = search_text.head(path.read_bytes()).decode()
        reduced = search_text.reduce(path.read_bytes())
        assert reduced is not None
        assert len(reduced) < len(whole) / 2
        assert found(reduced) == found(whole, search_text.FURNITURE)


def test_headings_lead_to_their_sections() -> None:
    heading = '<div class="heading">\n<h2>A</h2></div>'
    page = FRAME.format(f'<section id="a">\n<span id="old"></span>{heading}</section>')
    for one in (page, page.replace("<main", "<main data-pagefind-weight")):
        anchors = found(search_text.reduce(one.encode()) or "", search_text.FURNITURE)["anchors"]
        assert [(a["id"], a["text"]) for a in anchors if a["element"] == "h2"] == [("a", "A")]
