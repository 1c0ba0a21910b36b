"""Say what the content promises of the built pages: which there are, and what each must hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from wellsourced.diagnostics import Location
from wellsourced.library.ledger import Fact
from wellsourced.rules.site import Site, address
from wellsourced.source import Document

Kind = Literal["article", "product", "page", ""]
"""What a page is; `""` for a page of the engine, such as an index."""

_EXPORTS = ("references.json", "references.bib", "references.ris", "claims.json")


@dataclass(frozen=True, slots=True)
class Ledger:
    """The facts that a page owes its readers, read when they are asked for.

    `digest` is another whenever they, or the places where they stand, are others.
    """

    digest: bytes
    read: Callable[[], tuple[Fact, ...]]


@dataclass(frozen=True, slots=True)
class Promise:
    """What one page must hold: its facts, and the anchors that readers have linked to.

    `beside` names the files of its folder that are read with it; `is_listed` tells whether the
    sitemap has it.
    """

    kind: Kind = ""
    product: str = ""
    ledger: tuple[Fact, ...] | Ledger = ()
    anchors: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    is_listed: bool = True

    def parts(self) -> Iterator[str]:
        """Yield all that findings depend on, as strings; quicker than `repr` of a long ledger."""
        yield from (self.kind, self.product, str(self.is_listed), *self.anchors)
        if isinstance(self.ledger, Ledger):
            yield self.ledger.digest.hex()
            return
        for fact in self.ledger:
            yield f"{fact.id}\0{fact.section}\0{_place(fact.location)}"
            yield from fact.phrases
            yield "\0".join(fact.references)

    def facts(self) -> tuple[Fact, ...]:
        """Give the facts."""
        return self.ledger.read() if isinstance(self.ledger, Ledger) else self.ledger


def _place(at: Location) -> str:
    return f"{at.path}\0{at.line}\0{at.column}\0{at.end_column}"


NOTHING = Promise()
_ARTICLE = Promise("article", beside=_EXPORTS)


def key(address: str) -> str:
    """Give the key of the page at an address: `/articles/x/` → `articles/x/index.html`."""
    return f"{address[1:]}index.html" if address.endswith("/") else address[1:]


def is_built(document: Document) -> bool:
    """Tell whether the build writes a document: no draft, and no hidden article.

    A hidden page is built and listed nowhere, as an error page is.
    """
    hidden_page = document.status == "hidden" and document.kind == "page"
    return document.status == "published" or hidden_page


@dataclass(frozen=True, slots=True)
class Promised:
    """What the content promises: key → what the page there must hold, or who must not be there."""

    pages: Mapping[str, Promise]
    withheld: Mapping[str, Document]


def of(site: Site, ledgers: Mapping[str, Ledger] = MappingProxyType({})) -> Promised:
    """Say which pages there must be and what each must hold, and which must not be there.

    `ledgers` maps an article's shown path → ledger, for those that `site.ledgers` lacks.
    """
    made: dict[str, Promise] = {}
    withheld = {key(address(one)): one for one in site.documents if not is_built(one)}
    for where, document in site.addresses.items():
        if document is None:
            parts = where.strip("/").split("/")
            product = parts[1] if parts[0] == "products" and len(parts) == 2 else ""
            made[key(where)] = Promise("product" if product else "", product)
        elif is_built(document):
            made[key(where)] = _of_document(document, where, site, ledgers)
    return Promised(made, withheld)


def _of_document(
    document: Document, where: str, site: Site, ledgers: Mapping[str, Ledger]
) -> Promise:
    recorded = site.library.anchors.get(where.strip("/"))
    anchors = tuple(dict.fromkeys((*recorded.published, *recorded.redirects))) if recorded else ()
    if document.kind == "page":
        return Promise("page", anchors=anchors, is_listed=document.status != "hidden")
    owed = site.ledgers.get(document.path) or ledgers.get(document.path) or ()
    return Promise("article", "", owed, anchors, _EXPORTS) if owed or anchors else _ARTICLE
