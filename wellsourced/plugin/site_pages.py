"""Run the generators of pages that show more than one document: lists, indexes, feeds, files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator
from pelican.settings import Settings
from pelican.writers import Writer

from wellsourced.plugin import digests, language_lists, search
from wellsourced.plugin.documents import Article, Page, Written
from wellsourced.plugin.files import walk
from wellsourced.plugin.neighbours import as_document
from wellsourced.plugin.readers import NO_TOPIC, ArticleReader
from wellsourced.plugin.survey import OF_DOCUMENTS, Survey
from wellsourced.plugin.theme_values import page_values
from wellsourced.plugin.writer import PageWriter
from wellsourced.rules import article_lists
from wellsourced.source import language

SIDES = frozenset({"bodies", "cards", "fed", "pictures", "uses"})
"""Sides of a site that pages are made from; `Production` gives each a digest."""
SURVEY = "WELLSOURCED_SURVEY"
"""The Pelican setting that holds the `Survey` of a running build."""


class _Records:
    """Hand Pelican's generators documents as they are known, in place of files to read."""

    def __init__(self, survey: Survey, settings: Settings) -> None:
        self._survey = survey
        self._settings = settings
        self._reader = ArticleReader(settings)

    def read_file(
        self, path: str, content_class: type[Any], context: dict[str, Any], **others: Any
    ) -> Article | Page:
        """Give the document of a shown path; its text is read when it is asked for."""
        del content_class, others
        survey = self._survey
        document = as_document(survey.neighbours[path])
        kind = Article if document.kind == "article" else Page
        file = str(survey.content.sources[path].path)
        metadata = self._reader.card(document)
        content = kind("", metadata, self._settings, source_path=file, context=context)
        content.later = lambda: survey.body(path).html
        return content

    def save_cache(self) -> None:
        """Keep nothing: the store does."""


class _Listing:
    """A generator that takes documents as they are known instead of reading files."""

    settings: Settings

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readers = _Records(self.settings[SURVEY], self.settings)

    def get_cached_data(self, path: str, default: object = None) -> object:
        """Know nothing: Pelican's cache would serve what is stale."""
        del path
        return default

    def cache_data(self, path: str, data: object) -> None:
        """Keep nothing: the store does."""


class ArticleLists(_Listing, ArticlesGenerator):  # type: ignore[misc]
    """Write the lists of articles; their own pages and the feeds are written apart."""

    made_from = frozenset({"cards"})

    def get_files(self, *args: Any, **kwargs: Any) -> list[str]:
        """List the articles, as shown paths."""
        del args, kwargs
        survey: Survey = self.settings[SURVEY]
        return survey.of_kind("article")

    def generate_context(self) -> None:
        """List the articles of the site's own language; one that names no topic is in none."""
        super().generate_context()
        found = [*self.articles, *self.translations]
        self.others = [one for one in found if one.lang != language.SITE]
        self.articles: list[Any] = [one for one in self.articles if one.lang == language.SITE]
        topics = [
            (topic, [one for one in listed if one.lang == language.SITE])
            for topic, listed in self.categories
            if topic.slug != NO_TOPIC
        ]
        self.categories: list[Any] = [(topic, listed) for topic, listed in topics if listed]
        self._update_context(["articles", "categories"])
        survey: Survey = self.settings[SURVEY]
        tags = article_lists.languages(survey.desk.site.documents)
        self.context["list_languages"] = language_lists.named(tags)

    def generate_output(self, writer: Writer) -> None:
        """Write the lists, those of other languages too."""
        self.generate_pages(writer)
        language_lists.write(self.context, self.settings, self.others, writer)

    def generate_articles(self, write: Callable[..., None]) -> None:
        """Leave them to `DocumentPages`."""

    generate_drafts = generate_articles


class Feeds(ArticleLists):
    """Write the feeds; when they hold the newest articles only, no others are looked at."""

    made_from = frozenset({"fed"})

    def get_files(self, *args: Any, **kwargs: Any) -> list[str]:
        """List the articles that the feeds show, as shown paths."""
        del args, kwargs
        return in_feeds(self.settings[SURVEY], self.settings)

    def generate_context(self) -> None:
        """List the articles of every language."""
        ArticlesGenerator.generate_context(self)

    def generate_output(self, writer: Writer) -> None:
        """Write the feeds."""
        self.generate_feeds(writer)


