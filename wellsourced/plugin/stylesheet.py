"""Join the theme's style sheets into the one that every page carries."""

from __future__ import annotations

import re
from pathlib import Path

import lightningcss

_PLACE = re.compile(r"(?P<reason>.*) at .*:(?P<line>\d+):(?P<column>\d+)$", re.DOTALL)


class StyleSheetError(Exception):
    """A style sheet is not valid CSS: which one, and where (from 1)."""

    def __init__(self, sheet: Path, message: str) -> None:
        place = _PLACE.match(message)
        super().__init__(place["reason"] if place else message)
        self.sheet = sheet
        self.line = int(place["line"]) + 1 if place else 1
        self.column = int(place["column"]) if place else 1


def read(theme: Path) -> str:
    """Join static/css/*.css and each component's, in the order of their names, and minify.

    Raises `StyleSheetError` when a sheet is not valid CSS.
    """
    sheets = [
        *sorted((theme / "static" / "css").glob("*.css")),
        *sorted((theme / "templates" / "components").glob("*/*.css")),
    ]
    texts = [sheet.read_text("utf-8") for sheet in sheets]
    try:
        return _minify("\n".join(texts))
    except ValueError:
        for sheet, text in zip(sheets, texts, strict=True):
            try:
                _minify(text)
            except ValueError as error:
                raise StyleSheetError(sheet, str(error)) from None
        raise


def _minify(text: str) -> str:
    minified: str = lightningcss.process_stylesheet(text, filename="site.css", minify=True)
    return minified.replace("</", "<\\/")
