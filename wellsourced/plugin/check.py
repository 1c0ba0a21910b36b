"""Check content without publishing it: what `invoke check` runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import TemplateError

from wellsourced import rules, source
from wellsourced.audit import facts
from wellsourced.diagnostics import Diagnostic, Severity
from wellsourced.library import ledger
from wellsourced.plugin import outsiders
from wellsourced.plugin.build import broken_theme
from wellsourced.plugin.desk import Desk, furnish, read, shown
from wellsourced.plugin.outsiders import UncheckableError
from wellsourced.plugin.pages import Pages
from wellsourced.processes import spread
from wellsourced.plugin.stylesheet import StyleSheetError
from wellsourced.rules.site import FOLDERS, LEDGER
from wellsourced.source import Document
from wellsourced.source.document import DocumentKind

Checked = tuple[tuple[Diagnostic, ...], Mapping[str, str]]
"""Findings, sorted, and a mapping from the shown path of each document to its text."""


def check(settings: Mapping[str, Any]) -> Checked:
    """Check a whole content folder."""
    desk = _lay_out(settings)
    found = spread(partial(_look_at, desk, settings), desk.site.documents)
    return tuple(sorted({*desk.found, *found})), desk.texts


def check_file(settings: Mapping[str, Any], path: Path) -> Checked:
    """Check one file against the site's library; see `check_files`."""
    return check_files(settings, [path])


def check_files(settings: Mapping[str, Any], paths: Sequence[Path]) -> Checked:
    """Check some files, in the content folder or anywhere, against the site's library.

    An article brings its facts ledger along, and a ledger what its article has lost of it. A file
    from elsewhere is what its name says: a catalogue of the library, a `.facts.yaml`, or else
    Markdown, a page in a folder `pages` and an article in any other.

    Raises `UncheckableError` when one of them is missing, no file, or nothing that can be checked.
    """
    for path in paths:
        outsiders.require_text(path)
    desk = _lay_out(settings)
    content = Path(settings["PATH"]).resolve()
    found: set[Diagnostic] = set()
    texts: dict[str, str] = {}
    for path in paths:
        whole = path.resolve()
        within = whole.is_relative_to(content)
        findings, more = (_inside if within else _outside)(whole, desk, settings)
        found |= set(findings)
        texts |= more
    return tuple(sorted(found)), texts


def _lay_out(settings: Mapping[str, Any]) -> Desk:
    """Read the content and check what is not one document's own."""
    site, found = read(settings)
    desk = furnish(site, settings)
    desk.found = sorted({*found, *desk.found, *rules.check_together(site)})
    return desk


def _look_at(
    desk: Desk, settings: Mapping[str, Any], documents: Sequence[Document]
) -> list[Diagnostic]:
    """Give what is known, and what rules, renderer and ledgers find in some documents."""
    found = [d for document in documents for d in rules.check_document(document, desk.site)]
    checked = replace(desk, found=[*desk.found, *found])
    look_at_pages(checked, settings, documents)
    return checked.found


def _inside(path: Path, desk: Desk, settings: Mapping[str, Any]) -> Checked:
    """Give what a check of the whole content finds in one of its files and in its ledger."""
    display = shown(path)
    owner = display.removesuffix(LEDGER) + ".md" if display.endswith(LEDGER) else display
    own = [d for d in desk.site.documents if d.path == owner]
    wanted = {display, owner.removesuffix(".md") + LEDGER} if own else {display}
    found = tuple(d for d in _look_at(desk, settings, own) if d.path in wanted)
    library = f"{desk.site.folder}/library/"
    if not (found or own or display.startswith(library)):
        raise UncheckableError(f"{display} is no article, page, ledger or catalogue.")
    return found, {d.path: d.text for d in own}


def _outside(path: Path, desk: Desk, settings: Mapping[str, Any]) -> Checked:
    """Check a file from elsewhere as one more file of the site."""
    display = shown(path)
    catalogue = outsiders.check_catalogue(path, display, desk.site)
    if catalogue is not None:
        return catalogue, {}
    kind: DocumentKind = "page" if path.parent.name == FOLDERS["page"] else "article"
    document = source.read(path, display, kind, desk.site.library.references)
    beside = path.with_name(path.name.removesuffix(".md") + LEDGER)
    owed, faults = ledger.load(beside, shown(beside), desk.site.library.references)
    site = replace(
        desk.site,
        articles=(*desk.site.articles, document),
        ledgers={**desk.site.ledgers, display: owed},
    )
    found = [*rules.check_document(document, site), *faults]
    guest = replace(desk, site=site, found=found)
    look_at_pages(guest, settings, [document])
    return tuple(guest.found), {display: document.text}


def look_at_pages(desk: Desk, settings: Mapping[str, Any], documents: Iterable[Document]) -> None:
    """Render documents; what scanner and renderer disagree on and lost facts join `desk.found`.

    A document with an error is left alone, and so are all while a catalogue cannot be read: those
    mistakes explain the rest.
    """
    faulty = {d.path for d in desk.found if d.severity is Severity.ERROR}
    sound = [
        d
        for d in documents
        if not faulty & {d.path, d.path.removesuffix(".md") + LEDGER} and _has_its_entries(d, desk)
    ]
    if desk.site.unread or not sound:
        return
    try:
        pages = Pages(desk, settings)
        for document in sound:
            _look_at_page(pages, document, desk)
    except (TemplateError, StyleSheetError) as error:
        desk.found.append(broken_theme(error, Path(settings["THEME"])))


def _look_at_page(pages: Pages, document: Document, desk: Desk) -> None:
    owed = desk.site.ledgers.get(document.path, ())
    if owed and document.value("status") in ("", "published"):
        desk.found.extend(facts.lost(pages.article(document).encode("utf-8"), owed))
    else:
        pages.body(document)


def _has_its_entries(document: Document, desk: Desk) -> bool:
    """Tell whether each cited reference could be formatted."""
    return all(cite.key in desk.sources.entries for cite in document.cites)
