"""Write references in the formats that reference managers read.

Every format is a file here with `write(references) -> str`, registered below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wellsourced.citations.exports import bibtex, csl_json, ris
from wellsourced.library.bibliography import Reference

__all__ = ["EXPORTS", "Export"]


@dataclass(frozen=True, slots=True)
class Export:
    """A format: the name that readers know it by, its file suffix, media type and writer.

    `entry` writes one reference and `join` makes a file of entries, for a caller who keeps them.
    The text is to be saved byte for byte as UTF-8: RIS has its own line ends.
    """

    label: str
    suffix: str
    media_type: str
    write: Callable[[Iterable[Reference]], str]
    entry: Callable[[Reference], str]
    join: Callable[[Iterable[str]], str]


EXPORTS = (
    Export(
        "CSL-JSON", "json", "application/vnd.citationstyles.csl+json",
        csl_json.write, csl_json.entry, csl_json.join,
    ),
    Export(
        "BibTeX", "bib", "application/x-bibtex", bibtex.write, bibtex.entry, bibtex.join,
    ),
    Export(
        "RIS", "ris", "application/x-research-info-systems", ris.write, ris.entry, ris.join,
    ),
)  # fmt: skip
