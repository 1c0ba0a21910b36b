"""The words of the theme and of the engine in one language, from the theme's catalogues.

A catalogue is a gettext file, `<theme>/translations/<language>/messages.po`; the messages are
the English words themselves (GNU gettext manual, § 10). English needs no catalogue.
"""

from __future__ import annotations

import io
from datetime import date
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import Environment
from markupsafe import Markup

from wellsourced.source import language

FOLDER = "translations"
FILE = "messages.po"


class Words:
    """What readers are told in one language; `tag` is its BCP 47 tag, such as `es`."""

    def __init__(self, tag: str, catalogue: NullTranslations) -> None:
        self.tag = tag
        self._catalogue = catalogue

    def gettext(self, message: str, **values: object) -> str:
        """Give a message in the language, with its values put in for `%(name)s`."""
        return self._catalogue.gettext(message) % values

    @property
    def messages(self) -> frozenset[str]:
        """Give the messages that the catalogue translates."""
        known = getattr(self._catalogue, "_catalog", {})
        return frozenset(one for one in known if isinstance(one, str) and one and "\4" not in one)

    def date(self, day: date) -> str:
        """Write a day out, such as `24 November 2026` (patterns of Unicode TR 35)."""
        return _written_out(day, self._catalogue.pgettext("date pattern", "d MMMM y"), self.tag)

    def install(self, environment: Environment) -> None:
        """Let an environment's templates speak: `_()`, `{% trans %}`, and the filter `day`."""
        environment.add_extension("jinja2.ext.i18n")
        environment.policies["ext.i18n.trimmed"] = True
        known = self._catalogue
        environment.install_gettext_callables(  # type: ignore[attr-defined]
            known.gettext,
            known.ngettext,
            newstyle=True,
            pgettext=known.pgettext,
            npgettext=known.npgettext,
        )
        spoken: dict[str, str] = {}

        def gettext(message: str, /, **values: object) -> str:
            # As Jinja's own, which makes three calls of one: a page has hundreds of messages.
            text = spoken.get(message)
            if text is None:
                text = known.gettext(message)
                text = spoken[message] = Markup(text) if environment.autoescape else text
            return text % values if "%" in text else text

        environment.globals["gettext"] = environment.globals["_"] = gettext
        environment.auto_reload = False  # no environment outlives its build
        environment.filters["day"] = self.date
        # The library is in the language of the site: elsewhere, passages of it say so.
        foreign = "" if self.tag == language.SITE else f' lang="{language.SITE}"'
        environment.globals["library_lang"] = Markup(foreign)


ENGLISH = Words(language.SITE, NullTranslations())


def languages(theme: Path) -> tuple[str, ...]:
    """List the languages that a theme speaks: English, then those of its catalogues by tag."""
    found = sorted(path.parent.name for path in (theme / FOLDER).glob(f"*/{FILE}"))
    return (language.SITE, *found)


def load(theme: Path, tag: str) -> Words:
    """Give a theme's words in a language.

    Raises `LookupError` when the theme does not speak it; its catalogue is read anew whenever
    it has changed on disk.
    """
    if tag == language.SITE:
        return ENGLISH
    if tag not in languages(theme):
        raise LookupError(f'the theme has no words in "{tag}"')
    path = theme / FOLDER / tag / FILE
    status = path.stat()
    return _read(path, tag, (status.st_mtime_ns, status.st_size))


@lru_cache(maxsize=1 << 12)
def _written_out(day: date, pattern: str, tag: str) -> str:
    return format_date(day, pattern, locale=tag.replace("-", "_"))


@lru_cache
def _read(path: Path, tag: str, stamp: tuple[int, int]) -> Words:
    del stamp
    with path.open("rb") as file:
        catalogue = read_po(file, locale=tag.replace("-", "_"), abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Words(tag, GNUTranslations(compiled))
