"""Load the products: content/library/products.yaml, a mapping of product id → product."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from wellsourced.diagnostics import Diagnostic, Location, code, diagnose
from wellsourced.library.fields import ID_HINT, IMPOSSIBLE_DATE, fits_address
from wellsourced.library.positions import Record
from wellsourced.library.product import (
    Label,
    LabelEntry,
    Product,
    ProductClaim,
    ProductEntry,
    Strength,
)
from wellsourced.library.records import read
from wellsourced.library.shape_check import check, nearest
from wellsourced.library.shapes import Example, declare

__all__ = ["Label", "Product", "ProductClaim", "Strength", "load"]

SHAPE = declare(
    "PRD",
    "products.yaml",
    "a mapping of product id to product",
    Example(
        right="purpose: Elastic band for strength exercises.",
        broken="purpose: Elastic band: for strength exercises.",
        misspelt="purpos: Elastic band for strength exercises.",
        bad_value="purpose: [Elastic band, strength]",
    ),
)


def load(
    path: Path, display: str = "", known: Collection[str] | None = None
) -> tuple[Mapping[str, Product], tuple[Diagnostic, ...]]:
    """Read products.yaml into id → Product, in the file's order, with its findings.

    `known` are the keys of the references; None leaves the products' references unchecked.
    A faulty entry keeps its id and name, so that mentions of it are not reported as well.
    """
    record, found = read(path, display or path.name, SHAPE, dict)
    if record is None:
        return MappingProxyType({}), found
    findings = list(found)
    products: dict[str, Product] = {}
    for id, raw in record.value.items() if isinstance(record.value, dict) else ():
        entry, faults = check(ProductEntry, record, (id,), SHAPE, _CODES)
        findings += faults
        findings += _find_unfit_id(record, id)
        products[id] = _product(id, raw, entry, record.key_at((id,)))
        if entry is not None:
            findings += _find_contradictions(record, products[id])
            findings += _find_unknown_references(record, products[id], known)
    findings += _find_duplicate_names(record, products)
    return MappingProxyType(products), tuple(findings)


def _product(id: str, raw: object, entry: ProductEntry | None, at: Location) -> Product:
    if entry is None:
        name = str(raw.get("name", id)) if isinstance(raw, dict) else id
        return Product(id, name, "", "", "", (), (), None, "", None, "", None, at)
    return Product(
        id=id,
        name=entry.name,
        maker=entry.maker,
        maker_note=entry.maker_note,
        purpose=entry.purpose,
        claims=tuple(ProductClaim(one.text, one.by, one.reference) for one in entry.claims),
        safety=tuple(entry.safety),
        url=entry.url,
        url_status=entry.url_status,
        checked=entry.checked,
        connection=entry.connection,
        label=None if entry.label is None else _label(entry.label),
        location=at,
    )


def _label(entry: LabelEntry) -> Label:
    strengths = tuple(
        Strength(one.form, one.strength, one.labeler, one.year, one.url) for one in entry.strengths
    )
    return Label(
        entry.ingredient, entry.indication, strengths, tuple(entry.warnings),
        entry.reference, entry.note,
    )  # fmt: skip


@code("PRD026")
def _no_safety() -> None:
    """Find a product without safety notes.

    Checks that `safety` holds at least one sentence.
    A reader who meets a product in a health article takes it for harmless unless told who should
    not use it.

    Wrong:
        safety: []
    Right:
        safety:
          - Do not use on broken skin.
    """


@code("PRD027")
def _no_connection() -> None:
    """Find a product whose connection to its recommender is not stated.

    Checks that `connection` says, in plain words, what ties the site or its sources to the maker
    (16 CFR 255.5 calls it the material connection).
    Without it an advertisement looks like advice.

    Wrong:
        connection: ""
    Right:
        connection: The source article was published by the company that sells this product.
    """


@code("PRD028")
def _find_unknown_references(
    record: Record, product: Product, known: Collection[str] | None
) -> Iterator[Diagnostic]:
    """Find a product whose label or claim names a reference that does not exist.

    Checks `label.reference` and each claim's `reference` against references.json.
    A strength, a warning or a maker's promise that leads to no source cannot be checked by
    anyone.

    Wrong:
        reference: dailymed-biofreez
    Right:
        reference: dailymed-biofreeze
    """
    if known is None:
        return
    keys: list[tuple[tuple[str | int, ...], str | None]] = [
        (("claims", at, "reference"), claim.reference) for at, claim in enumerate(product.claims)
    ]
    if product.label is not None:
        keys.append((("label", "reference"), product.label.reference))
    for trail, key in keys:
        if key is not None and key not in known:
            yield diagnose(
                record.value_at((product.id, *trail)),
                "PRD028",
                f'The reference "{key}" is not in references.json.',
                nearest(key, known),
            )


@code("PRD029")
def _find_duplicate_names(record: Record, products: Mapping[str, Product]) -> Iterator[Diagnostic]:
    """Find two products of the same name.

    Checks that no two entries share a name, case aside.
    A reader could not tell the two cards apart, nor whose safety notes hold.

    Wrong:
        biofreeze: {name: Biofreeze, …}
        biofreeze-gel: {name: Biofreeze, …}
    Right:
        biofreeze-gel: {name: Biofreeze gel, …}
    """
    first: dict[str, Product] = {}
    for product in products.values():
        twin = first.setdefault(" ".join(product.name.casefold().split()), product)
        if twin is not product:
            yield diagnose(
                record.value_at((product.id, "name")),
                "PRD029",
                f'The name "{product.name}" is that of the product "{twin.id}" too.',
                "remove one of the two, or name them apart",
            )


@code("PRD030")
def _find_contradictions(record: Record, product: Product) -> Iterator[Diagnostic]:
    """Find a product's address status that is missing, unknown, or at odds with its address.

    Checks that `url_status` is "ok" or "archived" where there is a `url`, and "missing" where
    there is none.
    The page tells the reader whether the maker's own words can be opened; it must not promise an
    address that is not there, nor deny one that is.

    Wrong:
        url: null
        url_status: ok
    Right:
        url: null
        url_status: missing
    """
    if (product.url is None) == (product.url_status == "missing"):
        return
    is_there = "there is no url" if product.url is None else "there is a url"
    yield diagnose(
        record.value_at((product.id, "url_status")),
        "PRD030",
        f'The address is called "{product.url_status}", but {is_there}.',
        'write "missing"' if product.url is None else 'write "ok" or "archived"',
    )


@code("PRD031")
def _impossible_date() -> None:
    """Find a product that was checked on a date that no calendar has.

    Checks `checked`.
    The date tells the reader how fresh the facts on the card are.

    Wrong:
        checked: 2026-02-30
    Right:
        checked: 2026-02-28
    """


@code("PRD032")
def _find_unfit_id(record: Record, id: str) -> Iterator[Diagnostic]:
    """Find a product whose id cannot be part of an address.

    Checks that the id is made of small letters, digits and hyphens.
    The product's page stands at /products/ID/; with other signs in it, links to the page break
    when they are copied.

    Wrong:
        Biofreeze Gel: {name: Biofreeze gel, …}
    Right:
        biofreeze-gel: {name: Biofreeze gel, …}
    """
    if not fits_address(id):
        at = record.key_at((id,))
        yield diagnose(at, "PRD032", f'The id "{id}" cannot be part of an address.', ID_HINT)


_CODES = {
    IMPOSSIBLE_DATE: "PRD031",
    "safety": "PRD026",
    "connection": "PRD027",
    "url_status": "PRD030",
}