def in_feeds(survey: Survey, settings: Mapping[str, Any]) -> list[str]:
    """List the articles that feeds show: the newest, or all where they are sorted by anything."""
    newest = survey.newest(settings["FEED_MAX_ITEMS"])
    kinds = ("CATEGORY", "AUTHOR", "TAG", "TRANSLATION")
    sorted_feeds = any(
        settings.get(f"{kind}_FEED_{form}") for kind in kinds for form in ("ATOM", "RSS")
    )
    if sorted_feeds or any(survey.neighbours[path].value("lang") for path in newest):
        return survey.of_kind("article")
    shown = set(newest)
    return [path for path in survey.of_kind("article") if path in shown]


class PageList(_Listing, PagesGenerator):  # type: ignore[misc]
    """Put the pages into every template's context; they are written one by one."""

    def get_files(self, *args: Any, **kwargs: Any) -> list[str]:
        """List the pages, as shown paths."""
        del args, kwargs
        survey: Survey = self.settings[SURVEY]
        return survey.of_kind("page")


def template_context(survey: Survey, settings: dict[str, Any]) -> dict[str, Any]:
    """Give what every template receives, the list of pages included."""
    settings |= page_values(survey.desk, Path(settings["THEME"]))
    context: dict[str, Any] = {
        **settings,
        "generated_content": {},
        "static_links": set(),
        "static_content": {},
        "localsiteurl": settings["SITEURL"],
        "search_parts": search.count_parts(len(survey.neighbours)),
    }
    PageList(context, settings, settings["PATH"], settings["THEME"], "").generate_context()
    return context


StaticGenerator.made_from = frozenset({"pictures"})


def generators(pelican: Pelican) -> list[type[Generator]]:
    """List the generators of a site's shared pages, ours in place of Pelican's own."""
    ours: list[type[Generator]] = [ArticleLists, Feeds]
    theirs = pelican._get_generator_classes()
    return ours + [one for one in theirs if one not in (ArticlesGenerator, PagesGenerator)]


class SitePages:
    """Write shared pages, each generator's below a folder of its own."""

    def __init__(self, survey: Survey, settings: Settings, context: dict[str, Any]) -> None:
        self._survey = survey
        self._settings = settings
        self._context = context

    def write(self, kinds: Sequence[type[Generator]], stage: Path) -> Iterator[Written]:
        """Run some generators as Pelican does: all read before the first one writes."""
        ready = [self._make(kind, stage) for kind in kinds]
        if ArticleLists not in kinds and any("cards" in made_from(kind) for kind in kinds):
            self._make(ArticleLists, stage).generate_context()
        for one in ready:
            if hasattr(one, "generate_context"):
                self._survey.reads.clear()
                one.generate_context()
                one.reads = self._survey.reads.names
        signals.all_generators_finalized.send(ready)
        for one in ready:
            self._survey.reads.clear()
            one.generate_output(PageWriter(one.output_path, self._settings))
            names = getattr(one, "reads", frozenset()) | self._survey.reads.names
            reads = frozenset(name for name in names if name[0] not in OF_DOCUMENTS)
            files = tuple(written_below(Path(one.output_path)))
            yield Written(unit_of(type(one)), files, reads, tuple(getattr(one, "found", ())))

    def _make(self, kind: type[Generator], stage: Path) -> Generator:
        folder = stage / kind.__name__
        folder.mkdir()
        # The feeds' list of the newest articles must not be what other templates list.
        return kind(
            context=dict(self._context) if kind is Feeds else self._context,
            settings=self._settings,
            path=self._settings["PATH"],
            theme=self._settings["THEME"],
            output_path=str(folder),
        )


def made_from(kind: type[Generator]) -> frozenset[str]:
    """Name the sides of a site that a generator is made from: all, where it does not say so."""
    found: frozenset[str] = getattr(kind, "made_from", SIDES)
    return found


def unit_of(kind: type[Generator]) -> str:
    """Name a generator's unit."""
    return f"({kind.__module__}.{kind.__qualname__})"


def written_below(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files below a folder: name and digest."""
    for name, entry in walk(folder):
        yield name, digests.file(Path(entry.path))
