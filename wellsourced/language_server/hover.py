"""Tell what stands at the cursor: a reference, a product, a term, a code."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import html

from wellsourced.diagnostics import CODES, Diagnostic
from wellsourced.language_server.mentions import Mention
from wellsourced.library.catalogue import Product
from wellsourced.library.glossary import Term
from wellsourced.library.reference import Reference
from wellsourced.plugin.desk import Desk
from wellsourced.reporters.explanations import markdown

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~])")
_ADDRESS = {
    "ok": "Its address is known.",
    "missing": "Its address could not be found.",
    "archived": "It is found in an archive only.",
}
_INDEPENDENT = {
    True: "independent of the products on our pages",
    False: "not independent of the products on our pages",
    None: "independence not established",
}


def describe(mention: Mention, desk: Desk) -> str:
    """Describe what is mentioned, in Markdown; "" when it is not known."""
    library = desk.site.library
    match mention.kind:
        case "reference":
            reference = library.references.get(mention.name)
            entry = desk.sources.entries.get(mention.name, "")
            return _reference(reference, entry) if reference else ""
        case "product":
            product = library.products.get(mention.name)
            return _product(product) if product else ""
        case "term":
            term = library.terms.get(mention.name)
            return _term(term) if term else ""
        case "person":
            person = library.people.get(mention.name)
            return f"**{_plain(person.name)}**\n\n{_plain(person.role)}" if person else ""
        case "code":
            return _code(mention.name)
        case "anchor":
            page = desk.site.by_path.get(mention.page)
            texts = (h.text for h in page.headings if h.id == mention.name) if page else iter(())
            return _plain(next(texts, ""))
        case "file":
            page = desk.site.by_path.get(mention.name)
            return _plain(page.value("title")) if page else ""


def explain(found: Iterable[Diagnostic]) -> str:
    """Explain the codes of findings, each once, in Markdown."""
    return "\n\n---\n\n".join(_code(id) for id in dict.fromkeys(d.code for d in found))


def _code(id: str) -> str:
    code = CODES.get(id)
    return f"**{id}** ({code.severity})\n\n{markdown(code.explanation)}" if code else ""


def _reference(reference: Reference, entry: str) -> str:
    words = (
        "".join(map(str, html.fromstring(f"<p>{entry}</p>").itertext()))
        if entry
        else reference.title
    )
    facts = [
        f"{reference.tier.replace('-', ' ').capitalize()}; {_INDEPENDENT[reference.independent]}.",
        _ADDRESS.get(reference.url_status, ""),
        f"Checked on {reference.checked}." if reference.checked else "",
    ]
    parts = [
        _plain(words),
        " ".join(filter(None, facts)),
        _plain(reference.independence_note),
        f"Not verified: {_plain(reference.unverified)}" if reference.unverified else "",
    ]
    return "\n\n".join(filter(None, parts))


def _product(product: Product) -> str:
    label = product.label
    parts = [
        f"**{_plain(product.name)}** ({_plain(product.maker)})",
        _plain(product.purpose),
        f"Active ingredient: {_plain(label.ingredient)}" if label else "",
        "\n".join(f"- {_plain(sentence)}" for sentence in product.safety),
        _plain(product.connection),
        _ADDRESS.get(product.url_status, ""),
    ]
    return "\n\n".join(filter(None, parts))


def _term(term: Term) -> str:
    also = f"Also: {_plain(', '.join(term.aliases))}" if term.aliases else ""
    said = f" ({_plain(term.pronunciation)})" if term.pronunciation else ""
    parts = [f"**{_plain(term.term)}**{said}", _plain(term.definition), also, _plain(term.note)]
    return "\n\n".join(filter(None, parts))


def _plain(text: str) -> str:
    """Keep text from being read as Markdown (CommonMark 2.4)."""
    return _SIGNS.sub(r"\\\1", text)
