"""Join the theme's style sheets into the one that every page carries."""

from __future__ import annotations

from pathlib import Path

import lightningcss


def read(theme: Path) -> str:
    """Join static/css/*.css and each component's, in the order of their names, and minify.

    Raises `ValueError` when a sheet is not valid CSS.
    """
    sheets = [
        *sorted((theme / "static" / "css").glob("*.css")),
        *sorted((theme / "templates" / "components").glob("*/*.css")),
    ]
    text = "\n".join(sheet.read_text("utf-8") for sheet in sheets)
    minified: str = lightningcss.process_stylesheet(text, filename="site.css", minify=True)
    return minified.replace("</", "<\\/")
