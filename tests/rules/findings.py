"""Find everything that an editor is told of a content folder, short of a whole build."""

from __future__ import annotations

from pathlib import Path

from pelican.settings import read_settings

from wellsourced.diagnostics import Diagnostic
from wellsourced.plugin import check as checking

ROOT = Path(__file__).resolve().parents[2]


def find(content: Path, cache: Path, *, publishing: bool = False) -> tuple[Diagnostic, ...]:
    """Give the sorted findings of `invoke check`; `cache` keeps formatted references.

    `publishing` asks for what only a release needs, as publishconf.py does.
    """
    settings = read_settings(
        str(ROOT / "pelicanconf.py"),
        {
            "PATH": str(content),
            "WELLSOURCED_CACHE": str(cache),
            "WELLSOURCED_PUBLISHING": publishing,
        },
    )
    found, _ = checking.check(settings)
    return found
