"""HEAD: headings and the anchors that readers link to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.source import Document
from wellsourced.source.spans import Span
from wellsourced.source.structure import BLANK

_ID = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_BLANK_ID = re.compile(r"\{#(?P<id>[^{}]*\s[^{}]*)\}$")
_RESERVED = re.compile(r"references|contents|main|(?:ref|cite|product)-.*|source-\d+|.*-heading")


@rule("HEAD001")
def second_title(document: Document, site: Site) -> Iterator[Finding]:
    """A heading of the first level stands in the text.

    The page's title is its one first-level heading; a second one makes two pages of it for
    screen readers and search engines.

    Wrong: `# Benefits`
    Right: `## Benefits`
    """
    for heading in document.headings:
        if heading.level == 1:
            yield Finding(heading.span, "The title is the only heading of level 1.", 'use "##"')


@rule("HEAD002")
def skipped_level(document: Document, site: Site) -> Iterator[Finding]:
    """A heading skips a level.

    Who moves by headings looks for the level between, and thinks that something is missing.

    Wrong: `## Risks` and then `#### Bruises`.
    Right: `## Risks` and then `### Bruises`.
    """
    before = 1
    for heading in document.headings:
        if heading.level > before + 1:
            yield Finding(
                heading.span,
                f"A heading of level {heading.level} follows one of level {before}.",
                f"use {'#' * (before + 1)}",
            )
        before = heading.level


@rule("HEAD003")
def shared_id(document: Document, site: Site) -> Iterator[Finding]:
    """Two headings have one id.

    A link to it always leads to the first; the second cannot be linked to.

    Wrong: two headings `## Risks`.
    Right: `## Risks {#risks}` and `## Risks at home {#home-risks}`.
    """
    seen: dict[str, int] = {}
    for heading in document.headings:
        if heading.level not in (2, 3):
            continue
        line = document.index.position(heading.span.start)[0]
        if heading.id in seen:
            yield Finding(
                heading.span,
                f'The id "{heading.id}" is already that of line {seen[heading.id]}.',
                "give this heading an id of its own, such as {#new-id}",
            )
        seen.setdefault(heading.id, line)


@rule("HEAD004")
def heading_without_content(document: Document, site: Site) -> Iterator[Finding]:
    """Nothing stands under a heading.

    The contents list promises a section that does not exist.

    Wrong: `## Benefits` and then at once `## Risks`.
    Right: text under each heading, or no heading.
    """
    for number, heading in enumerate(document.headings):
        following = document.headings[number + 1 : number + 2]
        if following and following[0].level > heading.level:
            continue
        end = following[0].span.start if following else len(document.text)
        between = document.masked[heading.span.end : end].strip(f" \t\r\n{BLANK}")
        block = any(heading.span.end <= b.span.start < end for b in document.blocks)
        if not between and not block:
            spans = [item.span for item in document.links] + [i.span for i in document.images]
            if not any(heading.span.end <= span.start < end for span in spans):
                yield Finding(
                    heading.span,
                    "Nothing stands under this heading.",
                    "write the section, or take it out",
                )


@rule("HEAD005")
def empty_heading(document: Document, site: Site) -> Iterator[Finding]:
    """A heading has no words.

    Screen readers announce a heading and then nothing.

    Wrong: `## {#risks}`
    Right: `## Risks {#risks}`
    """
    for heading in document.headings:
        if not heading.text:
            yield Finding(
                heading.span, "This heading has no words.", "write its words, or take it out"
            )


@rule("HEAD006")
def unusable_id(document: Document, site: Site) -> Iterator[Finding]:
    """A heading's id cannot be used in a link, or belongs to the page itself.

    Blanks and capitals break links; `references`, `ref-…`, `cite-…` and `product-…` are the
    page's own anchors.

    Wrong: `## Risks {#The Risks}` or `## Sources {#references}`
    Right: `## Risks {#risks}`
    """
    for heading in document.headings:
        if blank := _BLANK_ID.search(heading.text):
            yield Finding(
                heading.span,
                f'"{blank["id"]}" cannot be an id.',
                "use small letters, digits and hyphens, a letter first",
            )
        elif heading.explicit_id and not _ID.fullmatch(heading.id):
            yield Finding(
                heading.span,
                f'"{heading.id}" cannot be an id.',
                "use small letters, digits and hyphens, a letter first",
            )
        elif (
            document.kind == "article"
            and heading.level in (2, 3)
            and _RESERVED.fullmatch(heading.id)
        ):
            yield Finding(
                heading.span,
                f'The id "{heading.id}" belongs to the page itself.',
                "give the heading another id, such as {#sources-used}",
            )


@rule("HEAD007")
def heading_in_block(document: Document, site: Site) -> Iterator[Finding]:
    """A heading stands inside a block.

    It gets no anchor, no line in the contents, and breaks the order of sections.

    Wrong: `### When to stop` inside `/// warning`.
    Right: `/// warning | When to stop`
    """
    for heading in document.headings:
        block = next(document.blocks_around(heading.span.start), None)
        if block:
            yield Finding(
                heading.span,
                f'A heading stands inside the block "{block.name}".',
                "use the block's title, or move the heading out",
            )


@rule("HEAD008")
def no_blank_after_marks(document: Document, site: Site) -> Iterator[Finding]:
    """A heading's marks are not followed by a blank.

    Some readers of Markdown take it for text, and writers see a heading where there is none.

    Wrong: `##Risks`
    Right: `## Risks`
    """
    for heading in document.headings:
        marks = re.match(r"#+", document.text[heading.span.start :])
        if marks and heading.text_span.start == heading.span.start + marks.end() and heading.text:
            at = heading.span.start
            yield Finding(
                Span(at, at + marks.end()),
                "No blank stands after these marks.",
                f'write "{marks[0]} "',
                f"{marks[0]} ",
            )
