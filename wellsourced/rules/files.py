"""META: files as a whole — their encoding, their address, what would be left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wellsourced.diagnostics import Location
from wellsourced.library.shape_check import nearest
from wellsourced.rules.metadata import TOP
from wellsourced.rules.registry import Finding, rule, site_rule
from wellsourced.rules.site import CHANGES, COMPANIONS, LEDGER, Site, address
from wellsourced.source import Document
from wellsourced.source.spans import Span

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufffe\uffff]")


@site_rule("META007")
def shared_address(site: Site) -> Iterator[tuple[Location, str, str]]:
    """Two files would be published at one address.

    The later one would overwrite the earlier, and readers would lose a page.

    Wrong: two articles with `Slug: dry-needling`.
    Right: each article with a slug of its own.
    """
    taken: dict[str, Document] = {}
    for document in site.documents:
        where = address(document).removesuffix("index.html")
        first = taken.setdefault(where, document)
        engine = where in site.addresses and site.addresses[where] is None
        if first is document and not engine:
            continue
        field = document.metadata("slug") or document.metadata("title")
        owner = "a page of the site itself" if engine else first.path
        yield (
            document.location(field.value_span if field else TOP),
            f"The address {where} is already taken by {owner}.",
            'give this file another "Slug"',
        )


@rule("META010")
def not_utf8(document: Document, site: Site) -> Iterator[Finding]:
    """A file is not UTF-8.

    Letters would be shown as something else, or the article dropped.

    Wrong: a file saved as Latin-1.
    Right: the same file saved as UTF-8.
    """
    if document.undecodable:
        yield Finding(
            document.undecodable, "This character is not UTF-8.", "save the file as UTF-8"
        )


@rule("META011")
def control_character(document: Document, site: Site) -> Iterator[Finding]:
    """A text holds a control character.

    It cannot be seen, is not allowed in HTML, and hides words from search and from checks.

    Wrong: a form feed copied from a PDF.
    Right: a plain space.
    """
    for match in _CONTROL.finditer(document.text):
        yield Finding(
            Span(match.start(), match.end()),
            f"The control character U+{ord(match[0]):04X} stands here.",
            "delete it, or put a space in its place",
            " ",
        )


@rule("META013")
def no_fields(document: Document, site: Site) -> Iterator[Finding]:
    """A file has no fields at all.

    Pelican leaves out an article without a title, and still ends well.

    Wrong: a file that begins with its text.
    Right: a file that begins with `Title: …` and `Date: …`, then a blank line.
    """
    if not document.front_matter.fields:
        yield Finding(
            TOP,
            "The file has no fields at its top.",
            'begin with lines such as "Title: …" and "Date: …", then a blank line',
        )


@site_rule("META015")
def left_out(site: Site) -> Iterator[tuple[Location, str, str]]:
    """A file in articles/ or pages/ is of a kind that is not read.

    Pelican passes over it without a word, and the page never appears.

    Wrong: `content/articles/needling.markdown`
    Right: `content/articles/needling.md`
    """
    for path in site.strays:
        if not path.endswith(COMPANIONS):
            yield (
                Location(path),
                "This file would be left out: only .md files and what is named after them are "
                "read here.",
                "rename it to .md, or move it elsewhere",
            )


@site_rule("META016")
def ledger_of_nothing(site: Site) -> Iterator[tuple[Location, str, str]]:
    """A facts ledger or change log stands beside no article.

    Its facts are protected by nobody, and its corrections are shown to nobody: the article was
    renamed, or the file misspelt.

    Wrong: `neddling.facts.yaml` beside `needling.md`.
    Right: `needling.facts.yaml` beside `needling.md`.
    """
    for kind, name in ((LEDGER, "ledger"), (CHANGES, "change log")):
        beside = [d.path.removesuffix(".md") + kind for d in site.articles]
        for path in site.strays:
            if path.endswith(kind):
                yield (
                    Location(path),
                    f"This {name} stands beside no article of its name.",
                    nearest(path, beside) or "rename it after its article",
                )
