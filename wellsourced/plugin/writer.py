"""Write pages as Pelican does, each knowing its own canonical path."""

from __future__ import annotations

from typing import Any

from pelican.writers import Writer


class PageWriter(Writer):  # type: ignore[misc]
    """Give every template `canonical_path`: the page's path from the origin, no leading slash."""

    def write_file(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Write one page."""
        if name:
            kwargs["canonical_path"] = name.removesuffix("index.html")
        super().write_file(name, *args, **kwargs)
