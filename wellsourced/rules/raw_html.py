"""HTM: raw HTML in the text."""

from __future__ import annotations

from collections.abc import Iterator

from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.source import Document
from wellsourced.source.spans import Span

INLINE = frozenset("abbr b br cite code dfn em i kbd mark q s small strong sub sup var wbr".split())


@rule("HTM001")
def html_block(document: Document, site: Site) -> Iterator[Finding]:
    """A block of raw HTML stands in the text.

    Markdown passes it on unread: cites in it are not numbered, links not checked, and a
    script or a frame would call others.

    Wrong: `<div class="note">Ask first.</div>`
    Right: `/// warning | Ask first`
    """
    seen: set[int] = set()
    for tag in document.raw_tags:
        line = document.index.position(tag.span.start)[0]
        if tag.block_level and line not in seen and not tag.name.startswith("/"):
            seen.add(line)
            yield Finding(
                tag.span,
                f"A block of raw HTML begins here: <{tag.name}>.",
                "use Markdown or a /// block",
            )


@rule("HTM002")
def html_tag(document: Document, site: Site) -> Iterator[Finding]:
    """A raw HTML tag in a sentence is not one of the harmless ones.

    Pictures, links, scripts and styles written as HTML escape every check.

    Wrong: `<img src="needle.png">` or `<a href="x.html">`
    Right: `H<sub>2</sub>O`; pictures and links in Markdown.
    """
    for tag in document.raw_tags:
        if not tag.block_level and tag.name.lstrip("/") not in INLINE:
            yield Finding(
                tag.span, f"<{tag.name}> is not allowed in the text.", "write it in Markdown"
            )


@rule("HTM003")
def html_attribute(document: Document, site: Site) -> Iterator[Finding]:
    """A harmless tag carries attributes.

    Styles, handlers and ids written by hand break the page's own.

    Wrong: `<sub style="color: red">2</sub>`
    Right: `<sub>2</sub>`; `<abbr title="…">` may have its title.
    """
    for tag in document.raw_tags:
        written = document.text_of(tag.span).strip("</>").split(None, 1)
        name = tag.name.lstrip("/")
        if tag.block_level or name not in INLINE or len(written) < 2:
            continue
        if written[1].strip(" /") and not (name == "abbr" and written[1].startswith("title=")):
            yield Finding(
                tag.span, f"<{name}> may carry no attributes.", f"write <{name}>", f"<{name}>"
            )


@rule("HTM004")
def open_comment(document: Document, site: Site) -> Iterator[Finding]:
    """A comment opens and never closes.

    Everything after it disappears from the page.

    Wrong: `<!-- check this`
    Right: `<!-- check this -->`
    """
    start = document.masked.find("<!--", document.front_matter.body_start)
    if start != -1:
        yield Finding(Span(start, start + 4), "This comment never closes.", 'add "-->" at its end')
