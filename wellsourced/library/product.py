"""Hold one product: as products.yaml writes it, and as the engine and the templates read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import Field

from wellsourced.diagnostics import Location
from wellsourced.library.fields import Address, Day, Entry, Text, UrlStatus


class ClaimEntry(Entry):
    """What someone says that a product does."""

    text: Text = Field(description="what is claimed")
    by: Text = Field(description="who claims it")
    reference: Text | None = None


class StrengthEntry(Entry):
    """How much of its ingredient one form of a product holds."""

    form: Text = Field(description="gel, spray, patch")
    strength: Text = Field(description='how much, as in "4%"')
    labeler: str = ""
    year: int | None = None
    url: Address | None = None


class LabelEntry(Entry):
    """The Drug Facts of an over-the-counter product (21 CFR 201.66)."""

    ingredient: Text = Field(description="the active ingredient")
    indication: Text = Field(description="what the label says that it is for")
    strengths: list[StrengthEntry] = Field(min_length=1, description="one for each form")
    warnings: list[Text] = Field(min_length=1, description="the label's warnings")
    reference: Text = Field(description="the key of the label in references.json")
    note: str = ""


class ProductEntry(Entry):
    """A product as products.yaml holds it."""

    name: Text = Field(description="the name on the package")
    maker: Text = Field(description="who makes it")
    maker_note: str = ""
    purpose: Text = Field(description="what it is for")
    claims: list[ClaimEntry] = Field(default_factory=list)
    safety: list[Text] = Field(min_length=1, description="who should not use it, and how to use it")
    url: Address | None = None
    url_status: UrlStatus = Field(description='"ok", "missing", "archived" or "unchecked"')
    checked: Day | None = None
    connection: Text = Field(description="what ties the site or its sources to the maker")
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
