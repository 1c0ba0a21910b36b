"""Read the built site, and only it, and say what is missing, broken or not fit to go out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from wellsourced.audit import (
    feed,
    identity,
    links,
    manifest,
    promises,
    published_pages,
    reading,
    sitemap,
    unpublished,
)
from wellsourced.audit.manifest import Manifest
from wellsourced.audit.page import Context
from wellsourced.audit.reading import Files, files_under
from wellsourced.audit.whole import Whole
from wellsourced.diagnostics import Diagnostic
from wellsourced.rules.site import Site

SITE_CHECKS: tuple[Callable[[Whole], Iterator[Diagnostic]], ...] = (
    links.check,
    identity.check,
    feed.check,
    sitemap.check,
    unpublished.check,
    published_pages.check,
)
"""The checks that need the whole site; a family that is not named here checks nothing."""

MEMORY = "audit/files.bin"
"""The file below WELLSOURCED_CACHE that remembers what built files came to."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found, sorted, and the manifest of the files that it read.

    `origin` is the absolute base that the pages name as theirs.
    """

    found: tuple[Diagnostic, ...]
    manifest: Manifest
    pages: int
    origin: str


def audit_build(files: Files, site: Site, cache: Path | None = None) -> tuple[Diagnostic, ...]:
    """Audit a build before it is moved in; the paths of what is found are keys of its files.

    `files` are those that the output will have.
    """
    return _audit(files, site, cache, Context(origin_of(files))).found


def audit_release(
    output: Path,
    site: Site,
    cache: Path | None,
    *,
    shown: str,
    budgets: Mapping[str, int],
    paths: Sequence[str] = (),
) -> Audit:
    """Audit an output that is to go out: weights and dates as well.

    `shown` is the path of the output as findings show it; `budgets` maps kind → bytes; `paths`
    are folders of this machine that no file may name.
    """
    files = files_under(output)
    context = Context(origin_of(files), budgets=tuple(sorted(budgets.items())), paths=tuple(paths))
    done = _audit(files, site, cache, context, (*SITE_CHECKS, unpublished.check_dates))
    return replace(done, found=tuple(sorted(_below(shown, one) for one in done.found)))


def origin_of(files: Files) -> str:
    """Give the site's absolute base, as its home page says; `""` when it says nothing."""
    try:
        root = etree.fromstring(Path(files["index.html"]).read_bytes(), etree.HTMLParser())
    except (KeyError, OSError, etree.LxmlError):
        return ""
    link = next(root.iterfind('.//link[@rel="canonical"]'), None)
    return (link.get("href") or "").rstrip("/") if link is not None else ""


def _audit(
    files: Files,
    site: Site,
    cache: Path | None,
    context: Context,
    checks: Sequence[Callable[[Whole], Iterator[Diagnostic]]] = SITE_CHECKS,
) -> Audit:
    products = site.library.products
    context = replace(
        context,
        labelled=tuple(id for id, product in products.items() if product.label),
        shops=tuple(product.url for product in products.values() if product.url),
    )
    promised = promises.of(site)
    built = reading.read(files, promised, context, cache / MEMORY if cache else None)
    whole = Whole(files, built, site, promised, context.origin)
    found = {one for file in built.values() for one in file.found}
    found.update(one for check in checks for one in check(whole))
    release = manifest.of(tuple(file.file for file in built.values()))
    return Audit(tuple(sorted(found)), release, len(whole.pages), context.origin)


def _below(folder: str, found: Diagnostic) -> Diagnostic:
    """Show a built file's path below its output; a ledger's finding stays where it is."""
    if not found.code.startswith("AUD"):
        return found
    return replace(found, path=f"{folder}/{found.path}")
