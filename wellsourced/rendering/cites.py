"""Render citations and glossary terms as Python-Markdown inline patterns.

Both run after code, escapes, links and raw HTML were taken out (priorities below 90), and
never inside a link.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from wellsourced.citations.numbering import Cite
from wellsourced.citations.short_names import short_name
from wellsourced.library import glossary
from wellsourced.rendering.sources import Sources
from wellsourced.source import citation
from wellsourced.source.inline import TERM


class CitationProcessor(InlineProcessor):
    """Turn `[see @key, p. 3]` and `@key [p. 3]` into links to the reference list.

    A bracket becomes a superscript bracket of numbers; a key in running text the name of its
    author before one. Beside each link a button opens the preview of its source, which is the
    entry of the reference list itself (popover, HTML § 6.12).
    """

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, sources: Sources) -> None:
        super().__init__(rf"\[(?!\[)|{citation.NARRATIVE}", md)
        md.ESCAPED_CHARS.append("@")
        self.sources = sources
        self.numbers: Mapping[str, int] = {}

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        read = citation.match if m[0] == "[" else citation.match_narrative
        found = read(data, m.start())
        if found is None or found.malformed or any(c.key not in self.numbers for c in found.cites):
            return None, None, None
        if found.narrative and not citation.is_key(found.cites[0].key, self.sources.entries):
            return None, None, None
        sup = Element("sup", {"class": "cites"})
        sup.text = "["
        for position, cite in enumerate(found.cites):
            _put(sup, "" if position == 0 else ", ")
            self._append(sup, cite)
        _put(sup, "]")
        if not found.narrative or found.cites[0].suppress_author:
            return sup, found.span.start, found.span.end
        named = Element("span", {"class": "cited"})
        named.text = AtomicString(self._name(found.cites[0].key))
        named.append(sup)
        return named, found.span.start, found.span.end

    def _name(self, key: str) -> str:
        reference = self.sources.library.references.get(key)
        return short_name(reference) if reference else key

    def _append(self, sup: Element, cite: citation.Cite) -> None:
        number, words = self.numbers[cite.key], self.sources.words
        _put(sup, f"{cite.prefix} " if cite.prefix else "")
        link = SubElement(
            sup,
            "a",
            {
                "role": "doc-biblioref",
                "href": f"#ref-{cite.key}",
                "aria-label": words.gettext("Reference %(number)s", number=number),
            },
        )
        link.text = AtomicString(str(number))
        SubElement(
            sup,
            "button",
            {
                "type": "button",
                "popovertarget": f"ref-{cite.key}",
                "aria-label": words.gettext("About reference %(number)s", number=number),
            },
        )
        for more in (cite.locator, cite.suffix):
            _put(sup, f", {more}" if more else "")


def _put(parent: Element, words: str) -> None:
    """Append words after the last child of an element."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words


def name_occurrences(root: Element, cites: Sequence[Cite]) -> None:
    """Give each cite link, in the order of the tree, the id that its numbering gives it."""
    links = (link for link in root.iter("a") if link.get("role") == "doc-biblioref")
    for link, cite in zip(links, cites, strict=False):
        link.set("id", cite.id)


def bind_to_words(root: Element) -> None:
    """Take the blank before each citation away, so that it stays on the line of its word."""
    for parent in list(root.iter()):
        before: Element | None = None
        for child in parent:
            if child.tag == "sup" and child.get("class") == "cites":
                if before is not None:
                    before.tail = (before.tail or "").rstrip()
                else:
                    parent.text = (parent.text or "").rstrip()
            before = child


class TermProcessor(InlineProcessor):
    """Turn `[[shown|term]]` into a link to the glossary."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, sources: Sources) -> None:
        super().__init__(TERM, md)
        self.sources = sources

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        del data
        shown, name = " ".join(m["shown"].split()), " ".join((m["name"] or m["shown"]).split())
        term = glossary.find(self.sources.library.terms, name)
        if term is None:
            return None, None, None
        link = Element("a", {"class": "term", "href": self.sources.url(f"/glossary/#{term.id}")})
        link.text = shown
        return link, m.start(0), m.end(0)
