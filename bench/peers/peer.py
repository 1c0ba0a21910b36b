"""Say what a generator needs, how its site is laid out, and how it is run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_TOOLS = Path(__file__).resolve().parents[2] / ".tools" / "bin"


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator.

    `lay` writes a site of so many articles into a folder; `command` gives what builds it, for the
    folder of the tools and that of the site; `article` names an article's file. `edits` maps the
    name of a further edit to what makes it.
    """

    name: str
    lay: Callable[[Path, int], None]
    command: Callable[[Path, Path], Sequence[str]]
    article: Callable[[Path, int], Path]
    python: tuple[str, ...] = ()
    node: tuple[str, ...] = ()
    edits: Mapping[str, Callable[[Path], None]] = field(default_factory=dict)

    def install(self, tools: Path) -> None:
        """Install it from the package registries, once. Raises `CalledProcessError`."""
        folder = tools / self.name
        if (folder / ".installed").exists():
            return
        shutil.rmtree(folder, ignore_errors=True)
        if self.python:
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
            pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet"]
            subprocess.run([*pip, "--disable-pip-version-check", *self.python], check=True)
        if self.node:
            folder.mkdir(parents=True)
            (folder / "package.json").write_text("{}")
            npm = shutil.which("npm", path=os.pathsep.join([str(_TOOLS), os.environ["PATH"]]))
            subprocess.run(
                [npm or "npm", "install", "--silent", *self.node], cwd=folder, check=True
            )
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".installed").touch()


def program(tools: Path, peer: str, name: str) -> str:
    """Give the path of a program that a Python peer brought."""
    return str(tools / peer / "bin" / name)


def edit(path: Path) -> None:
    """Change one sentence of an article's text, and nothing that lists show of it."""
    head, gap, body = path.read_text("utf-8").partition("\n\n")
    path.write_text(head + gap + body.replace(" the ", " that ", 1), "utf-8")
