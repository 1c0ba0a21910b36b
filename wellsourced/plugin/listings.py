"""Give the theme what lists and the search page need: a style sheet and a script of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markupsafe import Markup

from wellsourced.plugin import assets, stylesheet


def values(theme: Path) -> dict[str, Any]:
    """Give what templates of lists receive beside the values of every page."""
    script = assets.script(theme, "search")
    return {
        "listing_css": Markup(stylesheet.read(theme, listing=True)),
        "search_js": script.key if script else "",
    }
