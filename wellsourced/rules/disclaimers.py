"""DIS: what a page must say of its own limits."""

from __future__ import annotations

from collections.abc import Iterator

from wellsourced.library.shape_check import nearest
from wellsourced.rules.block_kinds import block_of
from wellsourced.rules.certainty import one_slip
from wellsourced.rules.metadata import TOP
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.source import Document

KINDS = ("medical", "commercial", "drug")


@rule("DIS001", on="article")
def no_medical_disclaimer(document: Document, site: Site) -> Iterator[Finding]:
    """An article carries no medical disclaimer.

    Readers could take general information for advice on their own case.

    Wrong: an article without `/// disclaimer | medical`.
    Right: the block, most often in a last section “Disclaimer”.
    """
    if not any(block.title == "medical" for block in block_of(document, "disclaimer")):
        field = document.metadata("title")
        yield Finding(
            field.key_span if field else TOP,
            "This article has no medical disclaimer.",
            'add "/// disclaimer | medical" and "///" at its end',
        )


@rule("DIS002")
def unknown_kind(document: Document, site: Site) -> Iterator[Finding]:
    """A disclaimer is of a kind that is not known.

    The wrong text, or none, would be shown.

    Wrong: `/// disclaimer | medicine`
    Right: `/// disclaimer | medical`
    """
    for block in block_of(document, "disclaimer"):
        if block.title and block.title not in KINDS:
            hint = nearest(block.title, KINDS) or f"use one of {', '.join(KINDS)}"
            meant = one_slip(block.title, KINDS)
            told = f'There is no "{block.title}" disclaimer.'
            yield Finding(block.title_span, told, hint, meant)


@rule("DIS003")
def text_missing(document: Document, site: Site) -> Iterator[Finding]:
    """A disclaimer that the page needs has no text in the library.

    An empty box would stand where the disclaimer belongs: products need the commercial text,
    products with a drug label the drug text as well.

    Wrong: `/// products` while library/disclaimers/commercial.md does not exist.
    Right: the text in library/disclaimers/commercial.md.
    """
    texts = site.library.disclaimers
    for block in block_of(document, "disclaimer"):
        if block.title in KINDS and block.title not in texts:
            yield Finding(block.title_span, *_absent(block.title))
    for block in block_of(document, "products"):
        option = block.options.get("items")
        ids = [str(id) for id, _ in option.items] if option else []
        products = [site.library.products[id] for id in ids if id in site.library.products]
        needed = ["commercial"] + ["drug"] * any(product.label for product in products)
        for kind in needed:
            if kind not in texts:
                yield Finding(block.name_span, *_absent(kind))


def _absent(kind: str) -> tuple[str, str]:
    return (
        f"The text of the {kind} disclaimer is missing.",
        f"write it in library/disclaimers/{kind}.md",
    )
