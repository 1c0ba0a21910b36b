"""CLM: what the text claims, and the exceptions that its authors allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wellsourced.diagnostics import CODES, Severity
from wellsourced.library.shape_check import nearest
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.source import Document
from wellsourced.source.signs import holds
from wellsourced.source.spans import Span

_WORD = r"(?:[A-Z][\w’'-]*|of|and|for|the|in|&)"
_EXPANSION = re.compile(
    rf"(?P<words>{_WORD}(?:[ \n]{_WORD}){{0,11}})[ \n]\((?P<letters>[A-Z]{{2,6}})\)"
)
_PROMISES = (
    r"miracle(?:s|\s+(?:cure|treatment|product)s?)?",
    r"guarantee[ds]?",
    r"100\s?%\s(?:safe|effective)",
    r"risk[- ]free",
    r"no side effects",
    r"completely (?:safe|cures?)",
    r"permanently cures?",
    r"instant(?:ly)? (?:cures?|relie(?:f|ves))",
    r"(?:clinically|scientifically) proven",
    r"cure[sd]?(?! for\b)",
)
_PROHIBITED = re.compile(rf"\b(?:{'|'.join(_PROMISES)})\b", re.IGNORECASE)
_PROMISING = (
    "miracle", "guarantee", "100", "risk-free", "risk free", "no side", "completely", "instant",
    "permanently", "proven", "cure",
)  # fmt: skip
"""Without one of these no promise is in a text."""
_LETTERS = re.compile(r"\([A-Z]{2,6}\)")
_DENIED = re.compile(
    r"\b(?:not?|never|\w+n[’']t|cannot|without|nor|neither|avoid|beware|claims? to be)\b"
    r"[^.!?]{0,60}$",
    re.IGNORECASE,
)


@rule("CLM003")
def abbreviation_mismatch(document: Document, site: Site) -> Iterator[Finding]:
    """An abbreviation does not match the words before it.

    One of the two is misspelt; readers who look the abbreviation up find something else.

    Wrong: `Traditional Chinese Medicine (TMC)`
    Right: `Traditional Chinese Medicine (TCM)`
    """
    if not _LETTERS.search(document.masked):
        return  # to look for brackets alone costs a hundredth
    for match in _EXPANSION.finditer(document.masked, document.front_matter.body_start):
        words = [word for part in match["words"].split() for word in part.split("-")]
        letters = match["letters"]
        capitals = "".join(word[0] for word in words if word[0].isupper())
        every = "".join(word[0].upper() for word in words)
        if capitals.endswith(letters) or every.endswith(letters):
            continue
        meant = next((i[-len(letters) :] for i in (capitals, every) if _meant(letters, i)), "")
        if meant:
            spelt_out = " ".join(match["words"].split())
            yield Finding(
                Span(match.start("letters"), match.end("letters")),
                f'"{letters}" does not stand for "{spelt_out}".',
                f"the initials are {meant}",
            )


def _meant(letters: str, initials: str) -> bool:
    """Tell whether letters were meant for initials: as many, the first one right or all there.

    "RB Health (US)" names a place, not the initials of the company.
    """
    tail = initials[-len(letters) :]
    return len(tail) == len(letters) and (tail[0] == letters[0] or sorted(tail) == sorted(letters))


@rule("CLM004")
def prohibited_claim(document: Document, site: Site) -> Iterator[Finding]:
    """The text promises what no treatment can.

    “Cures”, “guaranteed”, “miracle”, “no side effects”: such words mislead people about their
    bodies. A sentence that denies such a promise may use the word.

    Wrong: `Dry needling cures back pain.`
    Right: `Dry needling may ease back pain for some people. It is not a cure.`
    """
    for span, words in promises(document):
        yield Finding(
            span,
            f'"{words}" promises what no treatment can.',
            "say what the evidence shows, with its hedge",
        )


def promises(document: Document) -> Iterator[tuple[Span, str]]:
    """Yield the place and the words of each promise that no treatment can keep."""
    if not holds(document.text.casefold(), _PROMISING):
        return
    fields = [f.value_span for f in document.front_matter.fields if f.name in ("title", "summary")]
    body = Span(document.front_matter.body_start, len(document.text))
    shown = [(document.text, span) for span in fields] + [(document.masked, body)]
    for link in document.links:
        start = link.span.start + 1
        shown.append((document.text, Span(start, start + len(link.text))))
    for text, span in shown:
        for match in _PROHIBITED.finditer(text, span.start, span.end):
            if not _DENIED.search(text[max(span.start, match.start() - 80) : match.start()]):
                yield Span(match.start(), match.end()), match[0]


@rule("CLM005")
def allowed_without_reason(document: Document, site: Site) -> Iterator[Finding]:
    """An exception gives no reason, or names no code.

    An exception that nobody can judge later is a hole in the net.

    Wrong: `<!-- allow LNK007 -->`
    Right: `<!-- allow LNK007: these words are quoted from a leaflet -->`
    """
    for allowance in document.allowances:
        if allowance.code not in CODES:
            hint = (
                nearest(allowance.code, CODES) or "write <!-- allow CODE: why it is right here -->"
            )
            yield Finding(allowance.span, f'There is no code "{allowance.code}".', hint)
        elif not allowance.reason.strip():
            yield Finding(
                allowance.span,
                f"This exception to {allowance.code} gives no reason.",
                f"write <!-- allow {allowance.code}: why it is right here -->",
            )
        elif CODES[allowance.code].severity is Severity.ERROR:
            yield Finding(
                allowance.span,
                f"{allowance.code} is an error; no exception can be made.",
                "mend what it finds, and take this comment out",
            )
