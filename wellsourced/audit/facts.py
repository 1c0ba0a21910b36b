"""Hold a built article against its facts ledger: each figure, hedge and warning still there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import html
from lxml.html import HtmlElement

from wellsourced.diagnostics import Diagnostic, code, diagnose
from wellsourced.library.ledger import Fact

_BLOCKS = frozenset(
    "address article aside blockquote dd details div dl dt figcaption figure footer h1 h2 h3 h4 "
    "header li main nav ol p section summary table tbody td th thead tr ul".split()
)
_SAME = str.maketrans(dict(zip("‘’“”–—\u00a0", "''\"\"-- ", strict=True)))
WHOLE_PAGE = "page"


@code("CLM010")
def lost_fact(fact: Fact) -> Diagnostic:
    """A fact that the ledger protects is no longer on the page where it belongs.

    The ledger lists each figure, hedge, condition and warning that the article owes its
    readers. One that changes or goes missing in an edit can harm: a lost “not”, a dose ten
    times too high, a contraindication that nobody sees any more.

    Wrong: the ledger asks for "10 to 15 minutes" and the section says "10 to 50 minutes".
    Right: the section says "10 to 15 minutes", or the ledger entry was changed on purpose.
    """
    wanted = " or ".join(f'"{phrase}"' for phrase in fact.phrases)
    where = "the page" if fact.section == WHOLE_PAGE else f'section "{fact.section}"'
    return diagnose(
        fact.location,
        "CLM010",
        f"Fact {fact.id} is lost: {where} does not say {wanted}.",
        "put the words back, or change this entry if the fact itself has changed",
    )


@code("CLM011")
def lost_section(fact: Fact) -> Diagnostic:
    """A fact's section is not on the page.

    The ledger says in which section readers find a fact. When the section's id is gone, every
    fact in it counts as lost, since nobody checks any more where it stands.

    Wrong: `section: how-long` after the heading's id became `duration`.
    Right: `section: duration`.
    """
    return diagnose(
        fact.location,
        "CLM011",
        f'Fact {fact.id} belongs to section "{fact.section}", which is not on the page.',
        'name the id of a heading of this article, or "page" for anywhere',
    )


@code("CLM012")
def lost_support(fact: Fact, missing: Sequence[str]) -> Diagnostic:
    """A fact stands on the page without the reference that supports it.

    The ledger names the references that a fact must bear. Without its cite the fact is a bare
    assertion that readers cannot check.

    Wrong: the ledger asks for boyce2020 and the paragraph bears no `[@boyce2020]`.
    Right: the paragraph, its list or its table bears the cite.
    """
    names = ", ".join(f'"{key}"' for key in missing)
    return diagnose(
        fact.location,
        "CLM012",
        f"Fact {fact.id} stands on the page without its reference {names}.",
        f"add [@{missing[0]}] to the sentence, its list or its table",
    )


def lost(page: bytes, ledger: Sequence[Fact]) -> Iterator[Diagnostic]:
    """Yield what a built page has lost of its ledger."""
    root = html.fromstring(page)
    for fact in ledger:
        scope = _section(root, fact.section)
        if scope is None:
            yield lost_section(fact)
            continue
        phrases = [fold(phrase) for phrase in fact.phrases]
        text = fold(visible_text(scope))
        if not any(phrase in text for phrase in phrases):
            yield lost_fact(fact)
            continue
        borne = [_keys_near(e) for e in _holders(scope, phrases)]
        missing = _missing(fact.references, borne)
        if missing:
            yield lost_support(fact, missing)


def fold(text: str) -> str:
    """Fold case, white space, dashes and quotation marks, so that only words count."""
    return re.sub(r"\s+", " ", text.translate(_SAME)).casefold().strip()


def visible_text(element: HtmlElement) -> str:
    """Give an element's words with a space at the edge of each block; cites are left out."""
    return "".join(_words(element))


def _words(element: HtmlElement) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in ("script", "style", "template"):
        return
    if element.tag == "sup" and element.get("class") == "cites":
        return
    edge = " " if element.tag in _BLOCKS or element.tag == "br" else ""
    yield edge + (element.text or "")
    for child in element:
        yield from _words(child)
        yield child.tail or ""
    yield edge


def _section(root: HtmlElement, id: str) -> HtmlElement | None:
    if id == WHOLE_PAGE:
        found = root.xpath("//main")
    else:
        found = root.xpath("//main//section[@id=$id]", id=id)
    return found[0] if found else None


def _holders(scope: HtmlElement, phrases: Sequence[str]) -> Iterator[HtmlElement]:
    """Yield the innermost blocks that hold one of the phrases."""
    for element in scope.iter():
        if element.tag not in _BLOCKS:
            continue
        text = fold(visible_text(element))
        if any(phrase in text for phrase in phrases) and not any(
            child.tag in _BLOCKS and any(phrase in fold(visible_text(child)) for phrase in phrases)
            for child in element
        ):
            yield element


def _keys_near(element: HtmlElement) -> frozenset[str]:
    """Collect the references cited in a block, and in the list, table or figure around it.

    A list's or table's lead-in paragraph counts, since its cite stands for every item.
    """
    around = element
    while (parent := around.getparent()) is not None and parent.tag not in (
        "section",
        "main",
        "body",
    ):
        around = parent
    scopes = [around]
    if (
        around.tag in ("ul", "ol", "dl", "table", "div")
        and (lead := around.getprevious()) is not None
    ):
        scopes.append(lead)
    return frozenset(
        link.get("href", "").removeprefix("#ref-")
        for scope in scopes
        for link in scope.xpath(".//a[@role='doc-biblioref']")
    )


def _missing(references: Sequence[str], borne: Sequence[frozenset[str]]) -> tuple[str, ...]:
    """Give the references that no holder bears, by the holder that comes nearest."""
    lacking = [tuple(key for key in references if key not in keys) for keys in borne]
    return min(lacking, key=len, default=tuple(references))
