"""Convert Markdown in less time, to the same bytes: an extension of Python-Markdown.

    markdown.Markdown(extensions=["extra", "toc", SparingExtension()])
    markdown.markdown(text, extensions=["extra", "wellsourced.rendering.sparing"])

Python-Markdown tries every inline pattern on every stretch of text and asks every block processor
about every block, and most hold no markup at all. Here only text is looked at that holds what the
expression cannot match without; what that is is read off the expression, so that patterns of other
extensions are spared too, whatever the order of extensions. Texts without anything to unescape or
to put in are left as they are, and the tree is written with fewer steps. What another extension has
put in the place of a part of Python-Markdown stays in that place.

It needs nothing but Python-Markdown 3.11 and Python 3.11.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown, inlinepatterns, serializers, util
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import (
    InlineProcessor,
    PrettifyTreeprocessor,
    UnescapeTreeprocessor,
)

from . import block_tests
from .needs import frequency, needed
from .serializing import to_html, to_xhtml

Step = tuple[Any, frozenset[str], frozenset[str], Callable[[str], bool] | None]
"""A pattern, characters and texts of which its matches hold one, what tells a text without any."""

_LINKS = (inlinepatterns.LinkInlineProcessor, inlinepatterns.ImageInlineProcessor)
_REFERENCES = (
    inlinepatterns.ReferenceInlineProcessor,
    inlinepatterns.ShortReferenceInlineProcessor,
    inlinepatterns.ImageReferenceInlineProcessor,
    inlinepatterns.ShortImageReferenceInlineProcessor,
)
_SERIALIZERS: Mapping[Callable[[Element], str], Callable[[Element], str]] = {
    serializers.to_html_string: to_html,
    serializers.to_xhtml_string: to_xhtml,
}


class SparingExtension(Extension):
    """Put the sparing parts in the places of Python-Markdown's own."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Wait until all extensions have registered what they bring."""
        md.preprocessors.register(_Takeover(md), "sparing", 1000)


def makeExtension(**options: Any) -> SparingExtension:  # noqa: N802
    """Give the extension, as Python-Markdown asks for it by the name of this module."""
    return SparingExtension(**options)


class _Takeover(Preprocessor):
    """Take the places of what is Python-Markdown's own when a conversion begins."""

    def run(self, lines: list[str]) -> list[str]:
        for processor in self.md.treeprocessors:
            # The passes that other extensions register of the same class are as good.
            if type(processor) is InlineProcessor:
                processor.__class__ = SparingInlineProcessor
            elif type(processor) is UnescapeTreeprocessor:
                processor.__class__ = SparingUnescaper
            elif type(processor) is PrettifyTreeprocessor:
                processor.__class__ = SparingPrettifier
        block_tests.spare(self.md)
        self.md.serializer = _SERIALIZERS.get(self.md.serializer, self.md.serializer)
        return lines


class SparingInlineProcessor(InlineProcessor):
    """The pass over inline text, patterns that cannot match left out."""

    _steps: tuple[Step, ...]
    _needed: frozenset[str]
    _all_need: bool

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the patterns as they are registered by now."""
        self._steps = tuple(map(_step, self.inlinePatterns))
        self._needed = frozenset().union(*(characters for _, characters, _, _ in self._steps))
        self._all_need = all(characters for _, characters, _, _ in self._steps)
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(  # noqa: N802
        self, data: str, patternIndex: int = 0  # noqa: N803
    ) -> str:  # fmt: skip
        """Process a text as the parent class does, from the pattern at `patternIndex` on."""
        if isinstance(data, util.AtomicString):
            return data
        held = frozenset(data)
        if self._all_need and self._needed.isdisjoint(held):
            return data
        for index, (pattern, characters, texts, is_idle) in enumerate(
            self._steps[patternIndex:], patternIndex
        ):
            if (characters and characters.isdisjoint(held)) or (is_idle and is_idle(data)):
                continue
            matched, start, before = True, 0, data
            while matched and (not texts or any(data.find(one, start) >= 0 for one in texts)):
                data, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]
                    pattern, data, index, start
                )
            if data is not before:
                held = frozenset(data)
        return data

    def _InlineProcessor__processPlaceholders(  # noqa: N802
        self, data: str | None, parent: Element, isText: bool = True  # noqa: N803
    ) -> list[tuple[Element, list[str]]]:  # fmt: skip
        """Put text that holds no placeholder where it belongs."""
        if data and util.INLINE_PLACEHOLDER_PREFIX in data:
            found: list[tuple[Element, list[str]]]
            found = super()._InlineProcessor__processPlaceholders(data, parent, isText)  # type: ignore[misc]
            return found
        if data and isText:
            parent.text = parent.text + data if parent.text else data
        elif data:
            parent.tail = parent.tail + data if parent.tail else data
        return []


class SparingUnescaper(UnescapeTreeprocessor):
    """Put escaped characters back, looking only at texts that hold some."""

    def unescape(self, text: str) -> str:
        """Put the escaped characters of a text back."""
        return super().unescape(text) if util.STX in text else str(text)


class SparingPrettifier(PrettifyTreeprocessor):
    """Break lines between blocks, asking once what kind of element a tag is."""

    def run(self, root: Element) -> None:
        """Break the lines of a tree."""
        self._blocks: dict[Any, bool] = {}
        super().run(root)

    def _prettifyETree(self, elem: Element) -> None:  # noqa: N802
        if self._is_block(elem.tag) and elem.tag not in ("code", "pre"):
            if (
                (not elem.text or not elem.text.strip())
                and len(elem)
                and self._is_block(elem[0].tag)
            ):
                elem.text = "\n"
            for child in elem:
                if self._is_block(child.tag):
                    self._prettifyETree(child)
        if not elem.tail or not elem.tail.strip():
            elem.tail = "\n"

    def _is_block(self, tag: Any) -> bool:
        known = self._blocks.get(tag)
        if known is None:
            known = self._blocks[tag] = self.md.is_block_level(tag)
        return known


def _step(pattern: Any) -> Step:
    kind = type(pattern)
    is_idle: Callable[[str], bool] | None = None
    if kind in _LINKS:
        is_idle = _has_no_link
    elif kind in _REFERENCES and not pattern.md.references:
        is_idle = _is_any
    texts = needed(pattern.getCompiledRegExp())
    return pattern, frozenset(min(one, key=frequency) for one in texts), texts, is_idle


def _has_no_link(text: str) -> bool:
    return "](" not in text


def _is_any(text: str) -> bool:
    del text
    return True
