"""Fuzz the scanner with atheris: `python -m tests.source.fuzz_scanner -runs=80000`.

libFuzzer steers the bytes by the lines that they reach in source/ and rules/; a crash is
written to the folder that `-artifact_prefix` names.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["wellsourced.source", "wellsourced.rules"]):
    from tests.source.fuzzing import go_through


def main() -> None:
    """Run libFuzzer with the command line's options."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        go_through(b"Title: T\n\nWords [@gattie2017].\n", folder)
        atheris.Setup(sys.argv, lambda data: go_through(data, folder))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
