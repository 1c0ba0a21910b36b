"""BLK: the `///` blocks and the lists that readers expect."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wellsourced.library.shape_check import nearest
from wellsourced.rules.block_kinds import KINDS
from wellsourced.rules.certainty import one_slip
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.source import Document
from wellsourced.source.spans import Span
from wellsourced.source.structure import BLANK

_MARKUP = re.compile(r"\*\*[^*]+\*\*|\[[^\]]*\]\([^)]*\)|`[^`]+`")

_WORDS = re.compile(rf"[^ \t\r\n{BLANK}]")


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
    parents = {block.parent for block in document.blocks}
    for number, block in enumerate(document.blocks):
        kind = KINDS.get(block.name)
        span = block.body_span
        body = number in parents or _WORDS.search(document.masked, span.start, span.end)
        unread = block.options_fault  # BLK005 tells of it: its text may be the body
        if kind and kind.body and block.closed and not body and not unread:
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
