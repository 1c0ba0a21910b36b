"""Hold each Atom feed against RFC 4287, and against the articles that it announces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from wellsourced.audit.addresses import address, resolve
from wellsourced.audit.facts import fold
from wellsourced.audit.links import lacks
from wellsourced.audit.page import line_of, text_of
from wellsourced.audit.page_facts import PageFacts
from wellsourced.audit.whole import Whole
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose
from wellsourced.policy.media_types import ATOM, media_type

_A = "{http://www.w3.org/2005/Atom}"
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")  # RFC 3339
_FEW = 10
"""Entries that a feed has at least before it may leave out older articles."""


def is_feed(key: str) -> bool:
    """Tell whether a file is a feed."""
    return key[-4:].lower() == ".xml" and media_type(key) == ATOM


def check(whole: Whole) -> Iterator[Diagnostic]:
    """Check every feed."""
    feeds = [key for key in whole.files if is_feed(key)]
    for key in feeds:
        data = whole.data(key)
        try:
            parser = etree.XMLParser(no_network=True, resolve_entities=False, huge_tree=True)
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            yield invalid(Location(key, *error.position), f"it cannot be read: {error.msg}")
            continue
        yield from _feed(whole, key, root)


def _feed(whole: Whole, key: str, root: etree._Element) -> Iterator[Diagnostic]:
    if root.tag != f"{_A}feed":
        yield invalid(Location(key), "it is no Atom feed")
        return
    yield from _required(whole, key, root, "feed")
    own = [one for one in root.findall(f"{_A}link") if one.get("rel") == "self"]
    if not own or own[0].get("href") != whole.url(key):
        words = own[0].get("href") or "" if own else ""
        yield invalid(whole.find(key, words), f"it does not say that it is at {whole.url(key)}")
    seen: set[str] = set()
    announced: dict[str, PageFacts] = {}
    for entry in root.findall(f"{_A}entry"):
        yield from _required(whole, key, entry, "entry")
        id = (entry.findtext(f"{_A}id") or "").strip()
        if id in seen:
            yield invalid(whole.find(key, id), f'two entries have the id "{id}"')
        seen.add(id)
        if entry.find(f"{_A}author") is None and root.find(f"{_A}author") is None:
            yield invalid(whole.find(key, id), "an entry has no author, and the feed has none")
        yield from _entry(whole, key, entry, announced)
    yield from _left_out(whole, key, announced)


def _required(whole: Whole, key: str, element: etree._Element, what: str) -> Iterator[Diagnostic]:
    """Check what § 4.1.1 and § 4.1.2 ask for once each, and their dates (§ 3.3)."""
    for name in ("id", "title", "updated"):
        there = element.findall(_A + name)
        if len(there) != 1 or not text_of(there[0]).strip():
            at = whole.at(key, line_of(element), f"<{what}")
            yield invalid(at, f"its {what} has not one <{name}>")
    for name in ("updated", "published"):
        for date in element.findall(_A + name):
            if not _DATE.fullmatch((date.text or "").strip()):
                at = whole.at(key, line_of(date), date.text or f"<{name}")
                yield invalid(at, f'"{date.text}" is no date of RFC 3339')


def _entry(
    whole: Whole, key: str, entry: etree._Element, announced: dict[str, PageFacts]
) -> Iterator[Diagnostic]:
    """Compare an entry with its article, and follow the links of its content."""
    href = next(
        (one.get("href") or "" for one in entry.findall(f"{_A}link")
         if one.get("rel", "alternate") == "alternate"), "",
    )  # fmt: skip
    page = whole.key(resolve(href, "/", whole.origin) or "")
    facts = whole.pages.get(page)
    if facts is None or unquote(href) != whole.url(page):
        yield disagrees(whole.find(key, href), "link", href, "there is no such page")
        return
    announced[page] = facts
    for name, shown in (
        ("title", facts.title),
        ("summary", facts.summary),
        ("published", facts.published),
        ("updated", facts.modified or facts.published),
    ):
        element = entry.find(_A + name)
        said = text_of(element).strip() if element is not None else ""
        if name in ("published", "updated"):
            said, shown = said[:10], shown[:10]
        if said and shown and fold(said) != fold(shown):
            at = whole.at(key, line_of(entry), said)
            yield disagrees(at, name, said, f'its page says "{shown}"')
    for content in entry.findall(f"{_A}content"):
        if content.get("type") == "html" and content.text:
            yield from _content(whole, key, page, content)


def _content(whole: Whole, key: str, page: str, content: etree._Element) -> Iterator[Diagnostic]:
    body = etree.fromstring(content.text or "", etree.HTMLParser(huge_tree=True))
    for attribute in ("href", "src"):
        for element in body.iterfind(f".//*[@{attribute}]"):
            url = element.get(attribute) or ""
            target = resolve(url, address(page), whole.origin)
            if url.startswith("#") or target is None:
                continue
            whole.asked.add(target)
            if not url.startswith(f"{whole.origin}/"):
                yield astray(whole.find(key, url), url, "leads elsewhere from within a reader")
            elif lacks(whole, target) is not None:
                yield astray(whole.find(key, url), url, "leads nowhere")


def _left_out(whole: Whole, key: str, announced: dict[str, PageFacts]) -> Iterator[Diagnostic]:
    """Find articles that the feed leaves out: none, or older ones than it has when it is long."""
    oldest = min((facts.published for facts in announced.values()), default="")
    languages = {facts.language for facts in announced.values()}
    if not announced and not key.startswith("feeds/"):
        return  # the feed of a language or topic that has no article yet
    for page, facts in whole.articles():
        if page in announced or (languages and facts.language not in languages):
            continue
        if len(announced) < _FEW or facts.published > oldest:
            yield not_announced(Location(key), whole.url(page))


@code("AUD035")
def invalid(at: Location, why: str) -> Diagnostic:
    """A feed is not as RFC 4287 asks.

    Feed readers drop it, or show its articles again and again.

    Wrong: an entry without `<updated>`, or two with one `<id>`.
    Right: id, title and updated once in the feed and in each entry.
    """
    return diagnose(at, "AUD035", f"The feed is not valid: {why}.", "build the site anew")


@code("AUD036")
def disagrees(at: Location, name: str, said: str, shown: str) -> Diagnostic:
    """An entry of a feed says what its article does not.

    Readers of the feed are told another thing than readers of the page, for as long as it stays.

    Wrong: the old title in the feed after the article was given a new one.
    Right: title, summary, dates and address as on the page.
    """
    return diagnose(
        at, "AUD036", f'The feed\'s {name} is "{said}", but {shown}.', "build the site anew"
    )


@code("AUD037")
def astray(at: Location, url: str, why: str) -> Diagnostic:
    """A link or a picture in a feed does not lead to where it does on the page.

    A reader of the feed has no page around it: only absolute addresses work there.

    Wrong: `href="/glossary/#trigger-point"` in a feed's content.
    Right: `href="https://wellsourced.example/glossary/#trigger-point"`
    """
    return diagnose(at, "AUD037", f'"{url}" in the feed {why}.', "write its whole address")


@code("AUD038")
def not_announced(at: Location, url: str) -> Diagnostic:
    """A feed leaves out an article.

    Those who follow the feed never hear of it.

    Wrong: an article that no feed has an entry for.
    Right: one for each, the oldest left out only when there are many.
    """
    return diagnose(at, "AUD038", f'The feed leaves out "{url}".', "build the site anew")
