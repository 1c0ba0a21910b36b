"""Write the home page, the list of articles and the search page of each other language."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from babel import Locale
from pelican.generators import Generator
from pelican.settings import Settings
from pelican.utils import order_content
from pelican.writers import Writer

from wellsourced.plugin.languages import Templates
from wellsourced.source import language

PAGES = (("index", ""), ("articles", "articles/"), ("search", "search/"))
"""Template and path, below the language's own, of each page that a language has."""


def named(tags: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Give pairs of a language's tag and its own name for itself, that of the site first."""
    names = [(tag, Locale.parse(tag, sep="-").get_display_name()) for tag in tags]
    return tuple((tag, str(name)) for tag, name in names)


def write(
    context: dict[str, Any], settings: Settings, articles: Sequence[Any], writer: Writer
) -> None:
    """Write the pages of every language in `context["list_languages"]` but that of the site.

    `articles` are those of all other languages. Topics and the library's indexes stay with the
    site's own language, in which they are written.
    """
    tags = [tag for tag, _ in context["list_languages"] if tag != language.SITE]
    if not tags:
        return
    places = (settings["PATH"], settings["THEME"], writer.output_path)
    templates = Templates(lambda: Generator(context, settings, *places), Path(settings["THEME"]))
    for tag in tags:
        own = [article for article in articles if article.lang == tag]
        own = order_content(own, settings["ARTICLE_ORDER_BY"])
        for name, path in PAGES:
            writer.write_file(
                f"{tag}/{path}index.html",
                templates.get(name, tag),
                context,
                articles=own,
                categories=[],
                page_lang=tag,
                template_name=name,
                url=f"{tag}/{path}",
            )
