"""Read of the content what an audit asks for: what stands at the top of each file, the library.

Whole articles are not scanned for it, and what was not touched since the last audit is known.
"""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

from wellsourced.audit.promises import Ledger
from wellsourced.library import ledger
from wellsourced.library.ledger import Fact
from wellsourced.plugin import digests, known_library
from wellsourced.plugin.content import Content
from wellsourced.plugin.files import STAMPS, Files
from wellsourced.plugin.memory import remembering
from wellsourced.plugin.neighbours import head
from wellsourced.plugin.store import Build, Store
from wellsourced.plugin.survey import silent
from wellsourced.plugin.where import shown, today
from wellsourced.rules.site import LEDGER, Site
from wellsourced.source import Document
from wellsourced.source.document import DocumentKind
from wellsourced.source.front_matter import Described, Field
from wellsourced.source.spans import Span

PURPOSE = "audit"
_HEADS = "heads"
_NOWHERE = Span(0, 0)
_Head = tuple[bytes, dict[str, str]]
"""The digest of a document with what lies beside it, and name → value of the fields at its top."""


class Headed(Described):
    """An article or page of which only the fields at its top are known, and not their places."""

    __slots__ = ("_values", "kind", "path")

    def __init__(self, path: str, kind: DocumentKind, values: dict[str, str]) -> None:
        self.path = path
        self.kind = kind
        self._values = values

    @property
    def fields(self) -> tuple[Field, ...]:
        """Give the fields at its top."""
        return tuple(Field(name, one, _NOWHERE, _NOWHERE) for name, one in self._values.items())

    def value(self, name: str) -> str:
        """Give a field's value, or an empty string."""
        return self._values.get(name, "")


@dataclass(frozen=True, slots=True)
class PromisedContent:
    """A site as far as an audit asks for it, and article's shown path → the facts that it owes."""

    site: Site
    ledgers: Mapping[str, Ledger]


def read(settings: Mapping[str, Any]) -> PromisedContent:
    """Read the content that Pelican's settings name."""
    return remembering(settings, PURPOSE, silent, partial(_read, settings))


def _read(settings: Mapping[str, Any], store: Store) -> PromisedContent:
    folder = Path(settings["PATH"])
    content = Content(folder, shown(folder), Files.remembered(store.meta(STAMPS)))
    known = known_library.read(folder, content.display, store)
    heads = _heads(content, store)
    documents = [Headed(path, content.sources[path].kind, one[1]) for path, one in heads.items()]
    of_kind = {
        kind: tuple(cast(Document, one) for one in documents if one.kind == kind)
        for kind in ("article", "page")
    }
    meta = {
        STAMPS: content.files.kept,
        known_library.META: known.kept,
        _HEADS: marshal.dumps(heads),
    }
    build = Build(meta=meta)
    if build.differs_from(store):
        store.commit(build, lambda name: b"")
    site = Site(
        folder=content.display,
        articles=of_kind["article"],
        pages=of_kind["page"],
        library=known.library,
        pictures={},
        ledgers={},
        strays=(),
        unread=known.unread,
        today=today(),
        publishing=bool(settings.get("WELLSOURCED_PUBLISHING")),
    )
    return PromisedContent(site, _ledgers(content))


def _heads(content: Content, store: Store) -> dict[str, _Head]:
    kept = store.meta(_HEADS)
    last: Mapping[str, _Head] = marshal.loads(kept) if kept else {}
    return {
        path: known
        if (known := last.get(path)) and known[0] == one.digest
        else (one.digest, _values(one.path))
        for path, one in content.sources.items()
        if one.digest  # a file that cannot be read is the business of the rules
    }


def _values(path: Path) -> dict[str, str]:
    fields = head(path.read_bytes().decode("utf-8", "replace"))
    return {one.name: one.value for one in reversed(fields)}  # the first of a name counts


def _ledgers(content: Content) -> dict[str, Ledger]:
    """Map each article that has a ledger to it."""
    found: dict[str, Ledger] = {}
    for name in content.names:
        path = f"{content.display}/{name.removesuffix(LEDGER)}.md"
        if name.endswith(LEDGER) and path in content.sources:
            shown_path = f"{content.display}/{name}"
            digest = digests.of(shown_path, content.digest(name))
            found[path] = Ledger(digest, partial(_facts, content.folder / name, shown_path))
    return found


def _facts(path: Path, shown_path: str) -> tuple[Fact, ...]:
    return ledger.load(path, shown_path)[0]
