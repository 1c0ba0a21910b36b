"""Check content without publishing it: what `invoke check` runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jinja2 import TemplateError

from wellsourced import rules, source
from wellsourced.audit import facts
from wellsourced.diagnostics import Diagnostic, Severity
from wellsourced.library import ledger
from wellsourced.plugin import images, outsiders
from wellsourced.plugin.content import Texts
from wellsourced.plugin.desk import SETTING, Desk
from wellsourced.plugin.documents import DocumentPages
from wellsourced.plugin.faults import broken_theme
from wellsourced.plugin.memory import remembering
from wellsourced.plugin.outsiders import UncheckableError
from wellsourced.plugin.pages import Pages
from wellsourced.plugin.site_pages import SURVEY, template_context
from wellsourced.plugin.store import Build, Store
from wellsourced.plugin.stylesheet import StyleSheetError
from wellsourced.plugin.survey import TOGETHER, Survey, silent
from wellsourced.plugin.surveying import survey
from wellsourced.plugin.where import shown
from wellsourced.processes import stream
from wellsourced.rules import freshness
from wellsourced.rules.site import COMPANIONS, FOLDERS, LEDGER
from wellsourced.source import Document
from wellsourced.source.document import DocumentKind

PURPOSE = "check"

Checked = tuple[tuple[Diagnostic, ...], Mapping[str, str]]
"""Findings, sorted, and a mapping from the shown path of each document to its text."""


def check(settings: Mapping[str, Any]) -> Checked:
    """Check a whole content folder; what has not changed since the last check is remembered."""

    def work(kept: Store) -> Checked:
        surveyed = survey(settings, kept, silent)
        found = {*surveyed.desk.found, *_lost_facts(surveyed, settings, surveyed.rows)}
        found |= {*images.unused(surveyed.desk.site)}
        reads = {path: surveyed.made_from(path) for path in surveyed.changed}
        if surveyed.together is not None:
            reads[TOGETHER] = surveyed.together
        build = Build(surveyed.rows, surveyed.fresh, reads, meta=surveyed.meta)
        if build.differs_from(kept):
            kept.commit(build, surveyed.values.digest)
        return tuple(sorted(found)), Texts(surveyed.content)

    return remembering(settings, PURPOSE, silent, work)


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
    content = Path(settings["PATH"])
    whole = [path.resolve() for path in paths]
    inside = [path for path in whole if path.is_relative_to(content.resolve())]
    own = {content / _document_of(path.relative_to(content.resolve())) for path in inside}

    def work(kept: Store) -> Checked:
        surveyed = survey(settings, kept, silent, own)
        found: set[Diagnostic] = set()
        texts: dict[str, str] = {}
        for path in whole:
            if path in inside:
                found |= set(_inside(path, surveyed, settings))
            else:
                findings, more = _outside(path, surveyed.desk, settings)
                found |= set(findings)
                texts |= more
        return tuple(sorted(found)), Texts(surveyed.content, texts)

    return remembering(settings, PURPOSE, silent, work)


def _document_of(path: Path) -> Path:
    """Give the document that a file belongs to: its ledger and change log stand beside it."""
    kind = next((kind for kind in COMPANIONS if path.name.endswith(kind)), None)
    return path.with_name(path.name.removesuffix(kind) + ".md") if kind else path


def _lost_facts(
    surveyed: Survey, settings: Mapping[str, Any], paths: Iterable[str]
) -> list[Diagnostic]:
    """Give what pages have lost of their ledgers; one with an error of its own is not looked at."""
    owing = [path for path in paths if surveyed.rows[path].facts]
    if surveyed.desk.site.unread or not owing:
        return []
    theme = Path(settings["THEME"])
    whole = dict(settings) | {SETTING: surveyed.desk, SURVEY: surveyed}
    try:
        with TemporaryDirectory() as stage:
            pages = DocumentPages(surveyed, whole, template_context(surveyed, whole), Path(stage))
            return [found for one in stream(pages.write, owing) for found in one.found]
    except (TemplateError, StyleSheetError) as error:
        return [broken_theme(error, theme)]


def _inside(path: Path, surveyed: Survey, settings: Mapping[str, Any]) -> list[Diagnostic]:
    """Give what a check of the whole content finds in one of its files and those beside it."""
    display = shown(path)
    owner = shown(_document_of(path))
    own = [owner] if owner in surveyed.neighbours else []
    wanted = {display, *(owner.removesuffix(".md") + kind for kind in COMPANIONS if own)}
    found = [*surveyed.desk.found, *_lost_facts(surveyed, settings, own)]
    found = [one for one in found if one.path in wanted]
    library = f"{surveyed.desk.site.folder}/library/"
    if not (found or own or display.startswith(library)):
        raise UncheckableError(f"{display} is no article, page, ledger or catalogue.")
    return found


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
    _, in_log = freshness.read(document, path, site.today)
    found = [*rules.check_document(document, site), *faults, *in_log]
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
    if owed and document.status == "published":
        desk.found.extend(facts.lost(pages.article(document).encode("utf-8"), owed))
    else:
        pages.body(document)


def _has_its_entries(document: Document, desk: Desk) -> bool:
    """Tell whether each cited reference could be formatted."""
    return all(cite.key in desk.sources.entries for cite in document.cites)
