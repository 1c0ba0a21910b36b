"""Check files that are not in the content folder: told by their names what they are."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from wellsourced.diagnostics import Diagnostic
from wellsourced.library import (
    anchors,
    bibliography,
    catalogue,
    changes,
    disclaimers,
    glossary,
    ledger,
    redirects,
    retractions,
)
from wellsourced.library import people as persons
from wellsourced.rules.site import CHANGES, LEDGER, Site

_Findings = tuple[Diagnostic, ...]
_LOADERS: dict[str, Callable[[Path, str, Collection[str]], _Findings]] = {
    "references.json": lambda path, display, known: bibliography.load(path, display)[1],
    "products.yaml": lambda path, display, known: catalogue.load(path, display, known=known)[1],
    "glossary.yaml": lambda path, display, known: glossary.load(path, display, known=known)[1],
    "people.yaml": lambda path, display, known: persons.load(path, display)[1],
    "anchors.json": lambda path, display, known: anchors.load(path, display)[1],
    "redirects.yaml": lambda path, display, known: redirects.load(path, display)[1],
    "retractions.json": lambda path, display, known: retractions.load(path, display)[1],
}
_DATA = (".json", ".yaml", ".yml")


class UncheckableError(Exception):
    """Stop at a file that cannot be checked; the message says why."""


def require_text(path: Path) -> None:
    """Raise `UncheckableError` when a path is no file, cannot be read, or is not text.

    A Markdown or data file that is not UTF-8 passes: its check says where it is not.
    """
    if path.is_dir():
        raise UncheckableError(f"{path} is a folder; give a file, or no path for all content.")
    if not path.is_file():
        raise UncheckableError(f"There is no file {path}.")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UncheckableError(f"{path} cannot be read: {error.strerror}.") from None
    if path.suffix == ".md" or path.suffix in _DATA:
        return
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise UncheckableError(f"{path} is not a text file.")


def check_catalogue(path: Path, display: str, site: Site) -> _Findings | None:
    """Check a data file or a disclaimer by its name; None when it is Markdown of its own.

    Raises `UncheckableError` for a data file whose name does not say what it holds.
    """
    known = site.library.references
    if path.name.endswith(LEDGER):
        return ledger.load(path, display, known)[1]
    if path.name.endswith(CHANGES):
        return changes.load(path, display)[1]
    if load := _LOADERS.get(path.name):
        return load(path, display, known)
    if path.suffix in _DATA:
        names = ", ".join(_LOADERS)
        raise UncheckableError(
            f"{display} is none of {names}, and no {LEDGER} or {CHANGES}: "
            "nothing says what it should hold."
        )
    if path.parent.name == "disclaimers" and path.stem in disclaimers.KINDS:
        folder = display.rpartition("/")[0]
        found = disclaimers.load(path.parent, folder)[1]
        return tuple(d for d in found if d.path == display)
    return None
