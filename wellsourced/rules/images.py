"""IMG: figures and pictures, and what stands for them when they cannot be seen."""

from __future__ import annotations

from collections.abc import Iterator

from wellsourced.diagnostics import Severity
from wellsourced.library.shape_check import nearest
from wellsourced.rules.block_kinds import block_of
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.source import Document, pictures
from wellsourced.source.spans import Span
from wellsourced.source.structure import BLANK

_IMAGES = "{static}/images/"


@rule("IMG001")
def no_alternative(document: Document, site: Site) -> Iterator[Finding]:
    """A picture has no text alternative.

    Who cannot see it learns nothing (WCAG 2.2, criterion 1.1.1).

    Wrong: `![]({static}/images/needle.svg)` or a figure without `alt:`.
    Right: `alt: A gloved hand holds a thin needle.`
    """
    for image in document.images:
        if not image.alt.strip():
            yield Finding(image.span, "This picture has no text alternative.", "say what it shows")
    for block in block_of(document, "figure"):
        option = block.options.get("alt")
        if not block.options_fault and (option is None or not str(option.value or "").strip()):
            span = option.name_span if option else block.name_span
            yield Finding(
                span, "This figure has no text alternative.", 'add "alt: …": say what it shows'
            )


@rule("IMG002")
def missing_picture(document: Document, site: Site) -> Iterator[Finding]:
    """A picture's file does not exist.

    Readers see a broken frame.

    Wrong: `src: nedle.svg`
    Right: `src: needle.svg`, a file under images/.
    """
    for use in pictures.uses(document):
        if use.shown and use.name not in site.pictures:
            yield Finding(
                use.span,
                f'There is no picture "images/{use.name}".',
                nearest(use.name, site.pictures) or "put the file into images/",
            )


@rule("IMG003")
def foreign_picture(document: Document, site: Site) -> Iterator[Finding]:
    """A picture comes from elsewhere.

    Our pages call no third party: it would learn who reads about which illness.

    Wrong: `![A needle](https://example.org/needle.png)`
    Right: `![A needle]({static}/images/needle.svg)`
    """
    for image in document.images:
        if image.target and not image.target.startswith(_IMAGES):
            yield Finding(
                image.target_span,
                "A picture must be one of ours.",
                f"put the file into images/ and write {_IMAGES}NAME",
            )


@rule("IMG004")
def no_caption(document: Document, site: Site) -> Iterator[Finding]:
    """A figure has no caption.

    Readers must be told what they see and where it comes from.

    Wrong: `/// figure` with options and no text.
    Right: a paragraph after the options: the caption.
    """
    for block in block_of(document, "figure"):
        text = document.masked[block.body_span.start : block.body_span.end].strip(f" \t\r\n{BLANK}")
        if block.closed and not text:
            yield Finding(
                block.name_span, "This figure has no caption.", "write it after the options"
            )


@rule("IMG006", Severity.WARNING)
def says_picture(document: Document, site: Site) -> Iterator[Finding]:
    """A text alternative begins with “image of” or the like.

    Screen readers say “image” already; the reader hears it twice.

    Wrong: `alt: Image of a needle.`
    Right: `alt: A thin needle.`
    """
    for alt, span in _alternatives(document):
        if alt.lower().lstrip().startswith(("image of", "picture of", "photo of", "graphic of")):
            yield Finding(
                span, "The text alternative says that it is a picture.", "begin with what it shows"
            )


def _alternatives(document: Document) -> Iterator[tuple[str, Span]]:
    for image in document.images:
        yield image.alt, image.span
    for block in block_of(document, "figure"):
        if option := block.options.get("alt"):
            yield str(option.value or ""), option.value_span
