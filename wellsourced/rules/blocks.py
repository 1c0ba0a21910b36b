"""BLK: the `///` blocks and the lists that readers expect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from wellsourced.diagnostics import Severity
from wellsourced.library.shape_check import nearest
from wellsourced.rules.certainty import one_slip
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.source import Document, plain
from wellsourced.source.document import Block
from wellsourced.source.spans import Span
from wellsourced.source.structure import BLANK

_MARKUP = re.compile(r"\*\*[^*]+\*\*|\[[^\]]*\]\([^)]*\)|`[^`]+`")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a block of one name may and must have; `values` lists the words an option allows."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    title: bool = False
    body: bool = True
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def options(self) -> tuple[str, ...]:
        """Give every option's name."""
        return self.required + self.optional


KINDS: Mapping[str, Kind] = {
    "takeaways": Kind(),
    "top-products": Kind(body=False),
    "products": Kind(required=("items",), title=True, body=False),
    "disclaimer": Kind(title=True, body=False),
    "compare": Kind(title=True),
    "do": Kind(title=True),
    "dont": Kind(title=True),
    "warning": Kind(title=True),
    "emergency": Kind(
        required=("status",), title=True, values={"status": ("awaiting-approval", "sourced")}
    ),
    "figure": Kind(required=("src", "alt", "credit")),
    "further-reading": Kind(required=("items",), body=False),
}


@rule("BLK001")
def unknown_block(document: Document, site: Site) -> Iterator[Finding]:
    """A block's name is not known.

    Its slashes would be printed as text, and a warning would not look like one.

    Wrong: `/// warnings | Watch out`
    Right: `/// warning | Watch out`
    """
    for block in document.blocks:
        if block.name not in KINDS:
            hint = nearest(block.name, KINDS) or f"the blocks are {', '.join(KINDS)}"
            meant = one_slip(block.name, KINDS)
            yield Finding(block.name_span, f'There is no block "{block.name}".', hint, meant)


@rule("BLK002")
def never_closed(document: Document, site: Site) -> Iterator[Finding]:
    """A block opens and never closes.

    Everything after it would be taken into it: the rest of the page inside a warning.

    Wrong: `/// warning | Watch out` with no `///` after it.
    Right: a line `///` with as many slashes as the opening line.
    """
    for block in document.blocks:
        if not block.closed:
            slashes = "/" * block.fence
            yield Finding(
                Span(block.span.start, block.name_span.end),
                f'The block "{block.name}" is never closed.',
                f'add a line "{slashes}" after its text; an outer block takes more slashes',
            )


@rule("BLK003")
def empty_block(document: Document, site: Site) -> Iterator[Finding]:
    """A block holds nothing.

    Readers would see an empty box, and wonder what is kept from them.

    Wrong: `/// takeaways` followed at once by `///`.
    Right: a block with its text, or no block.
    """
    for block in document.blocks:
        kind = KINDS.get(block.name)
        body = document.masked[block.body_span.start : block.body_span.end].strip(f" \t\r\n{BLANK}")
        inner = any(block.body_span.covers(b.span) for b in document.blocks if b is not block)
        unread = block.options_fault  # BLK005 tells of it: its text may be the body
        if kind and kind.body and block.closed and not body and not inner and not unread:
            yield Finding(
                block.name_span,
                f'The block "{block.name}" is empty.',
                "give it text, or take it out",
            )


@rule("BLK004")
def unknown_option(document: Document, site: Site) -> Iterator[Finding]:
    """A block's option is not known.

    What it holds would be lost, or the whole block printed as text.

    Wrong: `    item: [biofreeze]` under `/// products`.
    Right: `    items: [biofreeze]`
    """
    for block in document.blocks:
        kind = KINDS.get(block.name)
        for name, option in block.options.items() if kind else ():
            if kind and name not in kind.options:
                known = ", ".join(kind.options) or "none"
                hint = nearest(name, kind.options) or f"its options: {known}"
                meant = one_slip(name, kind.options)
                yield Finding(
                    option.name_span,
                    f'"{block.name}" has no option "{name}".',
                    hint,
                    meant if meant not in block.options else None,
                )


