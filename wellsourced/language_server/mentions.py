"""Find where a text names something that is defined elsewhere, and where a catalogue defines it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from wellsourced.diagnostics import Location
from wellsourced.library import glossary, json_reader, yaml_reader
from wellsourced.library.positions import BrokenSyntaxError, Record, Trail
from wellsourced.rules.destinations import page_of, path_in_content
from wellsourced.rules.site import Site
from wellsourced.source import Document
from wellsourced.source.document import Link
from wellsourced.source.paths import FILENAME
from wellsourced.source.spans import LineIndex, Span

Kind = Literal["reference", "product", "term", "person", "anchor", "file", "code"]

DEFINED_IN: dict[Kind, str] = {
    "reference": "references.json",
    "product": "products.yaml",
    "term": "glossary.yaml",
    "person": "people.yaml",
}
"""The catalogue, a file of content/library/, that defines each kind of entry."""

_ADDRESS = re.compile(r"/(references|products|glossary)/(?:#([^/#?]+)|([^/#?]+)/)$")
_ADDRESSED: dict[str, Kind] = {
    "references": "reference", "products": "product", "glossary": "term"
}  # fmt: skip
_KEYS = re.compile(r"[^,\s][^,]*?(?=\s*(?:,|$))")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names something: `span` covers its key, or the words that stand for it.

    `literal` tells that the span holds the key itself, `yaml` that it stands in YAML; `page` is the
    path, below the content folder, of the page that an anchor belongs to.
    """

    kind: Kind
    name: str
    span: Span
    literal: bool = True
    defines: bool = False
    page: str = ""
    yaml: bool = False


def in_document(document: Document, site: Site) -> Iterator[Mention]:
    """Yield what an article or page names, in no special order."""
    for cite in document.cites:
        yield Mention("reference", cite.key, cite.key_span)
    for use in document.terms:
        if term := glossary.find(site.library.terms, use.name):
            yield Mention("term", term.id, use.name_span, literal=False)
    for allowance in document.allowances:
        start = document.text.index(allowance.code, allowance.span.start)
        yield Mention("code", allowance.code, Span(start, start + len(allowance.code)))
    for name in ("author", "reviewer"):
        if field := document.metadata(name):
            for key in _KEYS.finditer(document.text_of(field.value_span)):
                start = field.value_span.start
                yield Mention("person", key[0], Span(start + key.start(), start + key.end()))
    yield from _in_blocks(document)
    for link in document.links:
        yield from _in_link(document, site, link)


def in_catalogue(name: str, text: str) -> Iterator[Mention]:
    """Yield what a catalogue or ledger of a name defines and names.

    Raises `BrokenSyntaxError` when it cannot be read.
    """
    parse = json_reader.parse if name.endswith(".json") else yaml_reader.parse
    record = parse(text, name)
    index = LineIndex(text)
    defined = next((kind for kind, file in DEFINED_IN.items() if file == name), None)
    for trail in record.values:
        if defined == "reference":
            if len(trail) == 2 and trail[1] == "id" and isinstance(key := _at(record, trail), str):
                yield Mention("reference", key, _token(record, trail, index), defines=True)
            continue
        if defined and len(trail) == 1:
            key_span = _inner(index, record.key_at(trail))
            yield Mention(defined, str(trail[0]), key_span, defines=True, yaml=True)
        elif _names_reference(trail) and isinstance(key := _at(record, trail), str):
            yield Mention("reference", key, _token(record, trail, index), yaml=True)


def _in_blocks(document: Document) -> Iterator[Mention]:
    for block in document.blocks:
        option = block.options.get("items")
        for item, span in option.items if option else ():
            if block.name == "products" and isinstance(item, str):
                yield Mention("product", item, _unquoted(document.text, span), yaml=True)
            elif block.name == "further-reading" and isinstance(item, dict):
                yield from _in_item(document, span)


def _in_item(document: Document, span: Span) -> Iterator[Mention]:
    """Yield the key of one item of further reading."""
    column = document.index.position(span.start)[1]
    lead = " " * (column - 1)  # an item's later lines are indented as in the file
    try:
        record = yaml_reader.parse(lead + document.text_of(span), "")
    except BrokenSyntaxError:
        return
    if isinstance(key := _at(record, ("key",)), str):
        index = LineIndex(lead + document.text_of(span))
        found = _token(record, ("key",), index)
        shift = span.start - len(lead)
        span = Span(found.start + shift, found.end + shift)
        yield Mention("reference", key, span, yaml=True)


def _in_link(document: Document, site: Site, link: Link) -> Iterator[Mention]:
    base, _, fragment = link.target.partition("#")
    start = link.target_span.start
    if document.text[start : start + len(link.target)] != link.target:
        return  # written in another way than it reads, such as between < and >
    if found := _ADDRESS.match(link.target):
        group = 2 if found[2] else 3
        span = Span(start + found.start(group), start + found.end(group))
        yield Mention(_ADDRESSED[found[1]], found[group], span)
        return
    if base.startswith(FILENAME):
        path = path_in_content(document, site, link)
        yield Mention("file", path, Span(start, start + len(base)), literal=False)
    page = page_of(document, site, link, base)
    if not fragment or page is None:
        return
    place = start + len(base) + 1
    for kind, prefix in (("reference", "ref-"), ("product", "product-")):
        name = fragment.removeprefix(prefix)
        known = site.library.references if kind == "reference" else site.library.products
        if name != fragment and name in known:
            span = Span(place + len(prefix), place + len(fragment))
            yield Mention(kind, name, span)  # type: ignore[arg-type]
            return
    below = page.path.removeprefix(f"{site.folder}/")
    yield Mention("anchor", fragment, Span(place, place + len(fragment)), page=below)


def _names_reference(trail: Trail) -> bool:
    return trail[-1:] == ("reference",) or (len(trail) > 1 and trail[-2] == "references")


def _at(record: Record, trail: Trail) -> object:
    value = record.value
    for step in trail:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _token(record: Record, trail: Trail, index: LineIndex) -> Span:
    return _inner(index, record.value_at(trail))


def _inner(index: LineIndex, at: Location) -> Span:
    whole = Span(index.offset(at.line, at.column), index.offset(at.end_line, at.end_column))
    return _unquoted(index.text, whole)


def _unquoted(text: str, span: Span) -> Span:
    """Leave the quotes round a key out."""
    written = text[span.start : span.end]
    if len(written) > 1 and written[0] in "\"'" and written[-1] == written[0]:
        return Span(span.start + 1, span.end - 1)
    return span
