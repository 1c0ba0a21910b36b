"""Apply the mends that findings carry: only those that are certain, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from wellsourced import source
from wellsourced.diagnostics import Diagnostic
from wellsourced.rules import Site, check_document
from wellsourced.source import Document
from wellsourced.source.fingerprint import fingerprint
from wellsourced.source.spans import LineIndex

_ROUNDS = 8
"""How often a mend may bring another to light; none of ours does so more than once."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A text after its mends.

    `mended` are findings at their places before the mend, each with the words that stood there;
    `left` is what is found now.
    """

    text: str
    mended: tuple[tuple[Diagnostic, str], ...]
    left: tuple[Diagnostic, ...]


def mend(text: str, check: Callable[[str], Sequence[Diagnostic]]) -> Mended:
    """Mend a text, check it again, and go on until no finding of `check` carries a mend.

    Of mends that overlap the first is applied; the next round decides on the rest. A mend after
    which its own finding is still there would go on for ever: it is taken back.
    """
    mended: list[tuple[Diagnostic, str]] = []
    hopeless: set[tuple[str, str]] = set()
    found = check(text)
    for _ in range(_ROUNDS):
        chosen = _apart(one for one in found if one.fix and (one.code, one.message) not in hopeless)
        if not chosen:
            break
        after = _applied(text, chosen)
        then = check(after)
        stuck = {(one.code, one.message) for one in chosen} & {(d.code, d.message) for d in then}
        if stuck and len(then) >= len(found):
            hopeless |= stuck
            continue
        mended += [(one, _words(text, one)) for one in chosen]
        text, found = after, then
    return Mended(text, tuple(mended), tuple(found))


def mend_document(document: Document, site: Site) -> Mended:
    """Mend one document of a site by all rules; its text is as in the file, line ends and all.

    The body of a signed article is left alone.
    """

    signed = document.value("reviewed_text") == fingerprint(document)

    def check(text: str) -> Sequence[Diagnostic]:
        scanned = source.scan(text, document.path, document.kind)
        others = {d.path: d for d in site.documents} | {document.path: scanned}
        changed = replace(
            site,
            articles=tuple(others[d.path] for d in site.articles),
            pages=tuple(others[d.path] for d in site.pages),
        )
        found = check_document(scanned, changed)
        if not signed:
            return found
        # A person has vouched for this body as it is: only they can let it change.
        first = scanned.index.position(scanned.front_matter.body_start)
        return [one if (one.line, one.column) < first else replace(one, fix=None) for one in found]

    if document.undecodable:
        # What is not UTF-8 was read with stand-ins; written back they would be real.
        return Mended(document.text, (), check_document(document, site))
    return mend(document.text, check)


def report(mends: Iterable[tuple[Diagnostic, str]], dry_run: bool) -> str:
    """Give a line for each mend with the words that it takes out and puts in, then their number."""
    verb = "Would mend" if dry_run else "Mended"
    lines = [
        f"{one.path}:{one.line}:{one.column}: {verb.lower()} {one.code}: "
        f"{_shown(before)} -> {_shown(one.fix.replacement if one.fix else before)}"
        for one, before in mends
    ]
    if not lines:
        return "Nothing to mend."
    return "\n".join([*lines, f"{verb} {len(lines)} finding{'s' * (len(lines) != 1)}."])


def _shown(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _apart(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Give the findings whose ranges do not touch an earlier one's."""
    chosen: list[Diagnostic] = []
    for one in sorted(found):
        start = (one.line, one.column)
        if not chosen or (chosen[-1].end_line, chosen[-1].end_column) <= start:
            chosen.append(one)
    return chosen


def _applied(text: str, chosen: Sequence[Diagnostic]) -> str:
    for one in reversed(chosen):
        start, end = _range(text, one)
        text = text[:start] + (one.fix.replacement if one.fix else "") + text[end:]
    return text


def _words(text: str, one: Diagnostic) -> str:
    start, end = _range(text, one)
    return text[start:end]


def _range(text: str, one: Diagnostic) -> tuple[int, int]:
    index = LineIndex(text)
    return index.offset(one.line, one.column), index.offset(one.end_line, one.end_column)
