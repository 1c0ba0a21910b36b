"""Give the theme's templates what they need beside Pelican's own values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markupsafe import Markup

from wellsourced.imaging import cards
from wellsourced.plugin import assets, listings, stylesheet
from wellsourced.plugin.desk import Desk


def page_values(desk: Desk, theme: Path) -> dict[str, Any]:
    """Give what every template receives beside Pelican's own values."""
    return {
        "site_css": Markup(stylesheet.read(theme)),
        "site_js": script.key if (script := assets.script(theme)) else "",
        "origin": desk.origin,
        "library": desk.site.library,
        "entries": desk.sources.entries,
        "usage": desk.usage,
        "disclosures": desk.sources.disclosures,
        "share_picture": cards.card_key,
        **listings.values(theme),
    }
