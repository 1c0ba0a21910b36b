"""Convert Markdown in less time, to the same bytes: an extension of Python-Markdown.

    markdown.Markdown(extensions=["extra", "toc", SparingExtension()])
    markdown.markdown(text, extensions=["extra", "wellsourced.rendering.sparing"])

Python-Markdown tries every inline pattern on every stretch of text, and most hold no markup at
all. Here a pattern is tried only on text with a character that its expression cannot match
without; which ones these are is read off the expression, so that patterns of other extensions are
spared too, whatever the order of extensions. Texts without anything to unescape or to put in are
left as they are, and the tree is written with fewer steps. What another extension has put in the
place of a part of Python-Markdown stays in that place.

It needs nothing but Python-Markdown 3.11 and Python 3.11.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown import Markdown, inlinepatterns, serializers, util
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor

try:
    from re import _parser as expressions  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    expressions = None
    """Where Python does not tell how an expression is built, every pattern is tried."""

Step = tuple[Any, frozenset[str], Callable[[str], bool] | None]
"""A pattern, the characters of which its matches hold one, and what tells a text without any."""

_LINKS = (inlinepatterns.LinkInlineProcessor, inlinepatterns.ImageInlineProcessor)
_REFERENCES = (
    inlinepatterns.ReferenceInlineProcessor,
    inlinepatterns.ShortReferenceInlineProcessor,
    inlinepatterns.ImageReferenceInlineProcessor,
    inlinepatterns.ShortImageReferenceInlineProcessor,
)
_UNPAIRED = frozenset(HTML_EMPTY)
_BOOLEAN = serializers.BOOLEAN_ATTRIBUTES["html"]  # type: ignore[attr-defined]


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
        self.md.serializer = _SERIALIZERS.get(self.md.serializer, self.md.serializer)
        return lines


class SparingInlineProcessor(InlineProcessor):
    """The pass over inline text, patterns that cannot match left out."""

    _steps: tuple[Step, ...]

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the patterns as they are registered by now."""
        self._steps = tuple(map(_step, self.inlinePatterns))
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(  # noqa: N802
        self, data: str, patternIndex: int = 0  # noqa: N803
    ) -> str:  # fmt: skip
        """Process a text as the parent class does, from the pattern at `patternIndex` on."""
        if isinstance(data, util.AtomicString):
            return data
        held = frozenset(data)
        for index, (pattern, needed, is_idle) in enumerate(
            self._steps[patternIndex:], patternIndex
        ):
            if (needed and needed.isdisjoint(held)) or (is_idle and is_idle(data)):
                continue
            matched, start, before = True, 0, data
            while matched:
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


def _step(pattern: Any) -> Step:
    kind = type(pattern)
    is_idle: Callable[[str], bool] | None = None
    if kind in _LINKS:
        is_idle = _has_no_link
    elif kind in _REFERENCES and not pattern.md.references:
        is_idle = _is_any
    return pattern, needed(pattern.getCompiledRegExp()), is_idle


def _has_no_link(text: str) -> bool:
    return "](" not in text


def _is_any(text: str) -> bool:
    del text
    return True


@cache
def needed(expression: re.Pattern[str]) -> frozenset[str]:
    """Give characters of which every match holds at least one; none when nothing can be said.

    What is looked at around a match counts as held: it is in the same text.
    """
    if expressions is None:  # pragma: no cover
        return frozenset()
    found = _of_all(expressions.parse(expression.pattern, expression.flags))
    if expression.flags & re.IGNORECASE and any(one.upper() != one.lower() for one in found):
        return frozenset()
    return found


def _of_all(items: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """Choose among what the parts of a sequence need: what is rarest in running text."""
    needs = [found for item in items if (found := _of(*item))]
    return min(needs, key=lambda one: (max(map(_frequency, one)), len(one)), default=frozenset())


def _frequency(character: str) -> int:
    return 2 if character == " " or character.isalnum() else int(character in ".,\n\"'")


def _of(kind: Any, told: Any) -> frozenset[str]:
    """Give what one part of an expression needs."""
    match str(kind):
        case "LITERAL":
            return frozenset(chr(told))
        case "IN" if all(str(one) == "LITERAL" for one, _ in told):
            return frozenset(chr(code) for _, code in told)
        case "BRANCH":
            return _of_any(told[1])
        case "SUBPATTERN" if not told[1] & re.IGNORECASE:
            return _of_all(told[3])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT" if told[0]:
            return _of_all(told[2])
        case "ATOMIC_GROUP":
            return _of_all(told)
        case "ASSERT":
            return _of_all(told[1])
    return frozenset()


def _of_any(branches: Iterable[Iterable[tuple[Any, Any]]]) -> frozenset[str]:
    """Join what alternatives need; nothing when one of them needs nothing."""
    needs = [_of_all(branch) for branch in branches]
    return frozenset().union(*needs) if all(needs) else frozenset()


def to_html(root: Element) -> str:
    """Write a tree as Python-Markdown's `to_html_string` does."""
    return _written(root, ">", _BOOLEAN) or serializers.to_html_string(root)


def to_xhtml(root: Element) -> str:
    """Write a tree as Python-Markdown's `to_xhtml_string` does."""
    return _written(root, " />", frozenset()) or serializers.to_xhtml_string(root)


_SERIALIZERS: Mapping[Callable[[Element], str], Callable[[Element], str]] = {
    serializers.to_html_string: to_html,
    serializers.to_xhtml_string: to_xhtml,
}


def _written(root: Element, end: str, bare: frozenset[str]) -> str:
    """Write a tree of plain elements; nothing when there are others in it.

    `end` is how tags end of elements that hold nothing, `bare` are attributes that are written
    without their value where it is their name.
    """
    parts: list[str] = []
    write = parts.append
    stack: list[Element | str] = [root]
    while stack:
        element = stack.pop()
        if isinstance(element, str):
            write(element)
            continue
        tag = element.tag
        if type(tag) is not str or not _is_plain(tag):
            return ""
        write(f"<{tag}")
        items = element.items()
        for name, value in sorted(items) if len(items) > 1 else items:
            if type(name) is not str or not isinstance(value, str):
                return ""
            value = _escaped(value)
            if '"' in value:
                value = value.replace('"', "&quot;")
            write(f" {name}" if name == value and name in bare else f' {name}="{value}"')
        if element.tail:
            stack.append(_escaped(element.tail))
        if tag in _UNPAIRED:
            write(end)
            if end != ">":
                continue
        else:
            write(">")
            stack.append(f"</{tag}>")
        if element.text:
            write(_escaped(element.text))
        stack.extend(reversed(element))
    return "".join(parts)


def _escaped(text: str) -> str:
    if "&" in text:
        text = serializers.RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


@cache
def _is_plain(tag: str) -> bool:
    """Tell whether what a tag holds is escaped, and its name written as it is."""
    return tag == tag.lower() and tag not in ("script", "style")
