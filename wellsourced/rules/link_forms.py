"""LNK 004–010: how links are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from wellsourced.diagnostics import Severity
from wellsourced.rules.destinations import STATIC
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.source import Document, plain
from wellsourced.source.paths import FILENAME
from wellsourced.source.signs import holds
from wellsourced.source.spans import Span

_ADDRESS = r"(?:https?://|www\.|\{filename\}|/[a-z]|#[a-z])"
_BROKEN = re.compile(rf"\[[^\[\]\n]+\][ \t]*\({_ADDRESS}[^()\s]*\)?")
_LABELLED = re.compile(r"\[\^[^\[\]\s]+\]|(?<!\[)\[[^\[\]@\n]+\]\[[^\[\]@\n]+\]")
_BARE = re.compile(r"(?<![\w/@.])(?:https?://|www\.)[^\s<>()\[\]]*[^\s<>()\[\].,;:!?\"'”’]")
SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


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
    if not holds(document.masked, ("[^", "][")):
        return
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
    if not holds(document.masked, ("://", "www.")):
        return
    for match in _BARE.finditer(document.masked, document.front_matter.body_start):
        before = document.masked[max(0, match.start() - 3) : match.start()]
        if not re.search(r"\][ \t]?\($", before):
            yield Finding(
                Span(match.start(), match.end()),
                "This address is not a link.",
                "write [words](address)",
                f"<{match[0]}>" if match[0].startswith("http") else None,
            )


def _scheme(target: str) -> str:
    try:
        return urlsplit(target).scheme.lower()
    except ValueError:
        return ""
