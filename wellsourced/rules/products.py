"""PRD: the products that an article recommends."""

from __future__ import annotations

from collections.abc import Iterator

from wellsourced.library.shape_check import nearest
from wellsourced.rules.block_kinds import block_of
from wellsourced.rules.certainty import same_letters
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.source import Document
from wellsourced.source.spans import Span

ADVICE = frozenset({"do", "dont", "warning", "emergency", "takeaways", "compare", "figure"})


def _items(document: Document) -> Iterator[tuple[object, Span]]:
    for block in block_of(document, "products"):
        if option := block.options.get("items"):
            yield from option.items


@rule("PRD001", on="article", needs="products.yaml")
def unknown_product(document: Document, site: Site) -> Iterator[Finding]:
    """A products block names a product that products.yaml does not have.

    The product would be left out without a word, its safety notes with it.

    Wrong: `items: [biofreze]`
    Right: `items: [biofreeze]`, an id of library/products.yaml.
    """
    known = site.library.products
    for id, span in _items(document):
        if not isinstance(id, str) or id not in known:
            hint = nearest(str(id), known) or f'add "{id}" to library/products.yaml'
            meant = same_letters(str(id), known)
            yield Finding(span, f'Product "{id}" is not in products.yaml.', hint, meant)


@rule("PRD002", on="article")
def recommended_twice(document: Document, site: Site) -> Iterator[Finding]:
    """A product is recommended twice on one page.

    It would count as two, and two cards would carry one id.

    Wrong: `items: [biofreeze, biofreeze]`
    Right: each product once.
    """
    seen: set[str] = set()
    for id, span in _items(document):
        if str(id) in seen:
            yield Finding(
                span, f'Product "{id}" stands on this page already.', "keep one of the two"
            )
        seen.add(str(id))


@rule("PRD003", on="article")
def product_inside_advice(document: Document, site: Site) -> Iterator[Finding]:
    """Products stand inside medical advice.

    Readers must be able to tell advice from what somebody sells.

    Wrong: `/// products` inside `//// warning`.
    Right: the products block after the advice, in its own place.
    """
    for name in ("products", "top-products"):
        for block in block_of(document, name):
            around = next(
                (b for b in document.blocks_around(block.span.start) if b.name in ADVICE), None
            )
            if around:
                yield Finding(
                    block.name_span,
                    f'Products stand inside a block "{around.name}".',
                    "move the products block out of the advice",
                )


@rule("PRD004", on="article")
def unreadable_items(document: Document, site: Site) -> Iterator[Finding]:
    """The products of a block are not a list.

    Nothing would be shown under the block's title.

    Wrong: `items: biofreeze`
    Right: `items: [biofreeze]`
    """
    for name in ("products", "further-reading"):
        for block in block_of(document, name):
            option = block.options.get("items")
            if option and option.value not in (None, "") and not isinstance(option.value, list):
                yield Finding(
                    option.value_span,
                    "The items are not a list.",
                    f'write "items: [{option.value}]"',
                )


@rule("PRD005", on="article")
def no_top_products(document: Document, site: Site) -> Iterator[Finding]:
    """A list of top products stands on a page that recommends none.

    Readers would see a heading and a disclosure over nothing.

    Wrong: `/// top-products` in an article without `/// products`.
    Right: neither, or both.
    """
    if any(True for _ in _items(document)):
        return
    for block in block_of(document, "top-products"):
        yield Finding(
            block.name_span,
            "This page recommends no product, so there are no top products.",
            "take the block and its heading out",
        )


@rule("PRD006", on="page")
def products_on_a_page(document: Document, site: Site) -> Iterator[Finding]:
    """Products stand on a page that is no article.

    Only articles carry the references and disclaimers that a recommendation needs.

    Wrong: `/// products` in pages/about.md.
    Right: the block in an article, and a link to it from the page.
    """
    for name in ("products", "top-products"):
        for block in block_of(document, name):
            yield Finding(
                block.name_span, "Products stand in articles only.", "link to /products/ instead"
            )
