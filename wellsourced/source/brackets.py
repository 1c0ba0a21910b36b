"""Read links and images: inline, by reference, and images inside a link's text.

The order of trying is Python-Markdown's: a target in parentheses, then a label, then the
text itself as a label. Brackets are paired in one pass, so that a flood of them costs no more
than its length.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from wellsourced.source.document import Image, Link
from wellsourced.source.prose_values import Definition
from wellsourced.source.spans import Span

_SIGN = re.compile(r"[\[\]()]")
_TARGET = re.compile(
    r"""\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<bare>(?:[^\s()]|\((?:[^\s()]|\([^\s()]*\))*\))*))
    (?:\s*(?P<title>"[^"]*"|'[^']*'))?\s*\)""",
    re.VERBOSE,
)
_LABEL = re.compile(r"(?P<gap>\s{0,2})\[(?P<label>[^\]]*)\]")
_LONGEST_LABEL = 1000


@dataclass(slots=True)
class Brackets:
    """Links, images, what of them is markup, and the links' texts."""

    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    markup: list[Span] = field(default_factory=list)
    texts: list[Span] = field(default_factory=list)


class BracketReader:
    """Read the brackets of one run: `run` is its masked text, `raw` the same as written."""

    def __init__(
        self, found: Brackets, run: str, raw: str, shift: int, definitions: Mapping[str, Definition]
    ) -> None:
        self.found = found
        self.run = run
        self.raw = raw
        self.shift = shift
        self.definitions = definitions
        self.pairs = _pairs(run)

    def read(self, start: int, end: int, images_only: bool = False) -> None:
        """Read what opens between two offsets of the run."""
        position = start
        while (at := self.run.find("[", position, end)) != -1:
            position = at + 1
            is_image = at > 0 and self.run[at - 1] == "!"
            if at not in self.pairs or (images_only and not is_image):
                continue
            text_end = self.pairs[at]
            target = self._target(text_end + 1) or self._label(at, text_end)
            if target is None or target[2] > end:
                continue
            address, span, whole_end = target
            position = whole_end
            shown = self.raw[at + 1 : text_end]
            whole = self._span(at - 1 if is_image else at, whole_end)
            if is_image:
                self.found.images.append(Image(shown, address, whole, span))
                self.found.markup.append(whole)
                continue
            self.found.links.append(Link(shown, address, whole, span))
            self.found.markup += [self._span(at, at + 1), self._span(text_end, whole_end)]
            self.found.texts.append(self._span(at + 1, text_end))
            self.read(at + 1, text_end, images_only=True)

    def _target(self, start: int) -> tuple[str, Span, int] | None:
        """Read `(target "title")`: target, its span, offset after `)`."""
        if self.run[start : start + 1] != "(":
            return None
        if match := _TARGET.match(self.run, start):
            group = "angled" if match["angled"] is not None else "bare"
            begin, end = match.span(group)
            return self.raw[begin:end], self._span(begin, end), match.end()
        close = self.pairs.get(start)
        if close is None or {'"', "'"} & set(self.run[start:close]):
            return None
        inner = self.raw[start + 1 : close]
        begin = start + 1 + len(inner) - len(inner.lstrip())
        end = begin + len(inner.strip())
        return self.raw[begin:end], self._span(begin, end), close + 1

    def _label(self, start: int, text_end: int) -> tuple[str, Span, int] | None:
        """Find the definition of `[text][label]` or `[text]`."""
        if not self.definitions:
            return None
        label = _LABEL.match(self.run, text_end + 1)
        if label and len(label["gap"]) == 2 and self.raw[slice(*label.span("gap"))] != "\r\n":
            label = None  # one blank or line end may stand between text and label
        named = self._defined(*label.span("label")) if label and label["label"].strip() else None
        if label and named:
            return named.target, named.target_span, label.end()
        defined = self._defined(start + 1, text_end)
        if defined is None:
            return None
        empty = label is not None and not label["label"]
        end = label.end() if label and empty else text_end + 1
        return defined.target, defined.target_span, end

    def _defined(self, start: int, end: int) -> Definition | None:
        if end - start > _LONGEST_LABEL:
            return None
        return self.definitions.get(" ".join(self.run[start:end].lower().split()))

    def _span(self, start: int, end: int) -> Span:
        return Span(start + self.shift, end + self.shift)


def _pairs(run: str) -> dict[int, int]:
    """Pair each `[` and `(` with what closes it."""
    pairs: dict[int, int] = {}
    square: list[int] = []
    rounded: list[int] = []
    for sign in _SIGN.finditer(run):
        character, at = sign[0], sign.start()
        if character == "[":
            square.append(at)
        elif character == "(":
            rounded.append(at)
        elif character == "]" and square:
            pairs[square.pop()] = at
        elif character == ")" and rounded:
            pairs[rounded.pop()] = at
    return pairs
