"""Model a CSL-JSON item, as CSL 1.0.2's csl-data.json schema defines it, plus our own facts.

Our facts stand in the item's `custom` object, the place that the schema leaves to its users.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, WithJsonSchema, create_model
from pydantic_core import PydanticCustomError

from wellsourced.library.fields import Address, Day, Entry, Text, UrlStatus

Type = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry",
    "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing",
    "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
    "personal_communication", "post", "post-weblog", "regulation", "report", "review",
    "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
]  # fmt: skip

Tier = Literal[
    "umbrella-review", "systematic-review", "randomised-trial", "observational-study", "survey",
    "case-report", "guideline", "position-statement", "professional-body", "health-information",
    "trade-article", "label", "registry", "news", "other",
]  # fmt: skip
"""What kind of evidence a reference is."""

NAMES = (
    "author", "chair", "collection-editor", "compiler", "composer", "container-author",
    "contributor", "curator", "director", "editor", "editorial-director", "executive-producer",
    "guest", "host", "illustrator", "interviewer", "narrator", "organizer", "original-author",
    "performer", "producer", "recipient", "reviewed-author", "script-writer", "series-creator",
    "translator",
)  # fmt: skip
DATES = ("accessed", "available-date", "event-date", "issued", "original-date", "submitted")
NUMBERS = (
    "chapter-number", "citation-number", "collection-number", "edition",
    "first-reference-note-number", "issue", "locator", "number", "number-of-pages",
    "number-of-volumes", "page", "page-first", "part", "printing", "supplement", "volume",
)  # fmt: skip
TEXTS = (
    "abstract", "annote", "archive", "archive-place", "archive_collection", "archive_location",
    "authority", "call-number", "citation-key", "citation-label", "collection-title",
    "container-title", "container-title-short", "dimensions", "division", "event", "event-place",
    "event-title", "genre", "ISBN", "ISSN", "journalAbbreviation", "jurisdiction", "keyword",
    "language", "medium", "note", "original-publisher", "original-publisher-place",
    "original-title", "part-title", "PMCID", "publisher", "publisher-place", "references",
    "reviewed-genre", "reviewed-title", "scale", "section", "shortTitle", "source", "status",
    "title-short", "version", "volume-title", "volume-title-short", "year-suffix",
)  # fmt: skip


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        raise PydanticCustomError("number", "is neither text nor a whole number")
    return value


_KEY = r"[A-Za-z0-9_](?:[A-Za-z0-9_:.-]*[A-Za-z0-9_])?"
_DOI = r"10\.\d{4,9}(?:\.\d+)*/[^\s{}\\\"]+"
_PMID = r"[1-9]\d{0,8}"


def _key(text: str) -> str:
    if not re.fullmatch(_KEY, text, re.ASCII):
        raise PydanticCustomError(
            "key",
            "cannot be cited",
            {"hint": 'use letters, digits and, between them, "-", "_", ":" and "."'},
        )
    return text


def _doi(text: str) -> str:
    if not re.fullmatch(_DOI, text, re.ASCII):
        raise PydanticCustomError(
            "identifier", "is no DOI", {"hint": "write it bare, as in 10.2519/jospt.2017.7096"}
        )
    return text


def _pmid(text: str) -> str:
    if not re.fullmatch(_PMID, text, re.ASCII):
        raise PydanticCustomError(
            "identifier", "is no PMID", {"hint": "write its digits only, as in 28158962"}
        )
    return text


Number = Annotated[
    Any, AfterValidator(_number), WithJsonSchema({"type": ["string", "integer"], "minLength": 1})
]


def _spelt_as(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"})


class _Hyphened(Entry):
    model_config = ConfigDict(alias_generator=lambda name: name.replace("_", "-"))


class Name(_Hyphened):
    """A person (family, given) or an organisation (literal)."""

    family: Text | None = None
    given: Text | None = None
    dropping_particle: Text | None = None
    non_dropping_particle: Text | None = None
    suffix: Text | None = None
    comma_suffix: bool | None = None
    static_ordering: bool | None = None
    literal: Text | None = None
    parse_names: bool | None = None


class Date(_Hyphened):
    """A date or range: year, month and day as far as they are known."""

    date_parts: list[list[Number]] | None = None
    season: Number | None = None
    circa: bool | None = None
    literal: Text | None = None
    raw: Text | None = None


class Custom(Entry):
    """What we know of a reference beside its bibliographic facts."""

    url_status: UrlStatus = Field(description='"ok", "missing", "archived" or "unchecked"')
    tier: Tier = Field(description="what kind of evidence the work is")
    checked: Day | None = None
    independent: bool | None = None
    independence_note: str = ""
    unverified: str = ""
    note: str = ""
    source_number: int | None = None


class ItemCore(Entry):
    """The variables of an item that the library itself reads."""

    id: Annotated[str, AfterValidator(_key), _spelt_as(_KEY)] = Field(
        description="the key that articles cite"
    )
    type: Type = Field(description="a CSL type, such as webpage or article-journal")
    title: Text = Field(description="the title, as the work itself gives it")
    URL: Address | None = None
    DOI: Annotated[str, AfterValidator(_doi), _spelt_as(_DOI)] | None = None
    PMID: Annotated[str, AfterValidator(_pmid), _spelt_as(_PMID)] | None = None
    categories: list[Text] | None = None
    custom: Custom = Field(description="our own facts, such as url_status and tier")


def _variables(names: tuple[str, ...], kind: Any) -> dict[str, Any]:
    return {name.replace("-", "_"): (kind | None, Field(None, alias=name)) for name in names}


Item: type[ItemCore] = create_model(
    "Item",
    __base__=ItemCore,
    __doc__="One work, in the variables of CSL 1.0.2.",
    **_variables(NAMES, list[Name]),
    **_variables(DATES, Date),
    **_variables(TEXTS, Text),
    **_variables(NUMBERS, Number),
)
STANDARD = frozenset(field.alias or name for name, field in Item.model_fields.items()) - {"custom"}
"""The variables that CSL 1.0.2 itself defines."""


def impossible_parts(item: Mapping[str, object]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Give the trail and the fault of each date part that no calendar has.

    Goes by ISO 8601's proleptic Gregorian calendar, in which 2019-02-29 is impossible.
    """
    for variable in DATES:
        value = item.get(variable)
        parts = value.get("date-parts") if isinstance(value, Mapping) else None
        for at, one in enumerate(parts if isinstance(parts, list) else []):
            if isinstance(one, list) and (fault := _fault(one)):
                yield (variable, "date-parts", at, *fault[0]), fault[1]


def _fault(parts: list[object]) -> tuple[tuple[int, ...], str] | None:
    if not 1 <= len(parts) <= 3:
        return (), "A date has a year, and may have a month and a day."
    numbers: list[int] = []
    for at, part in enumerate(parts):
        if not re.fullmatch(r"-?\d{1,4}", str(part), re.ASCII):
            return (at,), f'"{part}" is no {("year", "month", "day")[at]}.'
        numbers.append(int(str(part)))
    if not 1 <= numbers[0] <= 9999:
        return (0,), f"There is no year {numbers[0]}."
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        return (1,), f"There is no month {numbers[1]}."
    try:
        date(*[*numbers, 1, 1][:3])
    except ValueError:
        return (2,), f"There is no day {numbers[2]} in month {numbers[1]} of {numbers[0]}."
    return None
