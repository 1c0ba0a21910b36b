"""Scanner and renderer read every article alike, and where they do not, INT001 says so."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings

from tests.source.holding import constructs, hold
from wellsourced import source
from wellsourced.source import Document

from . import wired
from .articles import HEAD, TAIL, articles

_QUICK = settings(
    max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
_LONG = settings(_QUICK, max_examples=3000, derandomize=False)

EVERYTHING = f"""{HEAD}Words [@gattie2017] and [[trigger point]], [a link](/about/).

## A heading

![A needle](/images/needle.svg)

| A | B |
| --- | --- |
| c | d |

/// do | Ask
Words.
///
{TAIL}"""


def scan(text: str) -> Document:
    """Scan a text as an article of the valid site."""
    return source.scan(text, "content/articles/x.md", "article", wired.site().library.references)


def agree(text: str) -> None:
    """Fail where positions are wrong, line ends matter, or scanner and renderer disagree."""
    document = scan(text)
    hold(document)
    expected = constructs(document)
    for line_end in ("\r\n", "\r"):
        assert constructs(scan(text.replace("\n", line_end))) == expected
    assert constructs(scan("\ufeff" + text)) == expected
    if not document.nested_headings:
        assert wired.disagreements(document) == ()


@_QUICK
@given(articles())
def test_articles_are_read_alike(text: str) -> None:
    agree(text)


@pytest.mark.gate
@_LONG
@given(articles())
def test_many_articles_are_read_alike(text: str) -> None:
    agree(text)


@pytest.mark.parametrize(
    "field", ["citations", "terms", "links", "headings", "images", "tables", "blocks"]
)
@pytest.mark.parametrize("change", [lambda seen: (), lambda seen: (*seen, seen[-1])])
def test_a_disagreement_is_found(
    field: str, change: Callable[[tuple[object, ...]], object]
) -> None:
    document = scan(EVERYTHING)
    assert wired.render(document).diagnostics == ()
    wrong = dataclasses.replace(document, **{field: change(getattr(document, field))})
    found = wired.render(wrong).diagnostics
    assert [d.code for d in found] == ["INT001"], field
    assert 1 <= found[0].line <= EVERYTHING.count("\n")


def test_a_term_that_is_not_rendered_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wellsourced.rendering.cites.glossary.find", lambda terms, name: None)
    (found,) = wired.render(scan(EVERYTHING)).diagnostics
    assert (found.code, found.line, found.column) == ("INT001", 7, 25)


def test_text_that_nests_too_deeply_to_render_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def overflow(self: object, text: str) -> str:
        raise RecursionError

    monkeypatch.setattr("wellsourced.rendering.renderer.Markdown.convert", overflow)
    (found,) = wired.render(scan(EVERYTHING)).diagnostics
    assert (found.code, found.line) == ("INT001", 7)
