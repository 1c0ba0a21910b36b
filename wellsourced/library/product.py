"""Hold one product: as products.yaml writes it, and as the engine and the templates read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from wellsourced.diagnostics import Location
from wellsourced.library.fields import Address, Day, Entry, Text, UrlStatus


class ClaimEntry(Entry):
    """What someone says that a product does."""

    text: Text
    by: Text
    reference: Text | None = None


class StrengthEntry(Entry):
    """How much of its ingredient one form of a product holds."""

    form: Text
    strength: Text
    labeler: str = ""
    year: int | None = None
    url: Address | None = None


class LabelEntry(Entry):
    """The Drug Facts of an over-the-counter product (21 CFR 201.66)."""

    ingredient: Text
    indication: Text
    strengths: Annotated[list[StrengthEntry], Field(min_length=1)]
    warnings: Annotated[list[Text], Field(min_length=1)]
    reference: Text
    note: str = ""


class ProductEntry(Entry):
    """A product as products.yaml holds it."""

    name: Text
    maker: Text
    maker_note: str = ""
    purpose: Text
    claims: list[ClaimEntry] = Field(default_factory=list)
    safety: Annotated[list[Text], Field(min_length=1)]
    url: Address | None = None
    url_status: UrlStatus
    checked: Day | None = None
    connection: Text
    label: LabelEntry | None = None


@dataclass(frozen=True, slots=True)
class ProductClaim:
    """What someone says that a product does, and the key of the reference where it stands."""

    text: str
    by: str
    reference: str | None


@dataclass(frozen=True, slots=True)
class Strength:
    """How much of its ingredient one form of a product holds, by which label."""

    form: str
    strength: str
    labeler: str
    year: int | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Label:
    """The label facts of an over-the-counter product; `reference` is the label's key."""

    ingredient: str
    indication: str
    strengths: tuple[Strength, ...]
    warnings: tuple[str, ...]
    reference: str
    note: str


@dataclass(frozen=True, slots=True)
class Product:
    """A product that articles name, with its safety notes and our connection to its maker."""

    id: str
    name: str
    maker: str
    maker_note: str
    purpose: str
    claims: tuple[ProductClaim, ...]
    safety: tuple[str, ...]
    url: str | None
    url_status: str
    checked: date | None
    connection: str
    label: Label | None
    location: Location
