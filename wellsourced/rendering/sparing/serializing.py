"""Write a tree as Python-Markdown does, in fewer steps."""

from __future__ import annotations

from functools import cache
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown import serializers

_UNPAIRED = frozenset(HTML_EMPTY)
_BOOLEAN = serializers.BOOLEAN_ATTRIBUTES["html"]  # type: ignore[attr-defined]


def to_html(root: Element) -> str:
    """Write a tree as Python-Markdown's `to_html_string` does."""
    return _written(root, ">", _BOOLEAN) or serializers.to_html_string(root)


def to_xhtml(root: Element) -> str:
    """Write a tree as Python-Markdown's `to_xhtml_string` does."""
    return _written(root, " />", frozenset()) or serializers.to_xhtml_string(root)


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
