"""Write the page of one article or page, and the files beside it, from its record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican import contents
from pelican.generators import Generator

from wellsourced.audit import facts
from wellsourced.diagnostics import Diagnostic
from wellsourced.plugin import digests
from wellsourced.plugin.downloads import Downloads
from wellsourced.plugin.files import put
from wellsourced.plugin.images import share_picture
from wellsourced.plugin.languages import Templates, translations
from wellsourced.plugin.neighbours import as_document
from wellsourced.plugin.readers import ArticleReader
from wellsourced.plugin.survey import Survey
from wellsourced.plugin.tracking import Name
from wellsourced.plugin.writer import PageWriter
from wellsourced.rules.site import address


@dataclass(frozen=True, slots=True)
class Written:
    """What was written for one unit: pairs of file and digest, what was read, what was found."""

    unit: str
    files: tuple[tuple[str, bytes], ...]
    reads: frozenset[Name]
    found: tuple[Diagnostic, ...] = ()


class DocumentPages:
    """Pages of documents, written below a folder through Pelican's writer and the theme."""

    def __init__(
        self,
        survey: Survey,
        settings: Mapping[str, Any],
        context: dict[str, Any],
        stage: Path,
    ) -> None:
        self._survey = survey
        self._settings = settings
        self._context = context
        self._stage = stage
        self._reader = ArticleReader(settings)
        self._writer = PageWriter(str(stage), settings)
        self._downloads = Downloads(survey.desk, settings)
        self._theme = Path(settings["THEME"])
        places = (settings["PATH"], settings["THEME"], str(stage))
        self._templates = Templates(lambda: Generator(context, settings, *places), self._theme)

    def below(self, stage: Path) -> DocumentPages:
        """Give the same pages, to be written below another folder."""
        other = copy(self)
        other._stage = stage
        other._writer = PageWriter(str(stage), self._settings)
        return other

    def write(self, path: str) -> Written:
        """Write one document; a draft has no files, and a hidden article neither."""
        survey = self._survey
        survey.reads.clear()
        document = as_document(survey.neighbours[path])
        outline, body = survey.outline(path), survey.body(path)
        html, metadata = self._reader.assemble(document, outline.uses, body)
        if document.kind == "article":
            content: Any = Article(html, metadata, self._settings, context=self._context)
            content.related = survey.related.get(path, ())
            values = {"article": content, "category": content.category, "blog": True}
        else:
            content = Page(html, metadata, self._settings, context=self._context)
            values = {"page": content}
        names: list[str] = []
        if content.save_as and (document.kind, content.status) != ("article", "hidden"):
            content.translations = translations(document, survey.desk.site, self._theme)
            template = self._templates.get(content.template, content.lang)
            self._writer.write_file(
                content.save_as, template, self._context,
                override_output=hasattr(content, "override_save_as"), url=content.url, **values,
            )  # fmt: skip
            names.append(content.save_as)
        found: Sequence[Diagnostic] = ()
        if document.kind == "article" and content.status == "published":
            folder = address(document).strip("/")
            for name, text in self._downloads.files(document, outline.uses, body.claims):
                put(self._stage / folder / name, text.encode("utf-8"))
                names.append(f"{folder}/{name}")
            page = content.save_as.removesuffix("index.html")
            for name, data in share_picture(document.value("title"), self._settings, page):
                put(self._stage / name, data)
                names.append(name)
            if body.facts:
                found = tuple(facts.lost((self._stage / content.save_as).read_bytes(), body.facts))
        files = tuple((name, digests.file(self._stage / name)) for name in names)
        return Written(path, files, survey.reads.names | survey.made_from(path), tuple(found))


class _Built:
    """Content as rendered by the engine, all links resolved; lists need its text only in a feed.

    Pelican names its settings after the class, so that subclasses keep its names.
    """

    later: Callable[[], str] | None = None

    @property
    def content(self) -> str:
        """Give the text as HTML."""
        text: str = self.later() if self.later else self._content  # type: ignore[attr-defined]
        return text

    def get_content(self, siteurl: str) -> str:
        """Give the text as HTML; its addresses stand as they were rendered."""
        del siteurl
        return self.content

    def _update_content(self, content: str, siteurl: str) -> str:
        del siteurl
        return content


class Article(_Built, contents.Article):  # type: ignore[misc]
    """An article."""


class Page(_Built, contents.Page):  # type: ignore[misc]
    """A page."""
