"""Write pages and feeds as Pelican does, with addresses that hold wherever they are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from feedgenerator import Atom1Feed
from pelican.writers import Writer

from wellsourced.plugin.desk import SETTING

_LOCAL = re.compile(r'(?P<attribute>\b(?:href|src)=")(?P<start>[#/])')
# Feed readers know the one format of a picture's img, and addresses in srcset stay local.
_ONLY_ON_PAGES = re.compile(r"<button\b[^>]*\bpopovertarget=[^>]*></button>|<source\b[^>]*>")


class PageWriter(Writer):  # type: ignore[misc]
    """Give every template `canonical_path`: the page's path from the origin, no leading slash."""

    def write_file(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Write one page."""
        if name:
            kwargs["canonical_path"] = name.removesuffix("index.html")
        super().write_file(name, *args, **kwargs)

    def write_feed(
        self, elements: Any, context: Mapping[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """Write one feed; its ids are absolute in development too (RFC 4287 § 4.2.6)."""
        origin = self.settings[SETTING].origin
        return super().write_feed(elements, {**context, "SITEURL": origin}, *args, **kwargs)

    def _create_new_feed(self, feed_type: str, feed_title: str, context: Any) -> Any:
        title = f"{context['SITENAME']} - {feed_title}" if feed_title else context["SITENAME"]
        return _PortableFeed(
            title=title, link=f"{context['SITEURL']}/", feed_url=self.feed_url, description=""
        )


class _PortableFeed(Atom1Feed):  # type: ignore[misc]
    """An Atom feed whose items work outside their page, without what works only there."""

    def add_item(self, title: str, link: str, **kwargs: Any) -> None:
        """Add one article, its local links made absolute."""
        starts = {"#": f"{link}#", "/": self.feed["link"]}
        if content := kwargs.get("content"):
            kwargs["content"] = _LOCAL.sub(
                lambda found: found["attribute"] + starts[found["start"]],
                _ONLY_ON_PAGES.sub("", content),
            )
        super().add_item(title, link, **kwargs)
