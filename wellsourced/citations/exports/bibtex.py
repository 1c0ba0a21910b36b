"""Write references as BibTeX.

Pandoc's own writer loses the name of the site that a page belongs to; this one keeps it, in
`journal`, which Zotero, JabRef and pandoc read back as the container. Web pages are `@online`
(BibLaTeX; plain BibTeX styles print it as `@misc`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from wellsourced.citations.exports.values import (
    date_parts,
    family_name,
    names,
    text,
    whole_name,
)
from wellsourced.library.bibliography import Reference

_TYPES = {
    "article": "article",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "entry-dictionary": "incollection",
    "entry-encyclopedia": "incollection",
    "manuscript": "unpublished",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "post": "online",
    "post-weblog": "online",
    "report": "techreport",
    "review": "article",
    "thesis": "phdthesis",
    "webpage": "online",
}
_PUBLISHERS = {"techreport": "institution", "phdthesis": "school"}
_BOOKISH = ("incollection", "inproceedings")
_TEXTS = (
    ("edition", "edition"),
    ("publisher-place", "address"),
    ("volume", "volume"),
    ("collection-title", "series"),
    ("ISBN", "isbn"),
    ("ISSN", "issn"),
    ("PMID", "pmid"),
    ("language", "language"),
    ("genre", "type"),
    ("abstract", "abstract"),
    ("keyword", "keywords"),
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_ESCAPES = {
    **{character: f"\\{character}" for character in "$&%#_"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "`": r"\`{}",
}
_COMMANDS = {
    "i": r"\emph{",
    "b": r"\textbf{",
    "sub": r"\textsubscript{",
    "sup": r"\textsuperscript{",
    "sc": r"\textsc{",
}
_TAG = re.compile(r"<(/?)(i|b|sub|sup|sc)>")


def write(references: Iterable[Reference]) -> str:
    """Give one BibTeX entry for each reference, in their order."""
    return join(map(entry, references))


def join(entries: Iterable[str]) -> str:
    """Give a BibTeX file of entries."""
    return "\n".join(entries)


def entry(reference: Reference) -> str:
    """Give a reference as a BibTeX entry; what is not known is left out."""
    kind = _TYPES.get(text(reference, "type"), "misc")
    lines = [f"  {name} = {value}," for name, value in _fields(reference, kind)]
    return "\n".join([f"@{kind}{{{reference.key},", *lines, "}", ""])


def _fields(reference: Reference, kind: str) -> Iterator[tuple[str, str]]:
    """Give the fields; titles stand in double braces, which keep their capitals."""
    for variable in ("author", "editor"):
        if people := names(reference, variable):
            yield variable, "{" + " and ".join(map(_name, people)) + "}"
    yield "title", "{{" + escape(" ".join(reference.title.split())) + "}}"
    if container := text(reference, "container-title"):
        yield ("booktitle" if kind in _BOOKISH else "journal"), "{{" + escape(container) + "}}"
    yield from _dates(reference)
    if publisher := text(reference, "publisher"):
        yield _PUBLISHERS.get(kind, "publisher"), "{{" + escape(publisher) + "}}"
    if issue := text(reference, "issue") or text(reference, "number"):
        yield "number", "{" + escape(issue) + "}"
    if pages := text(reference, "page"):
        yield "pages", "{" + re.sub(r"(?<=\w)[-–](?=\w)", "--", escape(pages)) + "}"
    for variable, field in _TEXTS:
        if value := text(reference, variable):
            yield field, "{" + escape(value) + "}"
    # These two are verbatim fields; the library admits no brace or backslash in them.
    if doi := text(reference, "DOI"):
        yield "doi", "{" + doi + "}"
    if url := text(reference, "URL"):
        yield "url", "{" + url + "}"


def _dates(reference: Reference) -> Iterator[tuple[str, str]]:
    parts = date_parts(reference, "issued")
    if parts:
        yield "year", f"{{{parts[0]}}}"
    if len(parts) > 1:
        yield "month", _MONTHS[parts[1] - 1]
    if len(parts) > 2:
        yield "day", f"{{{parts[2]}}}"
    accessed = date_parts(reference, "accessed")
    if len(accessed) == 3:
        yield "urldate", "{{{:04}-{:02}-{:02}}}".format(*accessed)


def _name(name: Mapping[str, str]) -> str:
    """Write "Family, Suffix, Given"; a whole name in braces, or BibTeX cuts it up."""
    if whole := whole_name(name):
        is_one_word = "literal" not in name and not re.search(r"[\s,]", whole)
        return escape(whole) if is_one_word else "{" + escape(whole) + "}"
    parts = [family_name(name), name.get("suffix", ""), name["given"]]
    return ", ".join(_guarded(part) for part in parts if part)


def _guarded(part: str) -> str:
    """Put a part of a name in braces when BibTeX would split it at a comma or an "and"."""
    escaped = escape(part)
    return f"{{{escaped}}}" if re.search(r",|\band\b", part, re.IGNORECASE) else escaped


def escape(words: str) -> str:
    """Escape text for LaTeX and turn CSL's markup into commands.

    Braces stay escaped braces where they pair, and become commands where they do not: BibTeX
    counts them, backslash or not. Hyphens and quotes in a row are kept from joining.
    """
    out: list[str] = []
    open_tags: list[str] = []
    at = 0
    for tag in _TAG.finditer(words):
        out.append(_plain(words[at : tag.start()]))
        at = tag.end()
        closing, name = tag.groups()
        if not closing:
            open_tags.append(name)
            out.append(_COMMANDS[name])
        elif name in open_tags:
            while open_tags.pop() != name:
                out.append("}")
            out.append("}")
    out.append(_plain(words[at:]))
    return "".join(out) + "}" * len(open_tags)


def _plain(words: str) -> str:
    braces = (r"\{", r"\}") if _pairs(words) else (r"\textbraceleft{}", r"\textbraceright{}")
    escapes = {**_ESCAPES, "{": braces[0], "}": braces[1]}
    escaped = "".join(escapes.get(character, character) for character in words)
    return re.sub(r"([-'])(?=\1)", r"\1{}", escaped)


def _pairs(words: str) -> bool:
    depth = 0
    for character in words:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0
