"""Read the built site, and only it, and say what is missing, broken or not fit to go out."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType

from lxml import etree

from wellsourced.audit import manifest, memory, promises
from wellsourced.audit.looking import Looked, look
from wellsourced.audit.manifest import Manifest, file_of_digest
from wellsourced.audit.page import Context
from wellsourced.audit.promises import Ledger, Promised
from wellsourced.audit.reading import Files, files_under
from wellsourced.audit.site_checks import RELEASE_CHECKS, SITE_CHECKS, SiteCheck
from wellsourced.diagnostics import Diagnostic
from wellsourced.rules.site import Site

__all__ = ["Audit", "audit_build", "audit_release", "files_under", "manifest", "origin_of"]


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found, sorted, and the manifest of the files that it read.

    `origin` is the absolute base that the pages name as theirs.
    """

    found: tuple[Diagnostic, ...]
    manifest: Manifest
    pages: int
    origin: str


def audit_build(
    files: Files,
    site: Site,
    cache: Path | None = None,
    digests: Mapping[str, bytes] | None = None,
    output: Path | None = None,
) -> tuple[Diagnostic, ...]:
    """Audit a build before it is moved in; the paths of what is found are keys of its files.

    `files` are those that `output` will have; `digests` maps their keys to digests of their bytes,
    for a caller that knows them.
    """
    context, kept = Context(origin_of(files)), _memory(cache, output, "build")
    return _audit(files, site, promises.of(site), kept, context, SITE_CHECKS, digests).found


def audit_release(
    output: Path,
    site: Site,
    cache: Path | None,
    *,
    shown: str,
    budgets: Mapping[str, int],
    paths: Sequence[str] = (),
    ledgers: Mapping[str, Ledger] = MappingProxyType({}),
) -> Audit:
    """Audit an output that is to go out: weights and dates as well.

    `shown` is the path of the output as findings show it; `budgets` maps kind → bytes; `paths`
    are folders of this machine that no file may name; `ledgers` maps an article's shown path →
    the facts that it owes, for those that `site.ledgers` lacks.
    """
    files = files_under(output)
    context = Context(origin_of(files), budgets=tuple(sorted(budgets.items())), paths=tuple(paths))
    promised, kept = promises.of(site, ledgers), _memory(cache, output, "release")
    done = _audit(files, site, promised, kept, context, RELEASE_CHECKS)
    found = tuple(sorted(_below(shown, one) for one in done.found))
    signed = manifest.of(
        tuple(file_of_digest(key, done.digests[key].hex(), done.sizes[key]) for key in files)
    )
    return Audit(found, signed, done.pages, context.origin)


def origin_of(files: Files) -> str:
    """Give the site's absolute base, as its home page says; `""` when it says nothing."""
    try:
        root = etree.fromstring(Path(files["index.html"]).read_bytes(), etree.HTMLParser())
    except (KeyError, OSError, etree.LxmlError):
        return ""
    link = None if root is None else next(root.iterfind('.//link[@rel="canonical"]'), None)
    return (link.get("href") or "").rstrip("/") if link is not None else ""


def _memory(cache: Path | None, output: Path | None, purpose: str) -> Path | None:
    """Name the file that remembers the audits of an output."""
    if cache is None:
        return None
    place = f"{os.path.realpath(output) if output else ''}\0{purpose}"
    return cache / "audit" / f"{blake2b(os.fsencode(place), digest_size=8).hexdigest()}.sqlite"


def _audit(
    files: Files,
    site: Site,
    promised: Promised,
    path: Path | None,
    context: Context,
    checks: Sequence[SiteCheck],
    digests: Mapping[str, bytes] | None = None,
) -> Looked:
    products = site.library.products
    context = replace(
        context,
        labelled=tuple(id for id, product in products.items() if product.label),
        shops=tuple(product.url for product in products.values() if product.url),
    )
    with memory.opened(path) as known:
        try:
            return look(files, site, promised, context, checks, digests, known)
        except memory.DAMAGED:
            known.begin_anew()
            return look(files, site, promised, context, checks, digests, known)


def _below(folder: str, found: Diagnostic) -> Diagnostic:
    """Show a built file's path below its output; a ledger's finding stays where it is."""
    if not found.code.startswith("AUD"):
        return found
    return replace(found, path=f"{folder}/{found.path}")
