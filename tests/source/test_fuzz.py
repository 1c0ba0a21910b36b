"""No text, however odd, makes the engine fall over, hang or point outside the file."""

from __future__ import annotations

import gc
import importlib.util
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from wellsourced import source

from .fuzzing import BYTES, TEXTS, go_through

_QUICK = settings(
    max_examples=150, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
_LONG = settings(_QUICK, max_examples=20_000, derandomize=False)
ATHERIS_RUNS = 80_000
FLOOD = 100_000
"""Characters of each flood."""
LONGEST = 2
"""Seconds of processor time that scanning a flood may take on a busy machine."""
FLOODS = (
    "[", "]", "(", "[](", "[[", "![", "`", "` ``", "*", "**a ", "_a_ ", "<", "<a ", "<!--",
    "<!-- a -->",
    "<!-- allow CLM001: x -->\n", "/", "/// do\n", "//// a\n/// b\n", "> ", "- ", "- a\n", "# a\n",
    "#", "---\n", "***\n", "|", "a|b\n---|---\n", "| a | `b |\n", "[@a2;", "@a2 ", "@a2 [p. 3] ",
    "[a](b) ", "[a][b] ", "[a]: b\n", "\\", "a. B ", "\t", "🪡 ", "<a@b.c> ", "```\n",
    "~~~\na\n", "{#",
    "Key: v\n", "[@a2, p. 1, 2, ", '<a b="', '[a](b "', "[a](b(c(d", "x\n***\n", "x\n[a]: b\n",
    "# a\nx\n", "a\n===\n", "> - a\n", "@{", "\r", "=\n", "\n",
)  # fmt: skip


@_QUICK
@given(TEXTS)
def test_any_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    go_through(text.encode(), tmp_path_factory.getbasetemp())


@_QUICK
@given(BYTES)
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    go_through(data, tmp_path_factory.getbasetemp())


@pytest.mark.gate
@_LONG
@given(BYTES)
def test_very_many_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    go_through(data, tmp_path_factory.getbasetemp())


@pytest.mark.parametrize("piece", FLOODS)
def test_a_flood_is_scanned_in_linear_time(piece: str) -> None:
    text = "Title: T\n\n" + (piece * (FLOOD // len(piece) + 1))[:FLOOD]
    # What thousands of tests before this one have left is not the scanner's to look through.
    gc.freeze()
    start = time.process_time()
    source.scan(text, "content/articles/x.md")
    spent = time.process_time() - start
    gc.unfreeze()
    assert spent < LONGEST


def test_deep_nesting_is_told() -> None:
    text = "Title: T\n\n" + "".join(f"{'    ' * depth}- a\n" for depth in range(200))
    assert source.scan(text, "content/articles/x.md").too_deep


@pytest.mark.gate
@pytest.mark.skipif(not importlib.util.find_spec("atheris"), reason="atheris is not installed")
def test_atheris_finds_no_crash(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.source.fuzz_scanner", f"-runs={ATHERIS_RUNS}"]
    limits = ["-max_len=600", "-timeout=5", "-max_total_time=1500", f"-artifact_prefix={tmp_path}/"]
    done = subprocess.run([*command, *limits], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
