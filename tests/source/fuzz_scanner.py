"""Fuzz the scanner with atheris: `python -m tests.source.fuzz_scanner -runs=80000`.

libFuzzer steers the bytes by the lines that they reach in source/ and rules/. It starts from
the articles of tests/sites/valid and from the signs of Markdown as its dictionary; a crash
is written to the folder that `-artifact_prefix` names.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["wellsourced.source", "wellsourced.rules"]):
    from tests.rendering import wired
    from tests.source.fuzzing import TOKENS, go_through


def main() -> None:
    """Run libFuzzer with the command line's options."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = folder / "corpus"
        corpus.mkdir()
        for document in wired.site().documents:
            (corpus / f"{len(document.text)}.md").write_text(document.text, "utf-8")
        dictionary = folder / "dictionary"
        dictionary.write_text("".join(f'"{_escaped(token)}"\n' for token in TOKENS), "ascii")
        atheris.Setup(
            [*sys.argv, f"-dict={dictionary}", str(corpus)], lambda data: go_through(data, folder)
        )
        atheris.Fuzz()


def _escaped(token: str) -> str:
    """Spell a token as libFuzzer's dictionaries do."""
    return "".join(f"\\x{byte:02x}" for byte in token.encode())


if __name__ == "__main__":
    main()
