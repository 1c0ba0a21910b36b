"""Write the pages and files that come from the library: indexes, products, exports, sitemap."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from pelican.generators import Generator
from pelican.writers import Writer

from wellsourced.citations import claims, exports
from wellsourced.plugin import assets, own_citation
from wellsourced.plugin.desk import SETTING, Desk
from wellsourced.plugin.usage import further_reading
from wellsourced.rules.site import address
from wellsourced.source import Document

INDEXES = ("references", "glossary", "products")


class LibraryPages(Generator):  # type: ignore[misc]
    """Write the references index, the glossary, and the product pages through the theme."""

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


class ArticleExports(Generator):  # type: ignore[misc]
    """Write each article's references, its claims, and how to cite the article itself."""

    def generate_output(self, writer: Writer) -> None:
        """Write the files beside each published article."""
        del writer
        desk: Desk = self.settings[SETTING]
        for document in _published(desk.site.articles):
            folder = Path(self.output_path) / address(document).strip("/")
            keys = dict.fromkeys([*(c.key for c in document.cites), *further_reading(document)])
            references = [desk.site.library.references[key] for key in keys]
            url = desk.origin + address(document)
            found = claims.export(claims.claims(document), desk.site.library, url)
            for export in exports.EXPORTS:
                _write(folder / f"references.{export.suffix}", export.write(references))
            own = own_citation.cite(document, desk, self.settings)
            for export in own_citation.FORMATS:
                _write(folder / f"citation.{export.suffix}", export.write([own]))
            _write(folder / "claims.json", json.dumps(found, ensure_ascii=False, indent=1) + "\n")


class Assets(Generator):  # type: ignore[misc]
    """Write the script that the theme's pages load."""

    def generate_output(self, writer: Writer) -> None:
        """Write it under its fingerprint."""
        del writer
        if script := assets.script(Path(self.theme)):
            _write(Path(self.output_path) / script.key, script.text)


class CrawlerFiles(Generator):  # type: ignore[misc]
    """Write sitemap.xml (sitemaps.org 0.9) and robots.txt (RFC 9309)."""

    def generate_output(self, writer: Writer) -> None:
        """Write both files at the root of the output."""
        del writer
        desk: Desk = self.settings[SETTING]
        output = Path(self.output_path)
        _write(output / "sitemap.xml", _sitemap(desk.origin, desk.site.addresses))
        _write(
            output / "robots.txt",
            f"User-agent: *\nAllow: /\n\nSitemap: {desk.origin}/sitemap.xml\n",
        )


def _published(documents: Sequence[Document]) -> list[Document]:
    return [d for d in documents if d.value("status") in ("", "published")]


def _sitemap(origin: str, addresses: Mapping[str, Document | None]) -> str:
    rows = []
    for path, document in sorted(addresses.items()):
        if document and (document not in _published([document]) or document.value("save_as")):
            continue
        changed = (document.value("modified") or document.value("date"))[:10] if document else ""
        stamp = f"<lastmod>{changed}</lastmod>" if changed else ""
        rows.append(f"<url><loc>{escape(origin + path)}</loc>{stamp}</url>\n")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{''.join(rows)}</urlset>\n"
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="")


GENERATORS: tuple[type[Any], ...] = (LibraryPages, ArticleExports, Assets, CrawlerFiles)
