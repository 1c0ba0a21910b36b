"""Render a Document to HTML with Python-Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import LINE_BREAK_RE, SubstituteTagInlineProcessor
from markdown.postprocessors import RawHtmlPostprocessor
from markdown.treeprocessors import Treeprocessor

from wellsourced.citations.numbering import Numbering
from wellsourced.diagnostics import Diagnostic
from wellsourced.library.anchors import Anchors
from wellsourced.rendering import links, sections, stamps, tables, words
from wellsourced.rendering.blocks import Blocks
from wellsourced.rendering.cites import (
    CitationProcessor,
    TermProcessor,
    bind_to_words,
    name_occurrences,
)
from wellsourced.rendering.sections import Entry
from wellsourced.rendering.sources import Sources
from wellsourced.rendering.sparing import SparingExtension
from wellsourced.source import language
from wellsourced.source.document import Document

_SYNTAX = ("fenced_code", "tables", "sane_lists")


@dataclass(frozen=True, slots=True)
class Rendering:
    """A document's body as HTML, its contents list, and where the renderer disagreed."""

    html: str
    contents: tuple[Entry, ...]
    diagnostics: tuple[Diagnostic, ...]


class Renderer:
    """Render documents one after another over one set of sources, each in its language."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._syntax = _Syntax(sources)
        self._markdown = Markdown(
            extensions=[*_SYNTAX, self._syntax, SparingExtension()], output_format="html"
        )
        self._others: dict[str, Renderer] = {}

    def render(
        self, document: Document, numbering: Numbering, anchors: Anchors | None
    ) -> Rendering:
        """Render one document; `numbering` is that of its cites."""
        if (tag := language.of(document)) != self._sources.words.tag:
            try:
                return self._speaking(tag).render(document, numbering, anchors)
            except LookupError:
                return Rendering("", (), (stamps.unspoken(document, tag),))
        self._markdown.reset()
        self._syntax.start(document, numbering, anchors)
        contents = sections.contents(document.headings)
        try:
            html = self._markdown.convert(document.body.replace("\r\n", "\n").replace("\r", "\n"))
        except RecursionError:
            return Rendering("", contents, (stamps.unrenderable(document),))
        return Rendering(html, contents, tuple(self._syntax.found))

    def _speaking(self, tag: str) -> Renderer:
        """Give a renderer of another language; raises `LookupError` when the theme lacks it."""
        spoken = words.load(self._sources.components.theme, tag)
        known = self._others.get(tag)
        if known is None or known._sources.words is not spoken:
            known = self._others[tag] = Renderer(self._sources.speaking(spoken))
        return known


def prose(markdown: str) -> str:
    """Render a short Markdown text that holds no cites, terms or blocks."""
    return Markdown(extensions=["sane_lists"], output_format="html").convert(markdown)


class _Syntax(Extension):
    """Add our constructs to Python-Markdown."""

    def __init__(self, sources: Sources) -> None:
        super().__init__()
        self.sources = sources
        self.blocks = Blocks(sources)
        self.found: list[Diagnostic] = []
        self.anchors: Anchors | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the inline patterns, the blocks and the two passes over the tree."""
        self.citations = CitationProcessor(md, self.sources)
        md.inlinePatterns.register(self.citations, "citation", 85)
        # After cites: what a line break leaves behind would hide the one that follows it.
        line_break = SubstituteTagInlineProcessor(LINE_BREAK_RE, "br")
        md.inlinePatterns.register(line_break, "linebreak", 75)
        md.inlinePatterns.register(TermProcessor(md, self.sources), "term", 86)
        self.blocks.extendMarkdown(md)
        # After inline patterns (20) and before the tree is prettified (10).
        md.treeprocessors.register(_Arrange(md, self), "arrange", 15)
        md.postprocessors.register(_RawHtml(md), "raw_html", 30)
        # After escapes are resolved (0): what is serialized here is not touched again.
        md.treeprocessors.register(_Finish(md, self), "finish", -10)

    def start(self, document: Document, numbering: Numbering, anchors: Anchors | None) -> None:
        """Begin a document."""
        self.document = document
        self.numbering = numbering
        self.citations.numbers = numbering.numbers
        self.anchors = anchors
        self.found.clear()
        self.blocks.start(document)


class _Arrange(Treeprocessor):
    """Check the stamps, then number cites and build sections, tables and links."""

    def __init__(self, md: Markdown, syntax: _Syntax) -> None:
        super().__init__(md)
        self.syntax = syntax

    def run(self, root: Element) -> None:
        syntax = self.syntax
        syntax.found.extend(stamps.compare(syntax.document, syntax.sources.library, root))
        name_occurrences(root, syntax.numbering.cites)
        bind_to_words(root)
        links.address(root, syntax.sources, syntax.document)
        heirs = _heirs(syntax.anchors)
        sections.wrap(root, syntax.document.headings, heirs, syntax.sources.words)
        tables.mark(root, _table_names(root, syntax.sources.words.gettext("Table")))


class _RawHtml(RawHtmlPostprocessor):
    """Put raw HTML back without its comments: they are notes of editors to the checks."""

    def isblocklevel(self, html: str) -> bool:
        return not html or super().isblocklevel(html)

    def stash_to_string(self, text: str) -> str:
        html = super().stash_to_string(text)
        return "" if html.startswith("<!--") else html


class _Finish(Treeprocessor):
    """Render the component blocks through the theme."""

    def __init__(self, md: Markdown, syntax: _Syntax) -> None:
        super().__init__(md)
        self.syntax = syntax

    def run(self, root: Element) -> None:
        self.syntax.blocks.finish(root, self.md)


def _heirs(anchors: Anchors | None) -> Mapping[str, Sequence[str]]:
    """Turn redirects around: mapping heir → the old ids that lead to it."""
    heirs: dict[str, list[str]] = {}
    for old, heir in (anchors.redirects if anchors else {}).items():
        heirs.setdefault(heir, []).append(old)
    return heirs


def _table_names(root: Element, otherwise: str) -> list[str]:
    """Name each table after the caption or heading that stands before it, in tree order."""
    names: list[str] = []
    last = otherwise
    for element in root.iter():
        if element.tag in ("h2", "h3", "figcaption"):
            words = "".join(element.itertext()).strip().removesuffix("#").strip()
            last = words.partition(". ")[0] or last
        elif element.tag == "table":
            names.append(last)
    return names
