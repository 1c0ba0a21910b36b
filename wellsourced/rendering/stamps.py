"""Hold what the renderer handled against what the scanner found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from wellsourced.diagnostics import Diagnostic, code, diagnose
from wellsourced.library import Library, glossary
from wellsourced.source.citation import KEY
from wellsourced.source.document import Document
from wellsourced.source.spans import Span

_TYPED = re.compile(rf"\[(?:[^\[\]@]*[^\w\[\]@])?-?@(?P<key>{KEY})")
Stamp = tuple[str, Span]
"""A value and where the scanner saw it."""


@code("INT001")
def disagreement(
    document: Document,
    kind: str,
    expected: Stamp | None,
    got: str | None,
    after: Span | None = None,
) -> Diagnostic:
    """The page would not show what the checks saw.

    Every check reads the text through one scanner; Python-Markdown renders it. Where the two
    read a passage differently, a check may have passed over something that readers see, or
    a cite may not be shown at all. The build stops rather than guess.

    Wrong: a cite in a place that Markdown treats as code, such as a line with four spaces
    before it.
    Right: the same line with no spaces before it.
    """
    start = after.end if after else document.front_matter.body_start
    at = document.location(expected[1] if expected else Span(start, start))
    seen = f'"{expected[0]}"' if expected else "nothing more"
    made = f'"{got}"' if got is not None else "nothing more"
    return diagnose(
        at,
        "INT001",
        f"The scanner and the renderer disagree on a {kind}: scanned {seen}, rendered {made}.",
        "write this passage more simply, with a blank line before and after it",
    )


def unrenderable(document: Document) -> Diagnostic:
    """Say that Python-Markdown ran out of stack over a document."""
    body = document.front_matter.body_start
    return diagnose(
        document.location(Span(body, body)),
        "INT001",
        "The renderer cannot follow this text: its markup stands too deep in other markup.",
        "write it more simply, with less emphasis, fewer lists and fewer brackets in each other",
    )


@code("INT005")
def unspoken(document: Document, tag: str) -> Diagnostic:
    """An article or page is in a language of which the theme has no words.

    Its headings and labels would be English: a reader who knows none is lost between them, and
    a screen reader pronounces them wrongly (WCAG 2.2, 3.1.2).

    Wrong: `Lang: fr` while theme/translations/ holds only `es`.
    Right: `Lang: es`
    """
    field = document.metadata("lang")
    span = field.value_span if field else Span(0, 0)
    return diagnose(
        document.location(span),
        "INT005",
        f'The theme has no words in "{tag}".',
        f"add theme/translations/{tag}/messages.po, or write the tag of another language",
    )


def compare(document: Document, library: Library, root: Element) -> Iterator[Diagnostic]:
    """Yield the first disagreement of each kind; `root` has its components still to render."""
    for kind, expected, got in _pairs(document, library, root):
        before: Span | None = None
        for wanted, made in zip_longest(expected, got):
            if wanted is None or made is None or wanted[0] != made:
                yield disagreement(document, kind, wanted, made, before)
                break
            before = wanted[1]
    yield from _left_over(document, library, root)


def _left_over(document: Document, library: Library, root: Element) -> Iterator[Diagnostic]:
    """Yield the first citation that stands in the rendered text as it was typed."""
    words = (text for element in root.iter() for text in (element.text, element.tail) if text)
    for text in words:
        left = _TYPED.search(text) if "[" in text and not isinstance(text, AtomicString) else None
        if left and left["key"] in library.references:
            at = max(document.text.find(left[0], document.front_matter.body_start), 0)
            yield disagreement(document, "cite", None, left[0], Span(at, at))
            return


def _pairs(
    document: Document, library: Library, root: Element
) -> Iterator[tuple[str, Sequence[Stamp], Sequence[str]]]:
    links = [a for a in root.iter("a") if not a.get("class") and not a.get("role")]
    yield (
        "cite",
        [(c.key, c.key_span) for c in document.cites],
        [a.get("href", "")[5:] for a in root.iter("a") if a.get("role") == "doc-biblioref"],
    )
    terms = [(glossary.find(library.terms, t.name), t.span) for t in document.terms]
    yield (
        "term",
        [(term.id if term else "", span) for term, span in terms],
        [a.get("href", "").partition("#")[2] for a in root.iter("a") if a.get("class") == "term"],
    )
    yield (
        "block",
        [(b.name.lower(), b.name_span) for b in document.blocks],
        [str(e.get("data-block")) for e in root.iter() if e.get("data-block")],
    )
    yield (
        "heading",
        sorted(
            [
                *((f"h{h.level}", h.span) for h in document.headings),
                *(("text", span) for span in document.nested_headings),
            ],
            key=lambda stamp: stamp[1],
        ),
        [str(e.tag) for e in root.iter() if e.tag in ("h1", "h2", "h3", "h4", "h5", "h6")],
    )
    yield (
        "link",
        [(_target(link.target), link.span) for link in document.links],
        [_target(a.get("href", "")) for a in links],
    )
    yield (
        "table",
        [("table", span) for span in document.tables],
        [str(e.tag) for e in root.iter("table")],
    )
    yield (
        "image",
        [(_target(image.target), image.span) for image in document.images],
        [
            _target(e.get("src", ""))
            for e in root.iter("img")
            if "loading" not in e.attrib  # a figure's picture is already finished
        ],
    )


def _target(target: str) -> str:
    """Reduce a target to what both sides write the same way."""
    plain = target.replace("&amp;", "&")
    return "mailto:" if "mailto" in plain or "\x02" in plain else plain.replace("\\", "")
