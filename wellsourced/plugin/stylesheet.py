"""Join the theme's style sheets into those that its pages carry."""

from __future__ import annotations

import re
from pathlib import Path

import lightningcss

LISTING = ".listing.css"
"""What the sheets end in that only pages of lists carry, so that articles stay light."""

SCRIPTED = ".script.css"
"""What the sheets end in for what a script makes: they come with the script (see assets)."""

PRINTED = ".print.css"
"""What the sheets end in for paper alone: they stand last, together in one `@media print`."""

_PLACE = re.compile(r"(?P<reason>.*) at .*:(?P<line>\d+):(?P<column>\d+)$", re.DOTALL)


class StyleSheetError(Exception):
    """A style sheet is not valid CSS: which one, and where (from 1)."""

    def __init__(self, sheet: Path, message: str) -> None:
        place = _PLACE.match(message)
        super().__init__(place["reason"] if place else message)
        self.sheet = sheet
        self.line = int(place["line"]) + 1 if place else 1
        self.column = int(place["column"]) if place else 1


def read(theme: Path, *, listing: bool = False) -> str:
    """Join static/css/*.css and each component's, in the order of their names, and minify.

    Those for lists alone are left out, or are all with `listing`; without, those for paper follow.
    Raises `StyleSheetError` when a sheet is not valid CSS.
    """
    if listing:
        return _join(theme, LISTING)
    return _join(theme, "") + _join(theme, PRINTED, "@media print {%s}")


def scripted(theme: Path) -> str:
    """Join the sheets for what a script makes, in the same way."""
    return _join(theme, SCRIPTED)


def _join(theme: Path, end: str, around: str = "%s") -> str:
    found = [
        *sorted((theme / "static" / "css").glob("*.css")),
        *sorted((theme / "templates" / "components").glob("*/*.css")),
    ]
    sheets = [sheet for sheet in found if _end(sheet) == end]
    texts = [sheet.read_text("utf-8") for sheet in sheets]
    try:
        return _minify(around % "\n".join(texts))
    except ValueError:
        for sheet, text in zip(sheets, texts, strict=True):
            try:
                _minify(text)
            except ValueError as error:
                raise StyleSheetError(sheet, str(error)) from None
        raise


def _end(sheet: Path) -> str:
    return next((end for end in (LISTING, SCRIPTED, PRINTED) if sheet.name.endswith(end)), "")


def _minify(text: str) -> str:
    minified: str = lightningcss.process_stylesheet(text, filename="site.css", minify=True)
    return minified.replace("</", "<\\/")
