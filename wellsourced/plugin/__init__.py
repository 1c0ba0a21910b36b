"""Plug the engine into Pelican. Only this package imports Pelican."""

from __future__ import annotations

from typing import Any

from pelican import signals

from wellsourced.plugin import languages
from wellsourced.plugin.build import WellSourced
from wellsourced.plugin.generators import GENERATORS
from wellsourced.plugin.images import Images
from wellsourced.plugin.readers import ArticleReader
from wellsourced.plugin.writer import PageWriter

__all__ = ["WellSourced", "register"]


def register() -> None:
    """Connect to Pelican's signals."""
    signals.readers_init.connect(_add_reader)
    signals.get_generators.connect(_generators)
    signals.get_writer.connect(_writer)
    signals.generator_init.connect(languages.speak)


def _add_reader(readers: Any) -> None:
    readers.reader_classes["md"] = ArticleReader


def _generators(pelican: Any) -> tuple[type[Any], ...]:
    del pelican
    return (*GENERATORS, Images)


def _writer(pelican: Any) -> type[PageWriter]:
    del pelican
    return PageWriter
