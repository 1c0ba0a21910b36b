"""Hold a Document to what it says of itself: each span holds what it names."""

from __future__ import annotations

from collections.abc import Iterator

from wellsourced.source import Document
from wellsourced.source.spans import Span

Construct = tuple[str, str, int, int]
"""A kind, its value, and the line and column where it begins."""


def hold(document: Document) -> None:
    """Fail when a span is outside the file, or holds something else than it should."""
    text = document.text
    for name, span in _spans(document):
        assert 0 <= span.start <= span.end <= len(text), (name, span)
    for field in document.front_matter.fields:
        assert document.text_of(field.key_span).lower() == field.name
        assert "".join(field.value.split()) == "".join(document.text_of(field.value_span).split())
    for heading in document.headings:
        assert heading.span.covers(heading.text_span)
        assert not document.text_of(heading.text_span)[:1].isspace()
    for citation in document.citations:
        written = document.text_of(citation.span)
        opened = "@" if citation.narrative else "["
        assert citation.malformed or written.lstrip("-")[0] == opened, written
        for cite in citation.cites:
            assert document.text_of(cite.key_span) == cite.key
            assert citation.span.covers(cite.key_span)
    for name in document.bare_names:
        assert document.text_of(name.key_span) == name.key
    for block in document.blocks:
        assert document.text_of(block.name_span) == block.name
        assert document.text_of(block.title_span) == block.title
        assert block.span.covers(block.body_span) or not block.closed
        assert document.text_of(block.span).lstrip(" ").startswith("///")
        for option in block.options.values():
            assert option.name in document.text_of(option.name_span)
    for fence in document.fences:
        assert document.text_of(fence.span).startswith("//")
    for term in document.terms:
        assert document.text_of(term.span)[:2] + document.text_of(term.span)[-2:] == "[[]]"
        assert " ".join(document.text_of(term.name_span).split()) == term.name
    for link in document.links:
        assert document.text_of(link.span)[0] in "[<"
        assert link.target.removeprefix("mailto:") in document.text_of(link.target_span)
    for image in document.images:
        assert document.text_of(image.span).startswith("![")
        assert image.target in document.text_of(image.target_span)
    for tag in document.raw_tags:
        assert document.text_of(tag.span).startswith("<")
    for comment in document.comments:
        assert document.text_of(comment).startswith("<!--")
    assert len(document.masked) == len(document.shown) == len(text)
    for passage in document.passages:
        last = passage.span.start
        for sentence in passage.sentences:
            assert passage.span.covers(sentence)
            assert sentence.start >= last
            assert document.text_of(sentence) == document.text_of(sentence).strip() != ""
            last = sentence.end


def constructs(document: Document) -> list[Construct]:
    """List what a document holds, in the order of kinds and of the text."""
    found: list[tuple[str, str, Span]] = [
        *(("field", f"{f.name}: {f.value}", f.value_span) for f in document.front_matter.fields),
        *(("heading", f"{h.level} {h.text} #{h.id}", h.text_span) for h in document.headings),
        *(
            ("cite", f"{c.prefix}|{c.key}|{c.locator}|{c.suffix}", c.key_span)
            for c in document.cites
        ),
        *(("malformed", c.malformed, c.span) for c in document.citations if c.malformed),
        *(("broken cite", "", span) for span in document.broken_citations),
        *(("bare name", name.key, name.key_span) for name in document.bare_names),
        *(("block", f"{b.name} | {b.title}", b.name_span) for b in document.blocks),
        *(
            ("option", f"{option.name}: {option.value}", option.name_span)
            for block in document.blocks
            for option in block.options.values()
        ),
        *(("fence", f.reason, f.span) for f in document.fences),
        *(("term", f"{t.shown}|{t.name}", t.name_span) for t in document.terms),
        *(("link", f"{_fold(link.text)} → {link.target}", link.span) for link in document.links),
        *(("image", f"{_fold(i.alt)} → {i.target}", i.span) for i in document.images),
        *(("table", "", span) for span in document.tables),
        *(("tag", tag.name, tag.span) for tag in document.raw_tags),
        *(("comment", "", span) for span in document.comments),
        *(("allowance", f"{a.code}: {a.reason} → {a.line}", a.span) for a in document.allowances),
        *(("passage", f"{p.kind} in {p.section}", p.span) for p in document.passages),
        *(("code", "", span) for span in document.indented_code),
    ]
    return [(kind, value, *document.index.position(span.start)) for kind, value, span in found]


def _spans(document: Document) -> Iterator[tuple[str, Span]]:
    for field in document.front_matter.fields:
        yield from (("key", field.key_span), ("value", field.value_span))
    for heading in document.headings:
        yield from (("heading", heading.span), ("heading", heading.text_span))
    for citation in document.citations:
        yield "citation", citation.span
    for block in document.blocks:
        yield from (("block", block.span), ("body", block.body_span), ("title", block.title_span))
        for option in block.options.values():
            yield from (("option", option.name_span), ("option", option.value_span))
            yield from (("member", span) for _, span in option.items)
        if block.options_fault:
            yield "options fault", block.options_fault[1]
    yield from (("link", span) for link in document.links for span in (link.span, link.target_span))
    yield from (("image", image.span) for image in document.images)
    yield from (("passage", passage.span) for passage in document.passages)
    yield from (("tag", tag.span) for tag in document.raw_tags)
    yield from (("span", span) for span in (*document.comments, *document.tables))
    yield from (("span", span) for span in (*document.indented_code, *document.too_deep))
    yield from (("span", span) for span in (*document.broken_citations, *document.nested_headings))
    yield from (("span", span) for span in document.front_matter.stray)


def _fold(words: str) -> str:
    return " ".join(words.split())
