"""Write what readers download with an article: its references, its claims, its own citation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from wellsourced.citations import claims, exports
from wellsourced.citations.claims import Claim
from wellsourced.citations.exports import Export
from wellsourced.library.reference import Reference
from wellsourced.plugin import own_citation
from wellsourced.plugin.desk import Desk
from wellsourced.plugin.usage import Uses
from wellsourced.rules.site import address
from wellsourced.source import Document

_JSON = json.JSONEncoder(ensure_ascii=False)


class Downloads:
    """The downloads of one build; each reference is formatted once however often it is cited."""

    def __init__(self, desk: Desk, settings: Mapping[str, Any]) -> None:
        self._desk = desk
        self._settings = settings
        self._entries: dict[tuple[str, str], str] = {}

    def files(
        self, document: Document, uses: Uses, claimed: tuple[Claim, ...]
    ) -> Iterator[tuple[str, str]]:
        """Yield the files beside a published article: name and text."""
        library = self._desk.site.library
        references = [library.references[key] for key in uses.references]
        for export in exports.EXPORTS:
            entries = (self._entry(export, reference) for reference in references)
            yield f"references.{export.suffix}", export.join(entries)
        own = own_citation.cite(document, self._desk, self._settings)
        for export in own_citation.FORMATS:
            yield f"citation.{export.suffix}", export.write([own])
        found = claims.export(claimed, library, self._desk.origin + address(document))
        yield "claims.json", _spell(found)

    def _entry(self, export: Export, reference: Reference) -> str:
        name = export.suffix, reference.key
        if name not in self._entries:
            self._entries[name] = export.entry(reference)
        return self._entries[name]


def _spell(found: Mapping[str, object]) -> str:
    """Write claims as JSON, one a line: the encoder that indents is many times slower."""
    fields = []
    for name, value in found.items():
        text = ",\n  ".join(map(_JSON.encode, value)) if isinstance(value, list) else ""
        fields.append(f' "{name}": ' + (f"[\n  {text}\n ]" if text else _JSON.encode(value)))
    return "{\n" + ",\n".join(fields) + "\n}\n"
