"""Find the inline constructs of each run of prose: code, escapes, links, tags, terms, cites.

The order is Python-Markdown's own: code spans first, then escapes, links, images, autolinks
and raw tags; terms and cites are sought in what is left, so that none is found inside them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from wellsourced.source import citation, code_spans
from wellsourced.source.brackets import BracketReader, Brackets
from wellsourced.source.citation import Citation
from wellsourced.source.document import Link, RawTag, TermUse
from wellsourced.source.masking import BLANK, blank
from wellsourced.source.prose_values import Definition
from wellsourced.source.spans import Span

ESCAPE = re.compile(r"\\[\\`*_{}\[\]()>#+\-.!|/@]")
_ANY = re.compile(r"[`\\\[<@]")
_AUTOLINK = re.compile(r"<(?P<target>[A-Za-z][A-Za-z0-9+.-]*://[^<>]*)>")
_AUTOMAIL = re.compile(r"<(?P<target>[^<> !]+@[^@<> ]+)>")
_COMMENT = re.compile(r"<!--(?:(?!<!--|-->).)*-->", re.DOTALL)
_TAG = re.compile(
    r"</?+(?P<name>[a-zA-Z][^\s\"'<>@/]*+)(?:/(?!>)[^\s\"'<>@]*+)?"
    r"(?:\s+[^\s\"'=<>]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>]++))?+)*+\s*+/?>"
)
_DECLARATION = re.compile(r"<(?P<name>[!?])(?!--)[^<>]*>?")
_BLOCK_TAG = re.compile(r"<(?P<name>[/!?]?[a-zA-Z][\w-]*)[^<>]*>?")
_OPENING = re.compile(rf"\[|{citation.NARRATIVE}")
_LABEL = r"[^\[\]|\n]+(?:\n[^\[\]|\n]+)?"
TERM = rf"\[\[(?P<shown>{_LABEL})(?:\|(?P<name>{_LABEL}))?\]\]"
"""A term, or a term with the words that stand for it; each may go over a line's end."""
_TERM = re.compile(TERM)


@dataclass(slots=True)
class Inline:
    """What the inline pass found, each list in the order of the text.

    `hidden` is what the text is masked by; `bare` are `@words` that are taken for text.
    """

    citations: list[Citation] = field(default_factory=list)
    bare: list[citation.Cite] = field(default_factory=list)
    broken: list[Span] = field(default_factory=list)
    terms: list[TermUse] = field(default_factory=list)
    brackets: Brackets = field(default_factory=Brackets)
    tags: list[RawTag] = field(default_factory=list)
    code: list[Span] = field(default_factory=list)
    escapes: list[Span] = field(default_factory=list)
    comments: list[Span] = field(default_factory=list)
    hidden: list[Span] = field(default_factory=list)


class InlineReader:
    """Read runs of `masked`; `text` is the file, `known` the keys of the references."""

    def __init__(
        self, text: str, masked: str, definitions: Sequence[Definition], known: Collection[str]
    ) -> None:
        self.text = text
        self.masked = masked
        self.known = known
        self.found = Inline()
        self.definitions: dict[str, Definition] = {}
        for definition in definitions:
            self.definitions[definition.label] = definition

    def read(self, span: Span) -> None:
        """Read one run."""
        run = self.masked[span.start : span.end]
        if not _ANY.search(run):
            return
        shift, found = span.start, self.found
        raw = self.text[span.start : span.end]
        if "`" in run:
            code = [Span(*place) for place in code_spans.find(run)]
            run = self._hide(run, code, shift)
            found.code += _shifted(code, shift)
        if "\\" in run:
            escapes = [Span(*match.span()) for match in ESCAPE.finditer(run)]
            run = self._hide(run, escapes, shift)
            found.escapes += _shifted(escapes, shift)
        texts = len(found.brackets.texts)
        if "[" in run:
            markup = len(found.brackets.markup)
            BracketReader(found.brackets, run, raw, shift, self.definitions).read(0, len(run))
            run = self._hide(run, _shifted(found.brackets.markup[markup:], -shift), shift)
        if "<" in run:
            run = self._read_tags(run, shift)
        if "[" in run or "@" in run:
            run = blank(run, _shifted(found.brackets.texts[texts:], -shift))
            self._read_cites(run, raw, shift)

    def read_html(self, span: Span) -> None:
        """Read the tags of a chunk that Markdown passes on as it is."""
        for match in _BLOCK_TAG.finditer(self.masked, span.start, span.end):
            place = Span(match.start(), match.end())
            self.found.tags.append(RawTag(match["name"].lower(), place, True))
        self.found.hidden.append(span)

    def _hide(self, run: str, spans: list[Span], shift: int) -> str:
        self.found.hidden += _shifted(spans, shift)
        return blank(run, spans)

    def _read_tags(self, run: str, shift: int) -> str:
        for pattern in (_AUTOLINK, _AUTOMAIL):
            taken: list[Span] = []
            for match in pattern.finditer(run):
                address = self.text[match.start("target") + shift : match.end("target") + shift]
                target = address if pattern is _AUTOLINK else f"mailto:{address}"
                whole = Span(match.start(), match.end())
                place = Span(match.start("target") + shift, match.end("target") + shift)
                outer = Span(whole.start + shift, whole.end + shift)
                self.found.brackets.links.append(Link(address, target, outer, place))
                taken.append(whole)
            run = self._hide(run, taken, shift)
        for pattern in (_COMMENT, _TAG, _DECLARATION):
            spans = [Span(*match.span()) for match in pattern.finditer(run)]
            places = _shifted(spans, shift)
            if pattern is _COMMENT:
                self.found.comments += places
            else:
                closing = ["/" if run.startswith("</", span.start) else "" for span in spans]
                names = [match["name"].lower() for match in pattern.finditer(run)]
                self.found.tags += [
                    RawTag(end + name, place, False)
                    for end, name, place in zip(closing, names, places, strict=True)
                ]
            run = self._hide(run, spans, shift)
        return run

    def _read_cites(self, run: str, raw: str, shift: int) -> None:
        """Read terms and cites from left to right; a key in running text takes its bracket."""
        found = self.found
        position = 0
        while opened := _OPENING.search(run, position):
            start = opened.start()
            position = opened.end()
            if opened[0] != "[":
                cited = citation.match_narrative(run, start, shift, raw)
                if cited and citation.is_key(cited.cites[0].key, self.known):
                    found.citations.append(cited)
                    position = cited.span.end - shift
                elif cited:
                    found.bare.append(cited.cites[0])
            elif term := _TERM.match(run, start):
                found.terms.append(_term(term, raw, shift))
                position = term.end()
            elif run.startswith("[[", start):
                continue
            elif cited := citation.match(run, start, shift, raw):
                found.citations.append(cited)
                position = cited.span.end - shift
            elif citation.unclosed(run, start):
                position = _word_end(run, run.find("@", start))
                found.broken.append(Span(start + shift, position + shift))


def _term(term: re.Match[str], raw: str, shift: int) -> TermUse:
    group = "name" if term["name"] else "shown"
    start, end = term.span(group)
    return TermUse(
        " ".join(raw[term.start("shown") : term.end("shown")].split()),
        " ".join(raw[start:end].split()),
        Span(term.start() + shift, term.end() + shift),
        Span(start + shift, end + shift),
    )


def _word_end(run: str, start: int) -> int:
    end = start + 1
    while end < len(run) and run[end] not in f" \r\n\t,;{BLANK}":
        end += 1
    return end


def _shifted(spans: list[Span], shift: int) -> list[Span]:
    return [Span(span.start + shift, span.end + shift) for span in spans]
