"""Offer what can stand at the cursor: keys, terms, blocks, options, anchors, paths, fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from wellsourced.diagnostics import CODES, Severity
from wellsourced.library.disclaimers import KINDS as DISCLAIMERS
from wellsourced.library.glossary import Term
from wellsourced.library.reference import Reference
from wellsourced.rules.block_kinds import KINDS as BLOCKS
from wellsourced.rules.destinations import anchors_of, engine_anchors
from wellsourced.rules.front_matter import FIELDS, MODELS, REQUIRED, STATUSES
from wellsourced.rules.site import Site
from wellsourced.source import Document
from wellsourced.source.paths import FILENAME
from wellsourced.source.spans import Line, Span

_FIELD = re.compile(r"(?P<word>[A-Za-z_]*)$")
_PERSON = re.compile(r"(?:Author|Reviewer)[ \t]*:(?:.*,)?[ \t]*(?P<word>[^,\s]*)$", re.IGNORECASE)
_STATUS = re.compile(r"Status[ \t]*:[ \t]*(?P<word>\S*)$", re.IGNORECASE)
_CITE = re.compile(r"(?<![\w@.])@(?P<word>[\w:.-]*)$")
_TERM = re.compile(r"\[\[(?:[^\[\]|]*\|)?(?P<word>[^\[\]|]*)$")
_LINK = re.compile(r"\]\((?P<base>[^()\s#]*)(?P<hash>#)?(?P<word>[^()\s#]*)$")
_TARGET = re.compile(r"\]\((?P<word>[^()\s#]*)$")
_BLOCK = re.compile(r"[ ]{0,3}/{3,}[ ]*(?P<word>[\w-]*)$")
_DISCLAIMER = re.compile(r"[ ]{0,3}/{3,}[ ]*disclaimer[ ]*\|[ ]*(?P<word>[\w-]*)$")
_ALLOW = re.compile(r"<!--\s*allow\s+(?P<word>\w*)$")
_OPENING = re.compile(r"[ ]{0,3}/{3,}[ ]*(?P<name>[\w-]+)")
_OPTION = re.compile(r"[ ]{4,}(?P<word>[\w-]*)$")
_VALUE = re.compile(r"[ ]{4,}(?P<name>[\w-]+):(?:.*[\[,])?[ \t]*(?P<word>[^\[\],\s]*)$")
_ITEM = re.compile(r"[ ]{4,}-[ ]+(?:key:[ ]*)?(?P<word>[\w:.-]*)$")
_KEY = re.compile(r"[ ]{4,}(?:-[ ]+)?key:[ ]*(?P<word>[\w:.-]*)$")
_REFERENCES = re.compile(
    r".*\b(?:reference:|references:[ ]*\[(?:.*,)?)[ ]*[\"']?(?P<word>[\w:.-]*)$"
)
_REST = re.compile(r"[\w:.-]*")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may stand at the cursor; `insert` is what is written, the label if empty."""

    label: str
    detail: str = ""
    insert: str = ""
    search: str = ""
    """Words to find it by, beside its label."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What may stand in place of a span."""

    span: Span
    items: tuple[Choice, ...]


Known = tuple[re.Match[str], Iterator[Choice]]


def in_document(document: Document, offset: int, site: Site) -> Choices | None:
    """Offer what may stand at an offset of an article or page; None when nothing is known of it."""
    line = document.index.line_at(offset)
    before = line.text[: offset - line.span.start]
    found = (
        _in_header(document, before, site)
        if _is_header(document, line)
        else _in_body(document, line, before, site)
    )
    if found is None:
        return None
    match, items = found
    start = line.span.start + match.start("word")
    return Choices(Span(start, _end(document.text, match, offset)), tuple(items))


def in_catalogue(line: Line, offset: int, site: Site) -> Choices | None:
    """Offer the keys of references where a line of YAML names them."""
    match = _REFERENCES.match(line.text[: offset - line.span.start])
    if not match:
        return None
    span = Span(line.span.start + match.start("word"), offset)
    return Choices(span, tuple(references(site.library.references)))


def _end(text: str, match: re.Match[str], offset: int) -> int:
    """Take the rest of a key behind the cursor along; words of a term are left alone."""
    rest = _REST.match(text, offset) if match.re in (_CITE, _KEY, _ITEM) else None
    return rest.end() if rest else offset


def _is_header(document: Document, line: Line) -> bool:
    header = document.front_matter
    if header.fields:
        return line.span.start < header.body_start
    return not any(not above.text.strip() for above in document.index.lines[: line.number - 1])


def _in_header(document: Document, before: str, site: Site) -> Known | None:
    if match := _PERSON.match(before):
        people = site.library.people.values()
        return match, (Choice(p.key, f"{p.name}, {p.role}", search=p.name) for p in people)
    if match := _STATUS.match(before):
        return match, map(Choice, STATUSES)
    if match := _FIELD.fullmatch(before):
        given = {field.name for field in document.front_matter.fields}
        needed, fields = REQUIRED[document.kind], MODELS[document.kind].model_fields
        names = sorted(FIELDS - given, key=lambda name: (name not in needed, name))
        return match, (
            Choice(name.capitalize(), fields[name].description or "", f"{name.capitalize()}: ")
            for name in names
        )
    return None


