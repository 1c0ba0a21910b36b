"""Hold what readers must be told: medical and drug disclaimers, and who earns by a link."""

from __future__ import annotations

from collections.abc import Iterator

from wellsourced.audit.addresses import is_elsewhere
from wellsourced.audit.page import Element, Page, words
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose

COMMERCIAL = frozenset({"sponsored", "nofollow", "noopener"})


def check(page: Page) -> Iterator[Diagnostic]:
    """Check the disclaimers of a page by its kind, and its commercial links."""
    stated = {kind: _stated(page, kind) for kind in ("medical", "commercial", "drug")}
    if page.promise.kind == "article" and not stated["medical"]:
        yield lacking(page.at(page.main), "medical", "this article")
    products = page.having("data-product")
    shown = [*(one.get("data-product") or "" for one in products), page.promise.product]
    labelled = next((id for id in shown if id in page.context.labelled), None)
    if page.promise.kind and labelled and not stated["drug"]:
        yield lacking(page.at(page.main), "drug", f'the product "{labelled}"')
    if page.promise.kind == "product" and not stated["commercial"]:
        yield lacking(page.at(page.main), "commercial", f'the product "{page.promise.product}"')
    yield from _disclosed(page, products, stated["commercial"])
    for link in _unmarked(page):
        yield unmarked(page.at(link, link.get("href")), link.get("href") or "")


def _unmarked(page: Page) -> Iterator[Element]:
    """Yield links to shops, and paid ones, whose `rel` does not say all of it."""
    rels = page.valued("rel")
    odd = {written for written in rels if frozenset(written.lower().split()) != COMMERCIAL}
    for written in odd:
        if "sponsored" in written.lower().split():
            yield from (link for link in rels[written] if link.tag == "a")
    for shop in frozenset(page.context.shops):
        for link in page.having("href", shop):
            written = link.get("rel") or ""
            is_paid = "sponsored" in written.lower().split()
            is_odd = written in odd or not written
            if link.tag == "a" and is_odd and not is_paid and not _is_evidence(link):
                yield link


def _stated(page: Page, kind: str) -> list[Element]:
    return [one for one in page.having("data-disclaimer", kind) if words(one)]


def _disclosed(page: Page, products: list[Element], stated: list[Element]) -> Iterator[Diagnostic]:
    """Find blocks, and products outside of one, that link before they disclose."""
    blocks = [*page.having("data-block", "products"), *page.having("data-block", "top-products")]
    loose = [one for one in products if not _is_within(one, blocks)]
    if page.promise.kind == "product":
        loose = [page.main]
    if not blocks and not loose:
        return
    for block in blocks:
        own = [one for one in stated if _is_within(one, [block])]
        links = [link for link in block.iter("a") if _is_commercial(link, page)]
        if not own:
            yield lacking(page.at(block), "commercial", "this block of products")
        elif links and _place(links[0]) < _place(own[0]):
            yield undisclosed(page.at(links[0], links[0].get("href")), links[0].get("href") or "")
    first = min(map(_place, stated), default=None)
    for link in (link for one in loose for link in one.iter("a") if _is_commercial(link, page)):
        if first is None or _place(link) < first:
            yield undisclosed(page.at(link, link.get("href")), link.get("href") or "")
            break


def _place(element: Element) -> tuple[int, ...]:
    """Say where an element stands: which child of its parent, of whose parent; in order."""
    way = []
    while (parent := element.getparent()) is not None:
        way.append(parent.index(element))
        element = parent
    return tuple(reversed(way))


def _is_within(element: Element, around: list[Element]) -> bool:
    return any(one in around for one in element.iterancestors())


def _is_commercial(link: Element, page: Page) -> bool:
    """Tell whether a link leads to a product: its card, its shop, or a paid address."""
    href = link.get("href") or ""
    if href in page.context.shops or "sponsored" in (link.get("rel") or ""):
        return True
    return href.startswith("#product-") and not is_elsewhere(href, page.context.origin)


def _is_evidence(link: Element) -> bool:
    """Tell whether a link stands in an entry of references, which names an address as a source."""
    return any(one.get("data-url-status") is not None for one in link.iterancestors())


@code("AUD050")
def lacking(at: Location, kind: str, what: str) -> Diagnostic:
    """A page lacks a disclaimer that its kind must have.

    Readers take health information for advice on their own case, or a listing for a test.

    Wrong: an article without `data-disclaimer="medical"`.
    Right: `/// disclaimer | medical` at its end; the disclosure in each block of products.
    """
    return diagnose(
        at, "AUD050", f'The {kind} disclaimer of {what} is missing.',
        f'print library/disclaimers/{kind}.md with data-disclaimer="{kind}"',
    )  # fmt: skip


@code("AUD051")
def undisclosed(at: Location, href: str) -> Diagnostic:
    """A commercial link stands before the disclosure of its block.

    Readers follow it before they learn who earns by it (16 CFR § 255.5).

    Wrong: the list of products, then `data-disclaimer="commercial"`.
    Right: the disclosure first.
    """
    return diagnose(
        at, "AUD051", f'The link to "{href}" stands before its disclosure.', "disclose first"
    )


@code("AUD052")
def unmarked(at: Location, href: str) -> Diagnostic:
    """A commercial link does not say so to machines.

    Search engines count it as a recommendation, which nobody has made.

    Wrong: `rel="noopener"` on a link to a product's shop.
    Right: `rel="sponsored nofollow noopener"`.
    """
    return diagnose(
        at, "AUD052", f'The link to "{href}" is commercial and does not say so.',
        'write rel="sponsored nofollow noopener"',
    )  # fmt: skip
