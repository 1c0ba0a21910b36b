"""Model the fields at the top of articles and pages: the one list of what they may hold.

The rules find a field's fault at its place; this says which fields there are, which of them each
kind of file must have, and what each is for.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import ConfigDict, Field

from wellsourced.library.fields import ID, Day, Entry, Text
from wellsourced.source.document import DocumentKind

Status = Literal["published", "draft", "hidden"]
Slug = Annotated[str, Field(pattern=f"^{ID}$")]


class PageFields(Entry):
    """The fields of a page: `Key: value` lines, then a blank line."""

    # Pelican folds the case of names; files write them as the schema does.
    model_config = ConfigDict(alias_generator=str.capitalize)

    title: Text = Field(description="the page's name and its one h1")
    slug: Slug | None = Field(None, description="the page's address; made of the title without it")
    date: Day | None = Field(None, description="the day of publication")
    modified: Day | None = Field(None, description="the day of the last change to the text")
    author: Text | None = Field(None, description="keys of people.yaml, with commas between")
    summary: Text | None = Field(None, description="one or two plain sentences")
    category: Text | None = None
    tags: Text | None = Field(None, description="words, with commas between")
    region: Text | None = Field(None, description="where the facts hold, such as United States")
    checked: Day | None = Field(None, description="when the editors last checked it all")
    review_due: Day | None = Field(None, description="when the next review is due")
    reviewer: Text | None = Field(None, description="the key of the person who reviewed the text")
    reviewed: Day | None = Field(None, description="the day of that review")
    reviewed_text: Annotated[str, Field(pattern="^sha256:[0-9a-f]{64}$")] | None = Field(
        None, description="which text was reviewed; `invoke signoff` writes it"
    )
    lang: Text | None = Field(None, description="the language, as in BCP 47")
    status: Status | None = Field(None, description="published where nothing is said")
    save_as: Text | None = Field(None, description="a file name in place of the usual address")
    translation: Text | None = None


class ArticleFields(PageFields):
    """The fields of an article: `Key: value` lines, then a blank line."""

    date: Day = Field(description="the day of publication")
    author: Text = Field(description="keys of people.yaml, with commas between")
    summary: Text = Field(description="one or two plain sentences")


MODELS: dict[DocumentKind, type[PageFields]] = {"article": ArticleFields, "page": PageFields}
FIELDS = frozenset(ArticleFields.model_fields)
"""Every field's name, in small letters."""
REQUIRED = {
    kind: tuple(name for name, field in model.model_fields.items() if field.is_required())
    for kind, model in MODELS.items()
}
DATES = tuple(
    name for name, field in PageFields.model_fields.items() if Day in get_args(field.annotation)
)
STATUSES: tuple[str, ...] = get_args(Status)
