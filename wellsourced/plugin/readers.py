"""Hand Pelican each Markdown file as rendered by the engine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pelican.readers import BaseReader
from pelican.urlwrappers import Author, Category

from wellsourced.citations import evidence, numbering, own_page
from wellsourced.citations.exports import EXPORTS
from wellsourced.library.changes import corrections_since
from wellsourced.library.people import Person
from wellsourced.plugin import own_citation, records
from wellsourced.plugin.desk import SETTING, Desk
from wellsourced.plugin.languages import words_of
from wellsourced.plugin.usage import Uses, find_uses
from wellsourced.rendering import bibliography, json_ld
from wellsourced.rendering.json_ld import ArticleFacts
from wellsourced.rendering.sections import Entry
from wellsourced.rendering.words import Words
from wellsourced.rules.article_lists import topic_of
from wellsourced.rules.site import address
from wellsourced.source import Document, language

_DOWNLOADS = tuple((export.label, f"references.{export.suffix}") for export in EXPORTS)
NO_TOPIC = "-"
"""The slug of no topic: what names none is listed under none."""
_PELICAN_FIELDS = (
    "title",
    "date",
    "modified",
    "tags",
    "slug",
    "status",
    "lang",
    "save_as",
)


class ArticleReader(BaseReader):  # type: ignore[misc]
    """Read what the gate has scanned and checked already."""

    enabled = True
    file_extensions = ["md"]  # noqa: RUF012

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Render one file of the site: HTML and metadata as Pelican expects them."""
        desk: Desk = self.settings[SETTING]
        relative = Path(source_path).relative_to(self.settings["PATH"]).as_posix()
        return self.page(desk.site.by_path[relative])

    def page(self, document: Document) -> tuple[str, dict[str, Any]]:
        """Render a document; what the renderer finds joins `Desk.found`."""
        desk: Desk = self.settings[SETTING]
        body, found = records.render(document, desk)
        desk.found.extend(found)
        return self.assemble(document, find_uses(document, desk.site.library), body)

    def assemble(
        self, document: Document, uses: Uses, body: records.Body
    ) -> tuple[str, dict[str, Any]]:
        """Give a rendered document as Pelican expects it: HTML and metadata."""
        metadata = self.card(document)
        metadata["contents"] = body.contents
        if document.kind == "article":
            metadata |= self._article(document, metadata["people"], uses, body)
        return body.html, metadata

    def card(self, document: Document) -> dict[str, Any]:
        """Give what lists show of a document: nothing that its text has to be read for."""
        desk: Desk = self.settings[SETTING]
        metadata = {
            name: self.process_metadata(name, document.value(name))
            for name in _PELICAN_FIELDS
            if document.value(name)
        }
        metadata["summary"] = document.value("summary")
        if save_as := document.value("save_as"):
            metadata["url"] = save_as
        if document.kind == "article":
            people = _people(document, desk)
            topic = topic_of(document)
            # Pelican breaks without one.
            category = Category(topic.name if topic else "Articles", self.settings)
            category.slug = topic.slug if topic else NO_TOPIC
            metadata |= {
                "category": category,
                "topic": topic,
                "authors": [Author(person.name, self.settings) for person in people],
                "people": people,
                "reviewer": desk.site.library.people.get(document.value("reviewer")),
                "reviewed": _date(document, "reviewed"),
                "checked": _date(document, "checked"),
                "review_due": _date(document, "review_due"),
                "region": document.value("region"),
            }
        return metadata

    def _article(
        self, document: Document, people: tuple[Person, ...], uses: Uses, body: records.Body
    ) -> dict[str, Any]:
        desk: Desk = self.settings[SETTING]
        numbered = numbering.number(uses.cited)
        entries = bibliography.entries(numbered, desk.sources)
        words = words_of(document, self.settings)
        references = Entry("references", words.gettext("References"))
        return {
            "contents": (*body.contents, references) if entries else body.contents,
            "entries": entries,
            "evidence": evidence.sum_up(
                body.claims, numbered.numbers, desk.site.library.references
            ),
            "exports": tuple(
                (label, desk.sources.url(f"{address(document)}{name}"))
                for label, name in (*_DOWNLOADS, (words.gettext("Claims (JSON)"), "claims.json"))
            ),
            "changes": body.changes,
            "corrections": corrections_since(body.changes, _date(document, "checked")),
            "citation": Markup(own_page.spell(own_citation.cite(document, desk, self.settings))),
            "citation_exports": tuple(
                (export.label, desk.sources.url(f"{address(document)}citation.{export.suffix}"))
                for export in own_citation.FORMATS
            ),
            "json_ld": Markup(
                json_ld.describe(_facts(desk, document, self.settings, people, entries, uses))
            ),
        }


def _crumbs(document: Document, words: Words) -> tuple[tuple[str, str], ...]:
    """Give the lists that lead to an article: pairs of path below the site's root and name."""
    tag, topic = language.of(document), topic_of(document)
    if tag != language.SITE:  # topics list the articles of the site's own language
        return ((f"{tag}/articles/", words.gettext("Articles")),)
    if topic is None:
        return (("articles/", words.gettext("Articles")),)
    return (("topics/", words.gettext("Topics")), (topic.path, topic.name))


def _start(document: Document) -> str:
    """Give the path of the home page in a document's language, without a slash before it."""
    tag = language.of(document)
    return "" if tag == language.SITE else f"{tag}/"


def _people(document: Document, desk: Desk) -> tuple[Person, ...]:
    keys = (key.strip() for key in document.value("author").split(","))
    return tuple(desk.site.library.people[key] for key in keys if key in desk.site.library.people)


def _date(document: Document, name: str) -> date | None:
    value = document.value(name)
    return date.fromisoformat(value[:10]) if value else None


def _facts(
    desk: Desk,
    document: Document,
    settings: Mapping[str, Any],
    people: tuple[Person, ...],
    entries: tuple[bibliography.BibliographyEntry, ...],
    uses: Uses,
) -> ArticleFacts:
    published = _date(document, "date") or desk.site.today
    url = desk.origin + address(document)
    words = words_of(document, settings)
    catalogue = desk.site.library.products
    return ArticleFacts(
        title=document.value("title"),
        summary=document.value("summary"),
        url=url,
        language=document.value("lang") or settings["DEFAULT_LANG"],
        site_name=settings["SITENAME"],
        origin=desk.origin,
        published=published,
        modified=_date(document, "modified") or published,
        checked=_date(document, "checked"),
        people=people,
        reviewer=desk.site.library.people.get(document.value("reviewer")),
        references=[entry.reference for entry in entries],
        products=[catalogue[id] for id in uses.products if id in catalogue],
        crumbs=(
            (words.gettext("Home"), f"{desk.origin}/{_start(document)}"),
            *((name, f"{desk.origin}/{path}") for path, name in _crumbs(document, words)),
            (document.value("title"), url),
        ),
    )
