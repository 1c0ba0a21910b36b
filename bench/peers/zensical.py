"""Zensical, on the same files as MkDocs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.peers import mkdocs
from bench.peers.peer import Peer, program


def command(tools: Path, folder: Path) -> Sequence[str]:
    """Build."""
    del folder
    return [program(tools, "zensical", "zensical"), "build", "-f", "mkdocs.yml"]


PEER = Peer("zensical", mkdocs.lay, command, mkdocs.article, python=("zensical",))
