"""A preview of a copy of the shipped content, in a process of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT, settings_file

START = 60  # seconds to the first page

_RUN = """
import asyncio, sys
from pathlib import Path
from wellsourced.preview import watching
settings, output, port, editor = sys.argv[1:]
asyncio.run(watching.run(Path(settings), Path(output), int(port), editor))
"""


@dataclass(frozen=True)
class Preview:
    """A running preview: its origin, the content that it watches, what its editor was told."""

    origin: str
    content: Path
    opened: Path

    @property
    def article(self) -> Path:
        return self.content / "articles" / "what-is-dry-needling.md"

    def edit(self, before: str, after: str) -> None:
        """Save the article with one passage replaced, as an editor does: by renaming over it."""
        text = self.article.read_text("utf-8")
        assert before in text
        part = self.article.with_name(".saving")
        part.write_text(text.replace(before, after, 1), "utf-8")
        os.replace(part, self.article)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("preview")
    content = folder / "content"
    shutil.copytree(ROOT / "content", content)
    settings = settings_file(folder, PATH=content, WELLSOURCED_CACHE=folder / "cache")
    opened = folder / "opened.txt"
    editor = folder / "editor"
    editor.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{opened}"\n', "utf-8")
    editor.chmod(0o755)
    port = _free_port()
    arguments = [
        str(settings),
        str(folder / "out"),
        str(port),
        f"{editor} {{path}} {{line}} {{column}}",
    ]
    with open(folder / "log.txt", "wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", _RUN, *arguments], cwd=ROOT, stdout=log, stderr=log
        )
    running = Preview(f"http://127.0.0.1:{port}", content, opened)
    try:
        _wait_for_page(running.origin, process)
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for_page(origin: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end:
        assert process.poll() is None, "the preview ended"
        try:
            with urllib.request.urlopen(f"{origin}/articles/what-is-dry-needling/", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the preview showed no page")
