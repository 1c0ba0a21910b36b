"""Write the pages and files that come from the library: indexes, products, exports, sitemap."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from pelican.generators import Generator
from pelican.writers import Writer

from wellsourced.plugin import assets
from wellsourced.plugin.desk import SETTING, Desk
from wellsourced.plugin.files import put
from wellsourced.rules.site import UNLISTED
from wellsourced.source import Document

INDEXES = ("references", "glossary", "products")


class LibraryPages(Generator):  # type: ignore[misc]
    """Write the references index, the glossary, and the product pages through the theme."""

    made_from = frozenset({"uses"})

    def generate_output(self, writer: Writer) -> None:
        """Write every page."""
        desk: Desk = self.settings[SETTING]
        for name in INDEXES:
            writer.write_file(
                f"{name}/index.html", self.get_template(name), self.context, url=f"{name}/"
            )
        template = self.get_template("product")
        for product in desk.site.library.products.values():
            path = f"products/{product.id}/"
            writer.write_file(
                f"{path}index.html", template, self.context, url=path, product=product
            )


class Assets(Generator):  # type: ignore[misc]
    """Write the scripts that the theme's pages load."""

    made_from: frozenset[str] = frozenset()

    def generate_output(self, writer: Writer) -> None:
        """Write each under its fingerprint."""
        del writer
        for page in ("", "search"):
            if script := assets.script(Path(self.theme), page):
                put(Path(self.output_path) / script.key, script.text.encode("utf-8"))


class CrawlerFiles(Generator):  # type: ignore[misc]
    """Write sitemap.xml (sitemaps.org 0.9) and robots.txt (RFC 9309)."""

    made_from = frozenset({"cards"})

    def generate_output(self, writer: Writer) -> None:
        """Write both files at the root of the output."""
        del writer
        desk: Desk = self.settings[SETTING]
        output = Path(self.output_path)
        lists = dict.fromkeys(desk.site.lists)
        addresses = {**desk.site.addresses, **lists}
        put(output / "sitemap.xml", _sitemap(desk.origin, addresses).encode("utf-8"))
        robots = f"User-agent: *\nAllow: /\n\nSitemap: {desk.origin}/sitemap.xml\n"
        put(output / "robots.txt", robots.encode("utf-8"))


def _sitemap(origin: str, addresses: Mapping[str, Document | None]) -> str:
    rows = []
    for path, document in sorted(addresses.items()):
        if path in UNLISTED:
            continue
        if document and (document.status != "published" or document.value("save_as")):
            continue
        changed = (document.value("modified") or document.value("date"))[:10] if document else ""
        stamp = f"<lastmod>{changed}</lastmod>" if changed else ""
        rows.append(f"<url><loc>{escape(origin + path)}</loc>{stamp}</url>\n")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{''.join(rows)}</urlset>\n"
    )


GENERATORS: tuple[type[Any], ...] = (LibraryPages, Assets, CrawlerFiles)
