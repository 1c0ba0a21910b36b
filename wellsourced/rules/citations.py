"""CIT: cites and the references that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from wellsourced.diagnostics import Severity
from wellsourced.library.shape_check import nearest
from wellsourced.rules.certainty import same_letters
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.source import Document
from wellsourced.source.spans import Span

_NEARLY = 0.85
"""How alike a word is to a key when it was meant for it: 1 is the same."""


@rule("CIT001", needs="references.json")
def unknown_reference(document: Document, site: Site) -> Iterator[Finding]:
    """A cite names a key that references.json does not have.

    Readers would get a number that leads nowhere, and a claim without support.

    Wrong: `[@welton2018]`
    Right: `[@whelton2018]`, a key of library/references.json.
    """
    known = site.library.references
    for cite in document.cites:
        if cite.key not in known:
            yield Finding(
                cite.key_span,
                f'Citation "{cite.key}" is not in the references.',
                nearest(cite.key, known) or f'add "{cite.key}" to library/references.json',
                same_letters(cite.key, known),
            )


@rule("CIT002")
def malformed(document: Document, site: Site) -> Iterator[Finding]:
    """A bracket looks like a citation and cannot be read as one.

    It would be shown as it is typed, and the claim would lose its source.

    Wrong: `[@boyce2020, @gattie2017]`
    Right: `[@boyce2020; @gattie2017]`
    """
    for citation in document.citations:
        if citation.malformed:
            yield Finding(
                citation.span,
                f"This citation cannot be read: {citation.malformed}.",
                "write [@key], [@one; @two] or [see @key, p. 3]",
                _with_semicolons(document.text_of(citation.span), site),
            )


def _with_semicolons(text: str, site: Site) -> str | None:
    """Give a list of cites with semicolons for its commas; None when it is anything else."""
    keys = re.findall(r"@([\w:.-]*\w)", text, re.ASCII)
    listed = re.fullmatch(r"\[@[\w:.-]+(?:,\s*@[\w:.-]+)+\]", text, re.ASCII)
    if listed is None or any(key not in site.library.references for key in keys):
        return None
    return text.replace(",", ";")


@rule("CIT003")
def never_closed(document: Document, site: Site) -> Iterator[Finding]:
    """A citation opens and its bracket never closes.

    It would be shown as it is typed, and the claim would lose its source.

    Wrong: `Bruises are common [@boyce2020.`
    Right: `Bruises are common [@boyce2020].`
    """
    for span in document.broken_citations:
        yield Finding(span, "This citation has no closing bracket.", 'add "]" after the last key')


@rule("CIT004", Severity.WARNING)
def cited_twice(document: Document, site: Site) -> Iterator[Finding]:
    """One citation names a reference twice.

    The number is printed twice side by side, which tells readers nothing; often another key
    was meant.

    Wrong: `[@boyce2020; @boyce2020]`
    Right: `[@boyce2020]`
    """
    for citation in document.citations:
        seen: set[str] = set()
        for cite in citation.cites:
            if cite.key in seen:
                yield Finding(
                    cite.key_span, f'"{cite.key}" is named twice here.', "keep one of the two"
                )
            seen.add(cite.key)


@rule("CIT005")
def cite_in_heading(document: Document, site: Site) -> Iterator[Finding]:
    """A cite stands in a heading.

    A heading is repeated in the contents and in links, where the number makes no sense.

    Wrong: `## Does it work? [@gattie2017]`
    Right: the cite at the sentence that it supports.
    """
    titles = [*(h.text_span for h in document.headings), *(b.title_span for b in document.blocks)]
    for citation in document.citations:
        if any(title.covers(citation.span) for title in titles):
            yield Finding(
                citation.span,
                "A cite stands in a heading or a title.",
                "move it to the sentence it supports",
            )


@rule("CIT006", needs="references.json")
def nearly_a_cite(document: Document, site: Site) -> Iterator[Finding]:
    """An `@word` in running text is nearly a key of the references.

    An `@word` that has no digit and is no key is taken for text, such as a name on a social
    network. A key without its year, or misspelt by a letter, would lose its source so.

    Wrong: `@cochrnae found no difference`, when the key is `cochrane`.
    Right: `@cochrane found no difference`; `\\@cochrnae` for a name that is meant so.
    """
    if not document.bare_names:
        return
    known = {key.casefold(): key for key in site.library.references}
    for name in document.bare_names:
        word = name.key.casefold()
        meant = [key for key in known if key.rstrip("0123456789") == word]
        meant = meant or get_close_matches(word, known, n=1, cutoff=_NEARLY)
        if meant:
            yield Finding(
                name.key_span,
                f'"@{name.key}" is not in the references.',
                nearest(name.key, [known[key] for key in meant]) or f"write \\@{name.key} for text",
            )


@rule("CIT007", needs="references.json")
def unknown_further_reading(document: Document, site: Site) -> Iterator[Finding]:
    """Further reading names a key that references.json does not have, or gives no reason.

    Readers must see which works support the text and which only stand beside it, and why.

    Wrong: an item with a key and no `reason`.
    Right: `- key: carr2020` with `reason: The source article lists it without citing it.`
    """
    for item, span in _further_reading(document):
        key = item.get("key") if isinstance(item, dict) else None
        if not isinstance(key, str):
            yield Finding(span, "This item names no key.", 'write "- key: …" and "reason: …"')
        elif key not in site.library.references:
            hint = nearest(key, site.library.references)
            yield Finding(
                span,
                f'"{key}" is not in the references.',
                hint or "add it to library/references.json",
            )
        elif not str(item.get("reason") or "").strip() if isinstance(item, dict) else False:
            yield Finding(span, f'"{key}" has no reason.', "say why it is not used as evidence")


@rule("CIT008")
def cited_and_further(document: Document, site: Site) -> Iterator[Finding]:
    """A reference is cited and stands under further reading as well.

    It would be listed twice, once as evidence and once as not.

    Wrong: `[@carr2020]` in the text and `carr2020` under further reading.
    Right: one of the two.
    """
    cited = {cite.key for cite in document.cites}
    seen: set[str] = set()
    for item, span in _further_reading(document):
        key = item.get("key") if isinstance(item, dict) else None
        if not isinstance(key, str):
            continue
        if key in cited or key in seen:
            where = "cited in the text" if key in cited else "listed here already"
            yield Finding(span, f'"{key}" is {where}.', "take it out of further reading")
        seen.add(key)


def _further_reading(document: Document) -> Iterator[tuple[object, Span]]:
    for block in document.blocks:
        if block.name == "further-reading" and (items := block.options.get("items")):
            yield from items.items
