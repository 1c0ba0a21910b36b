"""Show that the build's gate stops a fault in the content and leaves the last output alone."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.site.built import CONTENT

ARTICLE = "articles/what-is-dry-needling.md"


@dataclass(frozen=True)
class Fault:
    """Hold one fault: the family of its code, what the first match of `old` becomes, and where.

    `file` is where the change is made; `reported` is the file that the diagnostic must name, and
    `line_of` the words on its line, unless they are `new` itself.
    """

    name: str
    code: str
    old: str
    new: str
    file: str = ARTICLE
    reported: str = ARTICLE
    line_of: str = ""


FAULTS = (
    Fault("cite an unknown reference", "CIT", r"\[@apta2015\]", "[@apta2051]"),
    Fault(
        "lose a contraindication", "CLM", "- people who are pregnant\n", "",
        reported="articles/what-is-dry-needling.facts.yaml", line_of="id: X-03",
    ),
    Fault(
        "call a contraindication a caution", "CLM",
        r"(- children younger than 12 years\n)((?s:.*?)before you start\.\n\n)", r"\2\1",
        reported="articles/what-is-dry-needling.facts.yaml", line_of="id: E-09.dont",
    ),
    Fault(
        "34 become 43", "CLM", "34 states and the District", "43 states and the District",
        reported="articles/what-is-dry-needling.facts.yaml", line_of="id: P-03",
    ),
    Fault("drop the disclaimer", "DIS", r"/// disclaimer \| medical\n///\n", "", line_of="Title:"),
    Fault(
        "drop an alternative text", "IMG",
        r"    alt: .*\n", "", line_of="/// figure",
    ),
    Fault("rename a published anchor", "ANC", "{#insurance}", "{#cover}"),
    Fault("show an unknown product", "PRD", r"biofreeze\]", "biofreze]"),
    Fault("link a section that is not there", "LNK", r"\]\(#state-laws\)", "](#law-of-states)"),
    Fault("give an impossible date", "META", "Modified: 2026-11-24", "Modified: 2026-11-31"),
    Fault("break the reference library", "CIT", '"id": "apta2015",', '"id": "apta2015"',
          file="library/references.json", reported="library/references.json",
          line_of='"type": "article-magazine"'),
)  # fmt: skip


def line_of(text: str, words: str) -> int:
    """Count the line, from 1, on which words first stand."""
    return text[: text.index(words)].count("\n") + 1


def fingerprint(folder: Path) -> str:
    """Hash every path and byte under a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


@pytest.fixture(scope="module")
def earlier(site: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Copy the good output once, as the earlier release that no failed build may touch."""
    output = tmp_path_factory.mktemp("earlier") / "output"
    shutil.copytree(site, output)
    return output, fingerprint(output)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_gate_stops(
    fault: Fault, earlier: tuple[Path, str], build: Callable[..., Any], tmp_path: Path
) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    changed = content / fault.file
    text = changed.read_text("utf-8")
    text, count = re.subn(fault.old, fault.new, text, count=1)
    assert count == 1
    changed.write_text(text, "utf-8")
    output, before = earlier

    result = build(content, output)

    assert result.returncode == 1, result.stderr
    pattern = re.escape(fault.reported) + r":(\d+):\d+: error\[" + fault.code + r"\d{3}\]"
    lines = {int(line) for line in re.findall(pattern, result.stderr)}
    where = fault.line_of or fault.new.strip()
    reported = (content / fault.reported).read_text("utf-8")
    assert line_of(reported, where) in lines, result.stderr
    assert fingerprint(output) == before