@rule("BLK005")
def unreadable_options(document: Document, site: Site) -> Iterator[Finding]:
    """The indented lines under a block's opening line cannot be read as options.

    The block would be printed as text, with everything in it.

    Wrong: `    items: [biofreeze`
    Right: `    items: [biofreeze]`
    """
    for block in document.blocks:
        if block.options_fault:
            reason, span = block.options_fault
            yield Finding(
                span,
                f'The options of "{block.name}" cannot be read: {reason}.',
                'write "name: value" lines with four spaces before them, then a blank line',
            )


@rule("BLK006")
def stray_fence(document: Document, site: Site) -> Iterator[Finding]:
    """A line of slashes opens and closes nothing.

    It would be printed, or cut a block short.

    Wrong: a `///` with no block open, or `/// warning: Watch out`.
    Right: `/// warning | Watch out`
    """
    hints = {
        "stray end": "take it out, or open a block with as many slashes before it",
        "malformed": 'write "/// name | Title" to open a block, "///" to close it',
        "indented": "take the spaces before it away",
    }
    for fence in document.fences:
        yield Finding(
            fence.span, "This line of slashes opens and closes nothing.", hints[fence.reason]
        )


@rule("BLK007")
def missing_option(document: Document, site: Site) -> Iterator[Finding]:
    """A block lacks an option that it cannot do without.

    A figure without its credit or a list without its items tells readers half.

    Wrong: `/// products | For pain at home` with no `items:`.
    Right: `    items: [biofreeze]` on the next line.
    """
    for block in document.blocks:
        kind = KINDS.get(block.name)
        if not kind or block.options_fault:
            continue
        for name in kind.required:
            option = block.options.get(name)
            empty = option is None or option.value in (None, "", [])
            # IMG001 tells of a missing text alternative, with what it is for.
            if empty and (block.name, name) != ("figure", "alt"):
                yield Finding(
                    option.name_span if option else block.name_span,
                    f'The block "{block.name}" needs "{name}:".',
                    f'add an indented line "{name}: …" under its opening line',
                )


@rule("BLK008")
def bad_value(document: Document, site: Site) -> Iterator[Finding]:
    """An option's value is not one of those it allows.

    Readers must be able to tell a card worded from a source from one that awaits approval.

    Wrong: `    status: approved` under `/// emergency`.
    Right: `    status: awaiting-approval`, or `sourced` when the wording is that of a cited source.
    """
    for block in document.blocks:
        kind = KINDS.get(block.name)
        for name, option in block.options.items() if kind else ():
            allowed = kind.values.get(name, ()) if kind else ()
            if allowed and option.value not in allowed:
                hint = nearest(str(option.value), allowed) or f"use one of {', '.join(allowed)}"
                yield Finding(option.value_span, f'"{option.value}" is no value of "{name}".', hint)


@rule("BLK009")
def missing_title(document: Document, site: Site) -> Iterator[Finding]:
    """A block that readers hear announced has no title.

    A box or table without a name tells a listener nothing.

    Wrong: `/// warning`
    Right: `/// warning | After treatment`
    """
    for block in document.blocks:
        kind = KINDS.get(block.name)
        if kind and kind.title and not block.title:
            yield Finding(
                block.name_span,
                f'The block "{block.name}" has no title.',
                f'write "/// {block.name} | Title"',
            )


@rule("BLK010")
def lead_in_without_list(document: Document, site: Site) -> Iterator[Finding]:
    """A sentence ends in a colon and no list, table or block follows.

    The reader was promised something that is not there: a list that got lost.

    Wrong: `Some other treatments include:` and then a heading.
    Right: the list, or no such sentence.
    """
    passages = document.passages
    for number, passage in enumerate(passages):
        if passage.kind not in ("paragraph", "item") or not plain(document, passage.span).endswith(
            ":"
        ):
            continue
        following = passages[number + 1] if number + 1 < len(passages) else None
        between_end = following.span.start if following else len(document.text)
        opened = any(passage.span.end <= b.span.start < between_end for b in document.blocks)
        if opened or (
            following and _continues(document, passage.kind, following.kind, following.span)
        ):
            continue
        end = _last_colon(document, passage.span)
        yield Finding(
            Span(end, end + 1),
            "This colon promises a list and none follows.",
            "add the list with a blank line before it, or end the sentence with a full stop",
        )


