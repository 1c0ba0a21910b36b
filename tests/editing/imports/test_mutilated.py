"""Whatever an export was made into on its way here, it is told or it comes in sound."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wellsourced.diagnostics import has_errors
from wellsourced.editing.imports.importing import plan
from wellsourced.library import bibliography

EXPORTS = sorted((Path(__file__).parent / "exports").iterdir())
PIECES = (
    "{", "}", "{{", '"', "\\", "\\'", "$", "%", "@", "@book{", "=", ",", "\n", "\r", "\n\n",
    "TY  - JOUR", "ER  - ", "PMID- 1", "      x", "é", "🪡", "\x00", "\x0c", "\ufeff", "[", "]",
    "null", "-1", "1e999", "\\ud800", "&#0;", "<i>", "  -  ", "author = {and and and}",
    "author = {,,,,}", "year = {99999}", "DA  - 0000/00/00", "issued", "\\begin{x}", "\\verb|",
)  # fmt: skip
SHORT = settings(
    max_examples=150,
    deadline=1000,  # milliseconds
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def hold(tmp_path: Path, data: bytes) -> None:
    """Import the bytes, and hold what comes in and what is told against what both must be."""
    file, target = tmp_path / "export", tmp_path / "references.json"
    file.write_bytes(data)
    target.unlink(missing_ok=True)
    done = plan(file, "export", target, "references.json")
    lines = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for one in done.found:
        assert one.message
        assert 1 <= one.line <= len(lines)
        assert 1 <= one.column <= len(lines[one.line - 1]) + 2
    assert not (done.data and has_errors(done.found))
    if done.data:
        target.write_bytes(done.data)
        references, found = bibliography.load(target)
        assert {one.code for one in found} <= {"CIT035"}
        assert len(references) == len(done.entries)


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.name)
@SHORT
@given(at=st.integers(0, 10**6), cut=st.integers(0, 40), put=st.sampled_from(PIECES))
def test_a_mutilated_export_does_no_harm(
    tmp_path: Path, path: Path, at: int, cut: int, put: str
) -> None:
    text = path.read_text("utf-8")
    at %= len(text)
    hold(tmp_path, (text[:at] + put + text[at + cut :]).encode("utf-8", "surrogatepass"))


@SHORT
@given(data=st.binary(max_size=200))
def test_any_bytes_do_no_harm(tmp_path: Path, data: bytes) -> None:
    hold(tmp_path, data)


@SHORT
@given(
    seed=st.integers(0, 10**9),
    opening=st.sampled_from(["TY  - JOUR\n", "@book{a,\n", "PMID- 1\n", '[{"title": "A", ']),
)
def test_any_pieces_do_no_harm(tmp_path: Path, seed: int, opening: str) -> None:
    pieces = random.Random(seed).choices(PIECES, k=12)
    hold(tmp_path, (opening + " ".join(pieces)).encode("utf-8", "surrogatepass"))
