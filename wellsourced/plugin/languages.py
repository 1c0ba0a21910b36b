"""Let templates speak each page's language, and know the translations of a page.

Documents of one kind and one slug are translations of each other, as in Pelican; each says its
language with `Lang`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel import Locale
from jinja2 import Template
from pelican.generators import Generator

from wellsourced.rendering import words
from wellsourced.rules.site import Site, address_in, is_draft
from wellsourced.source import Document, language


@dataclass(frozen=True, slots=True)
class Translation:
    """A page in another language: its address from the site's root without a slash, its title."""

    lang: str
    url: str
    title: str

    @property
    def name(self) -> str:
        """Give the language's own name for itself."""
        locale = Locale.parse(self.lang, sep="-")
        return str(locale.get_display_name(locale))


def speak(generator: Generator) -> None:
    """Let the templates of a generator speak English, until they are told otherwise."""
    words.ENGLISH.install(generator.env)


class Templates:
    """The theme's templates in every language; `make` gives a generator that loads them."""

    def __init__(self, make: Callable[[], Generator], theme: Path) -> None:
        self._make = make
        self._theme = theme
        self._generators = {language.SITE: make()}
        speak(self._generators[language.SITE])  # a check runs no plugin, and hears no signal

    def get(self, name: str, tag: str) -> Template:
        """Give a template. Raises `LookupError` when the theme has no words in the language."""
        if tag not in self._generators:
            generator = self._make()
            words.load(self._theme, tag).install(generator.env)
            self._generators[tag] = generator
        template: Template = self._generators[tag].get_template(name)
        return template


def words_of(document: Document, settings: Mapping[str, Any]) -> words.Words:
    """Give the words of a document's language, which its rendering has found to be there."""
    return words.load(Path(settings["THEME"]), language.of(document))


def translations(document: Document, site: Site, theme: Path) -> tuple[Translation, ...]:
    """List a document's published translations, in the order of their languages."""
    found = []
    for tag in words.languages(theme):
        where = address_in(document, tag)
        other = site.addresses.get(where) if tag != language.of(document) else None
        if other is not None and language.of(other) == tag and not is_draft(other):
            found.append(Translation(tag, where.removeprefix("/"), other.value("title")))
    return tuple(found)
