"""LNK: where links lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from wellsourced.diagnostics import Severity
from wellsourced.library.shape_check import nearest
from wellsourced.rules.certainty import same_letters
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site, is_draft, page_key
from wellsourced.source import Document, plain
from wellsourced.source.document import Link
from wellsourced.source.spans import Span

FILENAME = "{filename}"
STATIC = "{static}"
_ADDRESS = r"(?:https?://|www\.|\{filename\}|/[a-z]|#[a-z])"
_BROKEN = re.compile(rf"\[[^\[\]\n]+\][ \t]*\({_ADDRESS}[^()\s]*\)?")
_LABELLED = re.compile(r"\[\^[^\[\]\s]+\]|(?<!\[)\[[^\[\]@\n]+\]\[[^\[\]@\n]+\]")
_BARE = re.compile(r"(?<![\w/@.])(?:https?://|www\.)[^\s<>()\[\]]*[^\s<>()\[\].,;:!?\"'”’]")
FILES = frozenset({"/feeds/atom.xml", "/sitemap.xml", "/robots.txt"})
"""Files of the engine that a link may lead to."""

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


@rule("LNK001")
def dead_file(document: Document, site: Site) -> Iterator[Finding]:
    """A link names a file of this site that does not exist.

    Pelican leaves the link as it is, and readers get an error page.

    Wrong: `[about us]({filename}/pages/abuot.md)`
    Right: `[about us]({filename}/pages/about.md)`
    """
    for link in document.links:
        if not link.target.startswith(FILENAME):
            continue
        path = path_in_content(document, site, link)
        if path not in site.by_path:
            yield Finding(
                link.target_span,
                f'There is no file "{path}" in {site.folder}/.',
                nearest(path, site.by_path) or "name a file under articles/ or pages/",
                _to_file(same_letters(path, site.by_path), link),
            )


@rule("LNK002")
def dead_anchor(document: Document, site: Site) -> Iterator[Finding]:
    """A link leads to an anchor that its page does not have.

    The reader lands at the top of the page and has to search.

    Wrong: `[the risks](#risk)` when the section is `{#risks}`.
    Right: `[the risks](#risks)`
    """
    for link in document.links:
        base, _, fragment = link.target.partition("#")
        if not fragment:
            continue
        page = page_of(document, site, link, base)
        if page is None:
            continue
        known = anchors_of(page, site)
        if unquote(fragment) not in known:
            start = link.target_span.start + len(base)
            yield Finding(
                Span(start, link.target_span.end),
                f'There is no anchor "{fragment}" on that page.',
                nearest(fragment, known) or "link to the id of one of its headings",
                f"#{meant}" if (meant := same_letters(fragment, known)) else None,
            )


@rule("LNK003")
def dead_address(document: Document, site: Site) -> Iterator[Finding]:
    """A link leads to an address that this site does not have.

    Readers get an error page.

    Wrong: `[the glossary](/glosary/)`
    Right: `[the glossary](/glossary/)`
    """
    for link in document.links:
        target = link.target.removeprefix(STATIC)
        if not target.startswith("/") or target.startswith("//"):
            continue
        base, _, fragment = target.partition("#")
        if base.startswith("/images/"):
            name = base.removeprefix("/images/")
            if name not in site.pictures:
                hint = nearest(name, site.pictures) or "put the file into images/"
                yield Finding(link.target_span, f'There is no picture "{base}".', hint)
        elif base not in site.addresses and base not in FILES:
            hint = nearest(base, site.addresses) or "an address of a page ends in a slash"
            yield Finding(link.target_span, f"This site has no page {base}", hint)
        elif (
            fragment and (known := engine_anchors(base, site)) is not None and fragment not in known
        ):
            start = link.target_span.start + len(base)
            yield Finding(
                Span(start, link.target_span.end),
                f'There is no anchor "{fragment}" on {base}',
                nearest(fragment, known) or "link to one of the entries there",
            )


@rule("LNK004")
def unsafe_scheme(document: Document, site: Site) -> Iterator[Finding]:
    """A link's address is of a kind that a browser should not follow.

    Scripts and local files have no place in a health article.

    Wrong: `[more](javascript:alert(1))` or `[more](file:///home/me/a.pdf)`
    Right: `[more](https://www.nlm.nih.gov/)`
    """
    for link in document.links:
        scheme = _scheme(link.target)
        if scheme and scheme not in SAFE_SCHEMES:
            yield Finding(
                link.target_span, f'A link may not lead to "{scheme}:".', "use an https:// address"
            )


@rule("LNK005")
def empty_link(document: Document, site: Site) -> Iterator[Finding]:
    """A link has no words or no address.

    It cannot be seen or followed; screen readers read out nothing.

    Wrong: `[](https://www.nlm.nih.gov/)` or `[the library]()`
    Right: `[the library](https://www.nlm.nih.gov/)`
    """
    for link in document.links:
        words = plain(document, Span(link.span.start, link.span.end))
        if not words or not link.text.strip():
            yield Finding(
                link.span, "This link has no words.", "write what it leads to between the brackets"
            )
        elif not link.target.strip():
            yield Finding(
                link.span, "This link has no address.", "write its address between the parentheses"
            )


@rule("LNK006")
def relative_path(document: Document, site: Site) -> Iterator[Finding]:
    """A link's address is neither of this site nor of the web.

    A bare path depends on where the page is published, and mostly leads nowhere.

    Wrong: `[about us](about.md)` or `[the library](www.nlm.nih.gov)`
    Right: `[about us]({filename}/pages/about.md)`
    """
    for link in document.links:
        target = link.target.strip()
        known = target.startswith(("/", "#", "?", FILENAME, STATIC)) or _scheme(target)
        if not target or (known and not target.startswith("//")):
            continue
        if target.startswith("www."):
            hint = f"write https://{target}"
        elif target.endswith(".md") or ".md#" in target:
            hint = f"write {FILENAME}/articles/… or {FILENAME}/pages/…"
        else:
            hint = "begin with https:// , / or #"
        yield Finding(link.target_span, f'"{target}" leads nowhere for certain.', hint)


@rule("LNK007", Severity.WARNING)
def empty_words(document: Document, site: Site) -> Iterator[Finding]:
    """A link's words do not say where it leads.

    Who moves from link to link hears “here, here, more” (WCAG 2.2, criterion 2.4.9).

    Wrong: `For the label click [here](https://dailymed.nlm.nih.gov/).`
    Right: `See [the label on DailyMed](https://dailymed.nlm.nih.gov/).`
    """
    for link in document.links:
        if link.text.strip().lower().rstrip(".") in (
            "here",
            "click here",
            "this",
            "more",
            "read more",
            "link",
        ):
            yield Finding(
                link.span,
                f'"{link.text}" does not say where the link leads.',
                "name its destination",
            )


@rule("LNK008")
def broken_link(document: Document, site: Site) -> Iterator[Finding]:
    """Brackets and an address stand side by side and are no link.

    The address is printed in the middle of the sentence.

    Wrong: `[the label] (https://dailymed.nlm.nih.gov/)` or `[the label](https://dailymed.nlm.nih.gov/`
    Right: `[the label](https://dailymed.nlm.nih.gov/)`
    """
    for match in _BROKEN.finditer(document.masked, document.front_matter.body_start):
        yield Finding(
            Span(match.start(), match.end()),
            "This looks like a link and is none.",
            "write [words](address), with no blank between and both parentheses",
            re.sub(r"\][ \t]+\(", "](", match[0], count=1) if match[0].endswith(")") else None,
        )


@rule("LNK009")
def undefined_label(document: Document, site: Site) -> Iterator[Finding]:
    """A link names a label that is not defined, or a footnote.

    The brackets are printed as they are typed.

    Wrong: `[the label][dailymed]` with no line `[dailymed]: https://…`; `as shown[^1]`
    Right: `[the label](https://dailymed.nlm.nih.gov/)`; a cite `[@key]`
    """
    for match in _LABELLED.finditer(document.masked, document.front_matter.body_start):
        footnote = match[0].startswith("[^")
        yield Finding(
            Span(match.start(), match.end()),
            "Footnotes are not read here." if footnote else "This link's label is not defined.",
            "cite a reference with [@key]" if footnote else "write [words](address)",
        )


@rule("LNK010", Severity.WARNING)
def bare_address(document: Document, site: Site) -> Iterator[Finding]:
    """An address stands in the text and is no link.

    Readers would have to copy it by hand, and nothing checks it.

    Wrong: `See https://dailymed.nlm.nih.gov/ for the label.`
    Right: `See [the label on DailyMed](https://dailymed.nlm.nih.gov/).`
    """
    for match in _BARE.finditer(document.masked, document.front_matter.body_start):
        before = document.masked[max(0, match.start() - 3) : match.start()]
        if not re.search(r"\][ \t]?\($", before):
            yield Finding(
                Span(match.start(), match.end()),
                "This address is not a link.",
                "write [words](address)",
                f"<{match[0]}>" if match[0].startswith("http") else None,
            )


@rule("LNK011")
def link_to_draft(document: Document, site: Site) -> Iterator[Finding]:
    """A published page links to a draft.

    A draft is not published: readers get an error page.

    Wrong: a link to an article with `Status: draft`.
    Right: the link added when the draft goes out.
    """
    if is_draft(document):
        return
    for link in document.links:
        target = page_of(document, site, link, link.target.partition("#")[0])
        if target is not None and is_draft(target):
            yield Finding(
                link.target_span,
                f"{target.path} is a draft and is not published.",
                "publish the draft first, or take the link out",
            )


def _to_file(path: str | None, link: Link) -> str | None:
    """Give a link's address with another file of the site; None when there is none."""
    _, mark, fragment = link.target.partition("#")
    return f"{FILENAME}/{path}{mark}{fragment}" if path else None


