"""Read a built site: its files as bytes, its pages as soups, its addresses as paths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

from tests.site.expectations import Expectations

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
UNSEEN = frozenset(("head", "script", "style", "template", "noscript"))
STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True)
class Page:
    """Hold one page: its path from the output folder, and its soup."""

    path: str
    soup: BeautifulSoup

    @cached_property
    def ids(self) -> list[str]:
        """List every id in document order, repeats kept."""
        return [str(tag["id"]) for tag in self.soup.find_all(id=True)]

    @cached_property
    def is_unlisted(self) -> bool:
        """Tell whether the page asks search engines to leave it out."""
        return bool(self.all("meta[name=robots][content~=noindex]"))

    def by_id(self, id_: str) -> Tag | None:
        return self.soup.find(id=id_)

    def all(self, selector: str) -> list[Tag]:
        return list(self.soup.select(selector))


@dataclass(frozen=True, repr=False)
class Site:
    """Hold a built site and what it must show; `files` maps output path → bytes."""

    expected: Expectations
    files: Mapping[str, bytes]
    pages: Mapping[str, Page]
    _ids: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)

    @cached_property
    def origin(self) -> str:
        """Find the absolute base address, without a closing slash, in robots.txt."""
        robots = self.files.get("robots.txt", b"").decode("utf-8")
        match = re.search(r"(?mi)^sitemap:\s*(\S+)/sitemap\.xml\s*$", robots)
        return match[1] if match else ""

    def article(self, slug: str) -> Page:
        return self.pages[article_path(slug)]

    def with_page(self, page: Page) -> Site:
        """Give the same site with one page put in the place of its namesake."""
        return replace(self, pages={**self.pages, page.path: page}, _ids={})

    def with_file(self, path: str, content: bytes | None) -> Site:
        """Give the same site with one file replaced, or taken away when content is None."""
        files = {key: value for key, value in self.files.items() if key != path}
        pages = {key: value for key, value in self.pages.items() if key != path}
        if content is not None:
            files[path] = content
        return replace(self, files=files, pages=pages, _ids={})

    def target(self, page: Page, href: str) -> tuple[str, str] | None:
        """Resolve an address on a page to (output path, fragment); None when it leaves the site."""
        if self.origin and (href == self.origin or href.startswith(self.origin + "/")):
            href = href[len(self.origin) :] or "/"
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return None
        address, fragment = urldefrag(href)
        path = unquote(urlsplit(address).path)
        if not path:
            return page.path, unquote(fragment)
        steps = [] if path.startswith("/") else page.path.split("/")[:-1]
        for step in path.split("/"):
            if step == "..":
                steps = steps[:-1]
            elif step not in ("", "."):
                steps.append(step)
        folder = path.endswith(("/", "/.", "/..")) or path in (".", "..")
        return "/".join([*steps, "index.html"] if folder else steps), unquote(fragment)

    def has_id(self, path: str, id_: str) -> bool:
        if path not in self._ids:
            self._ids[path] = frozenset(self.pages[path].ids)
        return id_ in self._ids[path]


def read_site(output: Path, expected: Expectations) -> Site:
    """Read every file under an output folder and parse each page as a browser would."""
    files = {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }
    pages = {
        path: Page(path, BeautifulSoup(content, "html5lib"))
        for path, content in files.items()
        if path.endswith(".html")
    }
    return Site(expected, files, pages)


def article_path(slug: str) -> str:
    return f"articles/{slug}/index.html"


def fold(text: str) -> str:
    """Fold case, white space and quotation marks, so that words can be compared."""
    return " ".join(text.translate(STRAIGHT).replace("\u00ad", "").split()).casefold()


def visible(tag: Tag, *, cites: bool = True) -> str:
    """Give the folded text a reader sees in a tag; cites=False leaves the cite marks out."""
    text = fold("".join(_words(tag, cites)))
    return text if cites else close_up(text)


def close_up(text: str) -> str:
    """Take out the space that a left-out cite leaves before a point or a comma."""
    return re.sub(r"\s+(?=[.,;:!?)])", "", text)


def holds(text: str, phrase: str) -> bool:
    """Say whether folded text has a phrase, as whole words and whole numbers."""
    pattern = r"(?<!\w)(?<!\d[.,])" + re.escape(fold(phrase)) + r"(?!\w)(?![.,]\d)"
    return re.search(pattern, text) is not None


def letters(text: str) -> str:
    """Fold a text to its letters and digits, with one blank between words."""
    return re.sub(r"[\W_]+", " ", fold(text)).strip()


def innermost(scope: Tag, phrase: str) -> list[Tag]:
    """List the smallest blocks in a tag, itself included, that hold a phrase."""
    inner = (
        tag
        for child in scope.find_all(True, recursive=False)
        if child.name not in UNSEEN and holds(visible(child, cites=False), phrase)
        for tag in innermost(child, phrase)
    )
    found = [tag if tag.name in BLOCKS else scope for tag in inner]
    return found or [scope]


def precedes(first: Tag, second: Tag) -> bool:
    """Say whether one tag opens before another in the same document."""
    return any(tag is second for tag in first.find_all_next(True))


def section_of(tag: Tag) -> Tag | None:
    """Find the nearest section with an id around a tag."""
    return tag.find_parent("section", id=True)


def _words(node: Tag, cites: bool) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, Tag):
            if child.name in UNSEEN or child.has_attr("hidden"):
                continue
            if "copy-link" in classes(child):
                continue
            if not cites and child.name == "sup" and "cites" in classes(child):
                continue
            edge = " " if child.name in BLOCKS else ""
            yield edge
            yield from _words(child, cites)
            yield edge
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            yield str(child)


def classes(tag: Tag) -> list[str]:
    """List a tag's classes."""
    return list(tag.get_attribute_list("class")) if tag.has_attr("class") else []