def _in_body(document: Document, line: Line, before: str, site: Site) -> Known | None:
    library = site.library
    if match := _ALLOW.search(before):
        warnings = (c for _, c in sorted(CODES.items()) if c.severity is Severity.WARNING)
        return match, (Choice(c.id, c.summary, f"{c.id}: ") for c in warnings)
    if match := _DISCLAIMER.match(before):
        return match, (Choice(kind) for kind in DISCLAIMERS)
    if match := _BLOCK.match(before):
        return match, (Choice(name, _needs(name)) for name in BLOCKS)
    if block := _block_over(document, line):
        return _in_options(document, line, before, block, site)
    if match := _CITE.search(before):
        return match, references(library.references)
    if match := _TERM.search(before):
        closing = "" if document.text.startswith("]", _offset(line, before)) else "]]"
        return match, _terms(library.terms, closing)
    if match := _LINK.search(before):
        return _in_link(document, match, site)
    return None


def _offset(line: Line, before: str) -> int:
    return line.span.start + len(before)


def _block_over(document: Document, line: Line) -> str:
    """Give the name of the block whose options a line is among; "" when it is among none."""
    if not line.text.startswith("    "):
        return ""
    for above in reversed(document.index.lines[: line.number - 1]):
        if opened := _OPENING.match(above.text):
            return opened["name"]
        if not above.text.startswith("    ") or not above.text.strip():
            return ""
    return ""


def _in_options(
    document: Document, line: Line, before: str, block: str, site: Site
) -> Known | None:
    library = site.library
    name, match = "", _VALUE.match(before)
    if match:
        name = match["name"]
    elif match := _KEY.match(before) or _ITEM.match(before):
        name = "items"
    values: Mapping[tuple[str, str], Callable[[], Iterator[Choice]]] = {
        ("products", "items"): lambda: (
            Choice(p.id, f"{p.name}, {p.maker}", search=p.name) for p in library.products.values()
        ),
        ("further-reading", "items"): lambda: references(library.references),
        ("further-reading", "key"): lambda: references(library.references),
        ("figure", "src"): lambda: (
            Choice(p.name, f"{p.width} × {p.height}") for p in site.pictures.values()
        ),
        ("emergency", "status"): lambda: map(Choice, BLOCKS["emergency"].values["status"]),
    }
    if match and (offer := values.get((block, name))):
        return match, offer()
    if (match := _OPTION.fullmatch(before)) and (kind := BLOCKS.get(block)):
        given = {
            option
            for known in document.blocks
            if known.name == block and known.span.start <= line.span.start < known.body_span.start
            for option in known.options
        }
        return match, (
            Choice(option, "needed" if option in kind.required else "", f"{option}: ")
            for option in kind.options
            if option not in given
        )
    return None


def _in_link(document: Document, match: re.Match[str], site: Site) -> Known | None:
    base, below = match["base"], document.path.removeprefix(f"{site.folder}/")
    if match["hash"]:
        if not base:
            page: Document | None = document
        elif base.startswith(FILENAME):
            page = site.by_path.get(base.removeprefix(FILENAME).removeprefix("/"))
        else:
            page = site.addresses.get(base)
        ids = anchors_of(page, site) if page else engine_anchors(base, site) or frozenset()
        shown = {h.id: h.text for h in page.headings} if page else {}
        order = sorted(ids, key=lambda id: (id not in shown, id))
        return match, (Choice(id, shown.get(id, "")) for id in order)
    paths = [Choice(f"{FILENAME}/{p}", d.value("title")) for p, d in site.by_path.items()]
    pages = [Choice(a, d.value("title") if d else "") for a, d in sorted(site.addresses.items())]
    wanted = paths if base.startswith("{") else pages if base.startswith("/") else [*paths, *pages]
    if not base:
        wanted = [*(Choice(f"#{id}") for id in sorted(anchors_of(document, site))), *wanted]
    own = f"{FILENAME}/{below}"
    whole = _TARGET.search(match.string)
    return whole and (whole, (choice for choice in wanted if choice.label != own))


def references(known: Mapping[str, Reference]) -> Iterator[Choice]:
    """Offer the references by key: authors, year, title."""
    for key, reference in known.items():
        year = str(reference.year or "no date")
        parts = (reference.authors_text, year, reference.title)
        detail = ". ".join(part.rstrip(".") for part in parts if part)
        yield Choice(key, detail, search=f"{reference.authors_text} {year} {reference.title}")


def _terms(known: Mapping[str, Term], closing: str) -> Iterator[Choice]:
    for term in known.values():
        for name in (term.term, *term.aliases):
            yield Choice(name, term.definition, f"{name}{closing}")


def _needs(name: str) -> str:
    kind = BLOCKS[name]
    parts = [*(["| Title"] if kind.title else []), *(f"{option}:" for option in kind.required)]
    return " ".join(parts)
