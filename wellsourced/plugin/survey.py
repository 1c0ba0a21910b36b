"""Hold what is known of every document of a site while it is checked or built."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wellsourced.diagnostics import Diagnostic
from wellsourced.plugin import digests
from wellsourced.plugin.content import Content
from wellsourced.plugin.desk import Desk
from wellsourced.plugin.neighbours import Neighbour, Outline, as_document
from wellsourced.plugin.records import Body
from wellsourced.plugin.related import Related
from wellsourced.plugin.store import Row, Store, Stored, unpack
from wellsourced.plugin.tracking import Name, Reads, Values
from wellsourced.plugin.usage import Usage, Uses, find_usage
from wellsourced.source import Document
from wellsourced.source.document import DocumentKind

Tell = Callable[[str, int, int], None]
"""Is told what is at work, how many items of it are done, and how many there are."""

TOGETHER = "(rules over all documents)"
OF_DOCUMENTS = frozenset({"addresses", "by_path", "lists", "pages", "sources"})
"""Catalogues that are made of the documents themselves."""


def silent(what: str, done: int, total: int) -> None:
    """Say nothing, where findings are all that is to be seen."""


@dataclass
class Survey:
    """All documents of a site as they are now, and what is known of each."""

    desk: Desk
    content: Content
    neighbours: Mapping[str, Neighbour]
    reads: Reads
    values: Values
    store: Store
    look_again: Callable[[str], Sequence[Diagnostic]]
    """Examines one document anew after its file was saved; gives what is found in it."""
    rows: dict[str, Row] = field(default_factory=dict)
    fresh: dict[str, Stored] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    """Documents that are new, or of which something was made that has changed since."""
    stale: set[str] = field(default_factory=set)
    """Units of the last build that read something which has changed since."""
    meta: dict[str, bytes] = field(default_factory=dict)
    related: Mapping[str, tuple[Related, ...]] = field(default_factory=dict)
    """Articles on the matter of each, as `Production` finds them."""
    together: frozenset[Name] | None = None
    """What the rules over all documents have read, when they were run."""

    def stored(self, path: str) -> Stored:
        """Give a document's record. Raises `LookupError` where the store is damaged."""
        found = self.fresh.get(path) or self.store.record(self.rows[path].record)
        if found is None:
            raise LookupError(path)
        return found

    def body(self, path: str) -> Body:
        """Give what a document's page is made of; the document must have no error."""
        found: Body = pickle.loads(unpack(self.stored(path).body))
        return found

    def outline(self, path: str) -> Outline:
        """Give what other pages need of a document."""
        fresh = self.fresh.get(path)
        blob = fresh.outline if fresh else self.store.outline(self.rows[path].record)
        found: Outline = pickle.loads(blob)
        return found

    def made_from(self, path: str) -> frozenset[Name]:
        """Give what a document's record was made from."""
        return frozenset(pickle.loads(self.stored(path).reads))

    def of_kind(self, kind: DocumentKind) -> list[str]:
        """List the articles or the pages, as shown paths."""
        return [path for path, one in self.neighbours.items() if one.kind == kind]

    def newest(self, count: int | None) -> list[str]:
        """List the latest published articles, the newest first; all of them without a count."""
        dated = [path for path in self.of_kind("article") if self.rows[path].date]
        return sorted(dated, key=lambda path: self.rows[path].date, reverse=True)[:count]

    def used(self) -> list[tuple[Document, Uses]]:
        """List the articles with what each uses."""
        return [
            (as_document(self.neighbours[path]), self.outline(path).uses)
            for path in self.of_kind("article")
        ]

    def usage(self, site_url: str) -> Usage:
        """Find out where everything of the library is used."""
        return find_usage(self.desk.site.library, self.used(), site_url)

    def cards(self, paths: Iterable[str]) -> bytes:
        """Digest what other pages show of some documents."""
        return digests.of([(path, self.rows[path].card) for path in paths])
