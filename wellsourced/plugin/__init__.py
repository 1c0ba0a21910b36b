"""Plug the engine into Pelican. Only this package imports Pelican.

What is named here is loaded when it is asked for: a build that has nothing to do needs none of it.
"""

from __future__ import annotations

from typing import Any

from pelican import signals

from wellsourced.plugin.gate import WellSourced

__all__ = ["WellSourced", "register"]


def register() -> None:
    """Connect to Pelican's signals."""
    signals.readers_init.connect(_add_reader)
    signals.get_generators.connect(_generators)
    signals.get_writer.connect(_writer)
    signals.generator_init.connect(_speak)


def _add_reader(readers: Any) -> None:
    from wellsourced.plugin.readers import ArticleReader

    readers.reader_classes["md"] = ArticleReader


def _generators(pelican: Any) -> tuple[type[Any], ...]:
    from wellsourced.plugin.generators import GENERATORS
    from wellsourced.plugin.images import Images

    del pelican
    return (*GENERATORS, Images)


def _speak(generator: Any) -> None:
    from wellsourced.plugin import languages

    languages.speak(generator)


def _writer(pelican: Any) -> type[Any]:
    from wellsourced.plugin.writer import PageWriter

    del pelican
    return PageWriter
