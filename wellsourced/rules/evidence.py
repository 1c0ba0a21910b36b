"""CLM, CIT and PRD: whether the sources that are cited can bear what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wellsourced.diagnostics import Severity
from wellsourced.library.reference import Reference
from wellsourced.rules.block_kinds import block_of
from wellsourced.rules.claim_language import classify
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.rules.statements import Statement, units
from wellsourced.source import Document

ANECDOTE = frozenset({"case-report", "trade-article", "news"})
"""Tiers of references that tell of single people, or retell what others found."""

_LABELLED = re.compile(
    r"\b(?:case|cases|story|stories|anecdotes?|anecdotal|one (?:person|patient|man|woman|child)"
    r"|single (?:person|patient|people)|a (?:man|woman|patient|person|boy|girl) (?:of|who|with|had)"
    r"|says?|said|tells?|told|reports?|reported|according to|magazine|newspaper)\b",
    re.I,
)
_ATTRIBUTED = re.compile(
    r"\b(?:says?|said|claims?|claimed|states?|stated|according to|makers?|manufacturers?|sellers?"
    r"|compan(?:y|ies)|brands?|labels?|labeled|labelled|leaflets?|package|its own|their own"
    r"|advertis\w+|publishers?)\b",
    re.I,
)


@rule("CLM007", Severity.WARNING, on="article", needs="references.json")
def anecdote(document: Document, site: Site) -> Iterator[Finding]:
    """A statement that something helps rests on stories of single people alone.

    One patient who got better shows that one patient got better. All its cites lead to case
    reports, news or trade articles, and no word of the sentence says so.

    Wrong: `Dry needling relieves chronic pain [@apta2015].`
    Right: `One man became pain free, says a trade magazine [@apta2015].`
    """
    for statement, references in _resting(document, site):
        anecdotal = all(one.tier in ANECDOTE for one in references)
        if anecdotal and _is_efficacy(statement) and not _LABELLED.search(statement.text):
            yield Finding(
                statement.span,
                f"This rests on anecdote alone ({_tiers(references)}).",
                "cite a study or a review, or say whose story it is",
            )


@rule("CLM008", Severity.WARNING, on="article", needs="references.json")
def interested_source(document: Document, site: Site) -> Iterator[Finding]:
    """A claim's only sources have an interest in a product, and the sentence does not say so.

    Who sells a thing speaks well of it. Readers must be able to tell the maker's word from what
    others have tested.

    Wrong: `The roller relieves heel pain [@pha-footroller].`
    Right: `The maker says that the roller relieves heel pain [@pha-footroller].`
    """
    for statement, references in _resting(document, site):
        interested = all(one.independent is False for one in references)
        attributed = _ATTRIBUTED.search(statement.text)
        if interested and not attributed and classify(statement.text):
            yield Finding(
                statement.span,
                "This claim rests only on sources with an interest in a product.",
                'say whose claim it is ("the maker says …"), or cite an independent source',
            )


@rule("CLM015", Severity.WARNING, on="article", needs="references.json")
def source_out_of_reach(document: Document, site: Site) -> Iterator[Finding]:
    """A statement that something helps rests only on sources without an address.

    Nobody can open them, so nobody can check the claim, the editors included.

    Wrong: `Dry needling relieves pain [@apta2020].`, when apta2020 has `"url_status": "missing"`.
    Right: the same with a source that can be opened, or the claim left out.
    """
    for statement, references in _resting(document, site):
        if all(one.url_status == "missing" for one in references) and _is_efficacy(statement):
            yield Finding(
                statement.span,
                "No source of this claim has a known address.",
                "find the address of one, or cite another source",
            )


@rule("CIT009", needs="references.json")
def retracted(document: Document, site: Site) -> Iterator[Finding]:
    """A cite names a work that was retracted.

    Its own journal has withdrawn it: it supports nothing. The works known to be retracted are in
    library/retractions.json, by DOI or PMID; to a work with neither this is not applicable.

    Wrong: `[@smith2019]`, when the DOI of smith2019 is in retractions.json.
    Right: another source, or the claim left out.
    """
    known = site.library.retractions
    for cite in document.cites:
        work = site.library.references.get(cite.key)
        notice = known.notice_of(work) if work else None
        if notice:
            when = f" on {notice.day}" if notice.day else ""
            yield Finding(
                cite.key_span,
                f'"{cite.key}" was retracted{when}: {notice.notice}',
                "take the cite out, and the claim too if nothing else supports it",
            )


@rule("PRD007", on="article", needs="references.json")
def maker_taken_for_independent(document: Document, site: Site) -> Iterator[Finding]:
    """A cited work comes from the maker of a product on the page, and is not marked so.

    The page would show readers an advertisement as an independent source.

    Wrong: a reference by “Performance Health” without `"independent": false`, cited where a
    product of Performance Health is recommended.
    Right: `"independent": false` in its `custom` object, with an `independence_note`.
    """
    makers = {_folded(maker): maker for maker in _makers(document, site)}
    for cite in document.cites if makers else ():
        work = site.library.references.get(cite.key)
        if work is None or work.independent is False:
            continue
        by = {_folded(name) for name in (work.authors_text, work.publisher, _container(work))}
        for maker in sorted(by & makers.keys()):
            yield Finding(
                cite.key_span,
                f'"{cite.key}" comes from {makers[maker]}, whose product stands on this page.',
                f'set "independent": false for "{cite.key}" in library/references.json',
            )


def _resting(document: Document, site: Site) -> Iterator[tuple[Statement, tuple[Reference, ...]]]:
    """Yield each statement that cites, with its references, when all of them are known."""
    known = site.library.references
    for unit in units(document):
        for statement in unit.statements:
            if statement.keys and all(key in known for key in statement.keys):
                yield statement, tuple(known[key] for key in statement.keys)


def _is_efficacy(statement: Statement) -> bool:
    return classify(statement.text) == "efficacy"


def _tiers(references: tuple[Reference, ...]) -> str:
    return ", ".join(sorted({one.tier.replace("-", " ") for one in references}))


def _makers(document: Document, site: Site) -> Iterator[str]:
    for block in block_of(document, "products"):
        option = block.options.get("items")
        for id, _ in option.items if option else ():
            product = site.library.products.get(id) if isinstance(id, str) else None
            if product:
                yield product.maker
                if product.label:
                    yield from (one.labeler for one in product.label.strengths if one.labeler)


def _container(work: Reference) -> str:
    return str(work.csl.get("container-title", ""))


def _folded(name: str) -> str:
    """Drop case, punctuation and the legal form of a company's name."""
    words = re.findall(r"\w+", name.casefold())
    return " ".join(w for w in words if w not in {"inc", "llc", "ltd", "corp", "co", "gmbh", "the"})