def anchors_of(document: Document, site: Site) -> frozenset[str]:
    """Give every id of a document's page that a link may lead to."""
    ids = {h.id for h in document.headings if h.level in (2, 3)}
    ids |= {f"ref-{cite.key}" for cite in document.cites}
    for block in document.blocks:
        option = block.options.get("items")
        for item, _ in option.items if option else ():
            key = item.get("key") if isinstance(item, dict) else item
            ids.add(f"product-{key}" if block.name == "products" else f"ref-{key}")
    if document.citations and document.kind == "article":
        ids.add("references")
    if recorded := site.library.anchors.get(page_key(document)):
        ids |= recorded.redirects.keys()
    return frozenset(ids)


def engine_anchors(address: str, site: Site) -> frozenset[str] | None:
    """Give the ids of a page of the engine that a link may lead to; None for any other page."""
    if address == "/glossary/":
        return frozenset(site.library.terms)
    if address == "/references/":
        return frozenset(site.library.references)
    if address == "/products/":
        return frozenset(site.library.products)
    if address in FILES or address.startswith("/products/"):
        return frozenset()
    return None


def page_of(document: Document, site: Site, link: Link, base: str) -> Document | None:
    """Give the document that a link leads to, when it is one of this site that exists."""
    if not base:
        return document
    if base.startswith(FILENAME):
        return site.by_path.get(path_in_content(document, site, link))
    return site.addresses.get(base)


def path_in_content(document: Document, site: Site, link: Link) -> str:
    """Resolve a `{filename}` target to a path below the content folder."""
    path = link.target.removeprefix(FILENAME).partition("#")[0]
    if path.startswith("/"):
        return path[1:]
    here = document.path.removeprefix(f"{site.folder}/").rpartition("/")[0].split("/")
    for part in path.split("/"):
        if part == "..":
            here = here[:-1]
        elif part not in (".", ""):
            here = [*here, part]
    return "/".join(here)


def _scheme(target: str) -> str:
    try:
        return urlsplit(target).scheme.lower()
    except ValueError:
        return ""
