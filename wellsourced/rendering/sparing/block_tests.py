"""Ask a block processor only about blocks that hold what its expression cannot match without."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from xml.etree.ElementTree import Element

from markdown import Markdown, blockprocessors

from .needs import needed

_Test = Callable[[Element, str], bool]

_EXPRESSIONS = {
    blockprocessors.BlockQuoteProcessor: "RE",
    blockprocessors.HashHeaderProcessor: "RE",
    blockprocessors.HRProcessor: "SEARCH_RE",
    blockprocessors.SetextHeaderProcessor: "RE",
}
"""Mapping class → the expression without a match of which its test says no, and does nothing."""


def spare(md: Markdown) -> None:
    """Spare the tests of Python-Markdown's own block processors."""
    for processor in md.parser.blockprocessors:
        name = _EXPRESSIONS.get(type(processor))
        if name and "test" not in vars(processor):
            texts = needed(getattr(processor, name))
            if texts:
                processor.test = partial(_test, processor.test, texts)  # type: ignore[method-assign]


def _test(test: _Test, texts: frozenset[str], parent: Element, block: str) -> bool:
    return any(one in block for one in texts) and test(parent, block)
