"""Well Sourced itself, with every check and the audit on."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from bench import corpus
from bench.peers.peer import Peer

ROOT = corpus.ROOT


def lay(folder: Path, count: int) -> None:
    """Write the content, the theme and the settings."""
    corpus.write_ours(folder / "content", count)
    shutil.copytree(ROOT / "theme", folder / "theme")
    (folder / "pelicanconf.py").write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n"
        + (ROOT / "pelicanconf.py").read_text("utf-8"),
        "utf-8",
    )


def command(tools: Path, folder: Path) -> Sequence[str]:
    """Build as `invoke build` does."""
    del tools, folder
    return [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", "output"]


def article(folder: Path, number: int) -> Path:
    """Name an article's file."""
    return folder / "content" / "articles" / f"article-{number}.md"


def edit_reference(folder: Path) -> None:
    """Change the title of the reference that twenty articles cite."""
    path = folder / "content" / "library" / "references.json"
    path.write_text(path.read_text("utf-8").replace(", shared", ", widely shared", 1), "utf-8")


def edit_template(folder: Path) -> None:
    """Change the end of every page."""
    path = folder / "theme" / "templates" / "base.html"
    path.write_text(path.read_text("utf-8").replace("</body>", "<!-- end --></body>"), "utf-8")


PEER = Peer(
    "wellsourced", lay, command, article,
    edits={"reference": edit_reference, "template": edit_template},
)  # fmt: skip
