"""Render articles as the build does, one by one and without writing them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pelican.generators import Generator

from wellsourced.plugin.desk import SETTING, Desk
from wellsourced.plugin.documents import Article
from wellsourced.plugin.languages import Templates, translations
from wellsourced.plugin.readers import ArticleReader
from wellsourced.plugin.theme_values import page_values
from wellsourced.rules.site import address
from wellsourced.source import Document


class Pages:
    """The published bytes of a desk's articles; what the renderer finds joins `Desk.found`."""

    def __init__(self, desk: Desk, settings: Mapping[str, Any]) -> None:
        theme = Path(settings["THEME"])
        self._settings = {**settings, SETTING: desk}
        self._context = {**settings, **page_values(desk, theme)}
        self._reader = ArticleReader(self._settings)
        self._theme = theme
        places = (settings["PATH"], str(theme), "")
        self._templates = Templates(
            lambda: Generator(self._context, self._settings, *places), theme
        )

    def body(self, document: Document) -> str:
        """Give the HTML of a document's own text."""
        html, _ = self._reader.page(document)
        return html

    def article(self, document: Document) -> str:
        """Give an article's whole page.

        Raises `jinja2.TemplateError` when the theme's template is at fault.
        """
        html, metadata = self._reader.page(document)
        article = Article(html, metadata, self._settings, context=self._context)
        site = self._settings[SETTING].site
        article.translations = translations(document, site, self._theme)
        path = address(document).strip("/") + "/"
        page: str = self._templates.get("article", article.lang).render(
            {
                **self._context,
                "article": article,
                "output_file": f"{path}index.html",
                "canonical_path": path,
            }
        )
        return page
