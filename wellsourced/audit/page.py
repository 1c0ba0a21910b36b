"""Read one built page: parsed once, with its elements by tag, attribute and id."""

from __future__ import annotations

import re
import string
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from wellsourced.audit import places
from wellsourced.audit.addresses import address
from wellsourced.audit.facts import fold
from wellsourced.audit.promises import Promise
from wellsourced.diagnostics import Location

Element = etree._Element
_UNSEEN = ("script", "style", "template")
_CITE = re.compile(r"\[\s*\d[\d,;\s–-]*\]")
_LETTER = re.compile(r"[A-Za-z]")
_BRACKET = re.compile(r"[\[\]]")
_MARKS = (string.punctuation + string.whitespace).encode()


@dataclass(frozen=True, slots=True)
class Context:
    """What the checks of every page go by.

    `origin` is the site's absolute base; `labelled` are the products with a drug label; `shops`
    the addresses where products are sold; `budgets` maps kind → bytes; `paths` are folders of
    this machine.
    """

    origin: str
    labelled: tuple[str, ...] = ()
    shops: tuple[str, ...] = ()
    budgets: tuple[tuple[str, int], ...] = ()
    paths: tuple[str, ...] = ()


@dataclass
class Page:
    """A built page: its key, bytes, and what was promised of it.

    `beside` maps the names of the files in its folder that belong to it to their bytes.
    Raises `ValueError` or `lxml.etree.LxmlError` when the bytes hold no document.
    """

    key: str
    data: bytes
    promise: Promise
    context: Context
    beside: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
        root = etree.fromstring(self.data, parser)
        if root is None:
            raise ValueError("it is empty")
        self.root = root
        tags: defaultdict[str, list[Element]] = defaultdict(list)
        attributes: defaultdict[str, list[Element]] = defaultdict(list)
        for element in root.iter("*"):  # no comments
            tags[str(element.tag)].append(element)
            for attribute in element.keys():  # noqa: SIM118  # an element is no mapping
                attributes[str(attribute)].append(element)
        self.tags: dict[str, list[Element]] = dict(tags)
        self.attributes: dict[str, list[Element]] = dict(attributes)
        self.ids = self.valued("id")

    @property
    def address(self) -> str:
        """Give the page's address from the root of the site."""
        return address(self.key)

    @cached_property
    def lines(self) -> list[str]:
        """Give the lines of the file."""
        return self.data.decode("utf-8", "replace").split("\n")

    @cached_property
    def main_words(self) -> str:
        """Give the words of the main part, folded."""
        return fold(self.main_text)

    @cached_property
    def main_text(self) -> str:
        """Give the text of the main part as it is written."""
        return text_seen(self.main)

    @cached_property
    def _values(self) -> dict[str, dict[str, list[Element]]]:
        return {}

    @cached_property
    def bibliography(self) -> Element | None:
        """Give the list of references that the page's cites lead to; None when it has none."""
        return next(iter(self.having("role", "doc-bibliography")), None)

    @cached_property
    def main(self) -> Element:
        """Give the page's main part, or all of it when there is none."""
        return self.first("main") if "main" in self.tags else self.root

    def all(self, *tags: str) -> list[Element]:
        """Give the elements of some tags, each tag's in document order."""
        return [one for tag in tags for one in self.tags.get(tag, ())]

    def having(self, attribute: str, value: str | None = None) -> list[Element]:
        """Give the elements that have an attribute, of that value if one is given, in order."""
        if value is None:
            return self.attributes.get(attribute, [])
        return self.valued(attribute).get(value, [])

    def valued(self, attribute: str) -> dict[str, list[Element]]:
        """Map each value of an attribute to the elements that have it, in order."""
        found = self._values.get(attribute)
        if found is None:
            found = self._values[attribute] = {}
            for element in self.attributes.get(attribute, ()):
                found.setdefault(element.get(attribute, ""), []).append(element)
        return found

    def first(self, tag: str) -> Element:
        """Give the first element of a tag. Raises `IndexError` when there is none."""
        return self.tags.get(tag, [])[0]

    def meta(self, name: str) -> str:
        """Give the content of the `<meta>` of a name or property; `""` when there is none."""
        for element in self.all("meta"):
            if name in (element.get("name"), element.get("property")):
                return element.get("content") or ""
        return ""

    def at(self, element: Element, words: str | None = None, nth: int = 0) -> Location:
        """Give the place of some words in an element's start tag, or of the tag itself."""
        words = f"<{element.tag}" if words is None else words
        return places.find(self.key, self.lines, line_of(element), words, nth)


def line_of(element: Element) -> int:
    """Give the line of an element's start tag."""
    return int(str(element.sourceline or 1))


def text_of(element: Element | None) -> str:
    """Give all text of an element; `""` for none."""
    return "" if element is None else "".join(str(one) for one in element.itertext())


def words(element: Element) -> str:
    """Give the visible words of an element, white space folded."""
    return " ".join(text_seen(element).split())


def text_seen(element: Element) -> str:
    """Give the visible text of an element as it is written."""
    if not len(element):
        return "" if element.tag in _UNSEEN else element.text or ""
    # lxml's own serialiser is quicker than any walk from here, and knows no unseen elements.
    if next(element.iter(*_UNSEEN), None) is None:
        return str(etree.tostring(element, method="text", encoding="unicode", with_tail=False))
    return "".join(_visible(element))


def _visible(element: Element) -> Iterator[str]:
    if element.tag in _UNSEEN or not isinstance(element.tag, str):
        return
    yield element.text or ""
    for child in element:
        yield from _visible(child)
        yield child.tail or ""


def letters(text: str) -> bytes:
    """Leave letters and digits: cites and quotation marks stand differently in other files."""
    return _CITE.sub("", fold(text)).encode().translate(None, _MARKS)


class Letters:
    """A text that is asked for the letters of others; most stand there word by word."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._letters: bytes | None = None

    def hold(self, other: str) -> bool:
        """Tell whether the letters of another text stand here in one piece."""
        plain = other.strip(string.punctuation)
        # What has a letter and no bracket is no part of a cite, which `letters` leaves out.
        if plain in self._text and _LETTER.search(plain) and not _BRACKET.search(plain):
            return True
        if self._letters is None:
            self._letters = letters(self._text)
        return letters(other) in self._letters


def heading_words(element: Element) -> str:
    """Give a heading's words without its copy-link."""
    return words(element).removesuffix("#").rstrip()


def is_named(element: Element, page: Page) -> bool:
    """Tell whether an element has an accessible name; most have words right at their start."""
    text = element.text if element.tag not in _UNSEEN else None
    return bool(text and not text.isspace()) or bool(name(element, page))


def name(element: Element, page: Page) -> str:
    """Give an element's accessible name, as far as markup alone tells (accname 1.2 § 4.3)."""
    if ids := element.get("aria-labelledby"):
        labels = [words(page.ids[id][0]) for id in ids.split() if id in page.ids]
        if any(labels):
            return " ".join(labels)
    if label := (element.get("aria-label") or "").strip():
        return label
    inner = [words(element), *(image.get("alt") or "" for image in element.iter("img"))]
    inner += [drawing.get("aria-label") or "" for drawing in element.iter("svg")]
    return " ".join(filter(None, inner)) or (element.get("title") or "").strip()
