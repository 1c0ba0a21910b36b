"""Reduce a built page to what readers can search in it, so that indexing it is cheap.

Pagefind holds each element against each of its selectors, and most elements of a page are links,
cites and furniture, of which it keeps nothing but the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_BODY = b"data-pagefind-body"
"""The attribute of what a page wants searched; a page without it stays out."""
_IGNORED = b"data-pagefind-ignore"
_UNDERSTOOD = (_BODY, b"data-pagefind-filter", _IGNORED)
_FURNITURE = {
    b"byline",
    b"breadcrumb",
    b"cites",
    b"contents",
    b"copy-link",
    b"disclosure",
    b"source-facts",
    b"top-products",
    b"uses",
}
"""Classes of what stands on many pages and tells none of them apart."""
FURNITURE = (*(f".{name.decode()}" for name in sorted(_FURNITURE)), '[role="doc-bibliography"]')
"""The same as selectors, for a page that stays as it is."""
_PASSED_OVER = b"footer|form|iframe|label|nav|noscript|script|style|svg|template"
"""Elements of which Pagefind keeps nothing."""
_INLINE = (
    b"a|abbr|b|bdi|bdo|br|cite|code|data|del|dfn|em|i|img|ins|kbd|mark|q|s|samp|small|span|strong"
    b"|sub|sup|time|u|var|wbr"
)
_GROUPS = b"colgroup|dl|figure|header|ol|section|table|tbody|tfoot|thead|tr|ul"
"""Elements that hold others and no text of their own."""

_ATTRIBUTES = rb"""[^>"']*+(?:"[^"]*"[^>"']*+|'[^']*'[^>"']*+)*+"""
_CLASSES = re.compile(rb'class="([^"]*)"')
_OTHERS = tuple(
    re.compile(pattern)
    for pattern in (rb"<(?:%s)\b" % _PASSED_OVER, rb'role="doc-bibliography"', rb"%s\b" % _IGNORED)
)
"""Each has a beginning of its own: Python finds that faster than a choice of them."""
_NAME = re.compile(rb"<([a-z][a-z0-9-]*)")
_NEEDLESS = re.compile(rb"</?(?:%s|%s)\b%s>|<!--.*?-->" % (_INLINE, _GROUPS, _ATTRIBUTES), re.S)
_HEADED = re.compile(
    rb'<section id="([^"]*)">((?:\s*<span id="[^"]*"></span>)*\s*<div class="heading">\s*<h[1-6])>'
)
_BREAK = re.compile(rb"<br\b")
_ATTRIBUTED = re.compile(rb"<((?!h[1-6])[a-z][a-z0-9-]*)\s%s>" % _ATTRIBUTES)
_LANGUAGE = re.compile(rb"<html\b%s>" % _ATTRIBUTES)
_EMPTY = (b"br", b"hr", b"img", b"input", b"wbr")


def reduce(page: bytes) -> str | None:
    """Give a page that Pagefind reads as it does this one, in less; None for one to leave out.

    A page that says more to Pagefind than what it wants searched and left out stays as it is.
    A heading gets the id of its section.
    """
    page = head(page)
    at = page.find(_BODY)
    if at < 0:
        return None
    if (
        page.count(b"data-pagefind-") != sum(map(page.count, _UNDERSTOOD))
        or _BODY in page[at + 1 :]
    ):
        return page.decode()
    start = page.rindex(b"<", 0, at)
    inside = page.index(b">", at) + 1
    body = b"".join(_kept(page[inside : _end(page, start)]))
    body = _NEEDLESS.sub(b"", _BREAK.sub(b" <br", body))
    language = _LANGUAGE.search(page)
    return b"".join(
        (language[0] if language else b"<html>", page[start:inside],
         _ATTRIBUTED.sub(rb"<\1>", body), b"</html>")
    ).decode()  # fmt: skip


def head(page: bytes) -> bytes:
    """Move the id of each section to its heading, which Pagefind then leads to."""
    return _HEADED.sub(rb'<section>\2 id="\1">', page)


def _kept(body: bytes) -> Iterator[bytes]:
    """Yield the stretches between the elements that are left out."""
    at = 0
    for place in _left_out(body):
        start = body.rindex(b"<", 0, place + 1)
        # What looks like an attribute may be text.
        if start >= at and body.find(b">", start, place) < 0:
            yield body[at:start]
            at = _end(body, start)
    yield body[at:]


def _left_out(body: bytes) -> list[int]:
    """Give the places, in order, where a tag seems to say that its element is left out."""
    marked = [
        found.start()
        for found in _CLASSES.finditer(body)
        if not _FURNITURE.isdisjoint(found[1].split())
    ]
    others = (found.start() for pattern in _OTHERS for found in pattern.finditer(body))
    return sorted([*marked, *others])


def _end(html: bytes, start: int) -> int:
    """Give where the element ends whose tag begins at a place, or the whole when it does not."""
    named = _NAME.match(html, start)
    name = named[1] if named else b""
    if name in _EMPTY:
        return html.index(b">", start) + 1
    depth = 0
    for tag in _tags(name).finditer(html, start):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return len(html)


@cache
def _tags(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<(/?)%s(?=[\s>])[^>]*>" % name)
