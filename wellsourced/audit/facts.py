"""Hold a built article against its facts ledger: each figure, hedge and warning still there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree, html

from wellsourced.diagnostics import Diagnostic, code, diagnose
from wellsourced.library.ledger import Fact

_BLOCKS = frozenset(
    "address article aside blockquote dd details div dl dt figcaption figure footer h1 h2 h3 h4 "
    "header li main nav ol p section summary table tbody td th thead tr ul".split()
)
_SAME = tuple(zip("‘’“”–—\u00a0", "''\"\"-- ", strict=True))
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
    yield from lost_from(html.fromstring(page), ledger)


def lost_from(root: etree._Element, ledger: Sequence[Fact]) -> Iterator[Diagnostic]:
    """Yield what a parsed page has lost of its ledger."""
    read = _Page(root)
    for fact in ledger:
        scope = read.section(fact.section)
        if scope is None:
            yield lost_section(fact)
            continue
        phrases = [fold(phrase) for phrase in fact.phrases]
        if not read.says(scope, phrases):
            yield lost_fact(fact)
            continue
        if fact.references and (missing := read.missing(scope, phrases, fact.references)):
            yield lost_support(fact, missing)


def fold(text: str) -> str:
    """Fold case, white space, dashes and quotation marks, so that only words count."""
    for mark, plain in _SAME:  # in C, where str.translate asks a mapping for each character
        text = text.replace(mark, plain)
    return " ".join(text.casefold().split())


class _Page:
    """A page whose blocks' words are read once each."""

    def __init__(self, root: etree._Element) -> None:
        main = next(root.iter("main"), None)
        sections = main.iter("section") if main is not None else ()
        self.scopes = {WHOLE_PAGE: main} | {str(s.get("id")): s for s in sections}
        self.texts: dict[etree._Element, str] = {}

    def section(self, id: str) -> etree._Element | None:
        """Find a section of the page's main part, or that part for `page`."""
        return self.scopes.get(id)

    def says(self, element: etree._Element, phrases: Sequence[str]) -> bool:
        """Tell whether a block says one of some folded phrases."""
        text = self.texts.get(element)
        if text is None:
            text = self.texts[element] = fold("".join(_words(element)))
        return any(phrase in text for phrase in phrases)

    def missing(
        self, scope: etree._Element, phrases: Sequence[str], references: Sequence[str]
    ) -> tuple[str, ...]:
        """Give the references that no place of the phrases bears, by the place that lacks least."""
        borne = (_keys_near(element) for element in self._innermost(scope, phrases))
        lacking = (tuple(key for key in references if key not in keys) for keys in borne)
        return min(lacking, key=len, default=tuple(references))

    def _innermost(self, block: etree._Element, phrases: Sequence[str]) -> Iterator[etree._Element]:
        """Yield the innermost blocks that say one of the phrases."""
        inner = [b for b in _blocks_in(block) if self.says(b, phrases)]
        for child in inner:
            yield from self._innermost(child, phrases)
        if not inner:
            yield block


def _blocks_in(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the nearest blocks inside an element."""
    for child in element:
        if child.tag in _BLOCKS:
            yield child
        else:
            yield from _blocks_in(child)


def _words(element: etree._Element) -> Iterator[str]:
    """Yield an element's words, cites left out, with a blank at the edge of each block."""
    if not isinstance(element.tag, str) or element.tag in ("script", "style", "template"):
        return
    if element.get("class") == "cites":
        return
    edge = " " if element.tag in _BLOCKS or element.tag == "br" else ""
    yield edge + (element.text or "")
    for child in element:
        yield from _words(child)
        yield child.tail or ""
    yield edge


def _keys_near(element: etree._Element) -> frozenset[str]:
    """Collect the references cited in a block, and in the list, table or figure around it.

    A list's or table's lead-in paragraph counts, since its cite stands for every item.
    """
    around = element
    while (parent := around.getparent()) is not None and _holds_together(parent):
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
        for link in scope.iter("a")
        if link.get("role") == "doc-biblioref"
    )


def _holds_together(element: etree._Element) -> bool:
    """Tell whether what stands in an element is read as one: a list, a table, a figure, a block."""
    return (
        element.tag in ("li", "ul", "ol", "dl", "blockquote", "figcaption")
        or element.tag in ("table", "thead", "tbody", "tr")
        or element.get("data-block") is not None
        or element.get("class") in ("table", "figure__twin")
    )
