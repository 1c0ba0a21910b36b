"""Give the theme what lists need: their own style sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markupsafe import Markup

from wellsourced.plugin import stylesheet


def values(theme: Path) -> dict[str, Any]:
    """Give what templates of lists receive beside the values of every page."""
    return {"listing_css": Markup(stylesheet.read(theme, listing=True))}