def _continues(document: Document, kind: str, following: str, span: Span) -> bool:
    if following in ("row", "quote"):
        return True
    if following != "item":
        return False
    return kind == "paragraph" or bool(re.match(r"[ ]*([*+-]|\d+\.)", document.text_of(span)))


def _last_colon(document: Document, span: Span) -> int:
    return document.text.rfind(":", span.start, span.end)


@rule("BLK011", Severity.WARNING)
def indented_prose(document: Document, site: Site) -> Iterator[Finding]:
    """A paragraph of prose is indented by four spaces.

    Markdown shows it as computer code, and its cites and terms are not read.

    Wrong: four spaces before a sentence outside a list.
    Right: the same sentence at the start of the line.
    """
    for span in document.indented_code:
        yield Finding(
            span, "This indented text is shown as computer code.", "take the spaces before it away"
        )


@rule("BLK012")
def list_without_blank_line(document: Document, site: Site) -> Iterator[Finding]:
    """A list begins right under a line of text.

    Markdown takes its items for part of the sentence, dashes and all.

    Wrong: `Bring these:` and `- your list of medicines` on the very next line.
    Right: the same with a blank line between them.
    """
    for before, item in zip(document.passages, document.passages[1:], strict=False):
        if item.kind != "item" or before.kind not in ("paragraph", "heading"):
            continue
        marked = re.match(r"(?:[*+-]|\d+\.)[ \t]", document.text[item.span.start :])
        gap = document.text[before.span.end : item.span.start]
        if marked and before.kind == "paragraph" and not re.search(r"\n[ \t\r]*\n", gap):
            yield Finding(
                Span(item.span.start, item.span.start + 1),
                "This list has no blank line before it.",
                "put a blank line between the text and the list",
                _parted(document, item.span.start),
            )


def _parted(document: Document, start: int) -> str | None:
    """Give a list's first mark with a blank line before it; None when it may be no list.

    A number may be the end of a sentence, a lone dash a minus, and a quotation has marks of its
    own.
    """
    line = document.index.line_at(start)
    items = [p for p in document.passages if p.kind == "item" and p.span.start > start]
    follows = any(document.index.line_at(p.span.start).number == line.number + 1 for p in items)
    if document.text[start].isdigit() or start != line.span.start or not follows:
        return None
    ending = document.text[document.index.lines[line.number - 2].span.end : start]
    return f"{ending}{document.text[start]}"


@rule("BLK024")
def markup_in_title(document: Document, site: Site) -> Iterator[Finding]:
    """A block's title holds markup.

    A title is plain words, shown as they are typed: its asterisks are printed, its links lead
    nowhere.

    Wrong: `/// warning | After **every** treatment`
    Right: `/// warning | After every treatment`
    """
    for block in document.blocks:
        found = _MARKUP.search(block.title)
        if found:
            start = block.title_span.start + found.start()
            yield Finding(
                Span(start, start + len(found[0])),
                f"The title of this block holds markup: {found[0]}",
                "write plain words; put the rest into the block's text",
            )


@rule("BLK025")
def text_not_shown(document: Document, site: Site) -> Iterator[Finding]:
    """Text stands in a block that shows none of its own.

    A disclaimer's words come from the library, a list of references or products from its
    items. Words written into the block would be dropped, with their cites.

    Wrong: a sentence between `/// disclaimer | medical` and `///`.
    Right: the sentence before or after the block.
    """
    for block in document.blocks:
        kind = KINDS.get(block.name)
        if not kind or kind.body or block.name == "products" or not block.closed:
            continue
        inside = document.masked[block.body_span.start : block.body_span.end]
        words = inside.strip(f" \t\r\n{BLANK}")
        if words:
            start = block.body_span.start + inside.index(words[0])
            yield Finding(
                Span(start, start + len(words.splitlines()[0].rstrip(f" {BLANK}"))),
                f'The block "{block.name}" does not show this text.',
                "move it out of the block",
            )


def block_of(document: Document, name: str) -> Iterator[Block]:
    """Yield a document's blocks of one name."""
    return (block for block in document.blocks if block.name == name)
