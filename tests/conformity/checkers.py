"""Run html-validate and the Nu Html Checker over HTML files; tell what they find in lines."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from ..conftest import ROOT

MODULES = ROOT / "tests" / "node_modules"
HTML_VALIDATE = MODULES / "html-validate" / "bin" / "html-validate.mjs"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
CONFIG = Path(__file__).parent / "html-validate.config.mjs"
NODE = ROOT / ".tools" / "bin" / "node"
TIMEOUT = 180  # seconds
# What Nu's style checker does not know yet → the draft that defines it. Browsers skip what they
# do not know (CSS Syntax 3, § 2.2), and the page works without each of these.
DRAFTS = {
    ":target-current": "CSS Overflow 5",
    "animation-timeline": "Scroll-driven Animations 1",
    "position-anchor": "CSS Anchor Positioning 1",
    "position-area": "CSS Anchor Positioning 1",
    "position-try": "CSS Anchor Positioning 1",
    "scroll-target-group": "CSS Overflow 5",
}
# What it takes for a fault: sums inside min() and max() are valid (CSS Values 4, § 10.2).
MISREAD = frozenset({"CSS: “inline-size”: The types are incompatible."})


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold what a checker says of a place in a file; lines and columns count from 1."""

    file: Path
    line: int
    column: int
    rule: str
    message: str


def html_validate(files: Sequence[Path]) -> list[Finding]:
    """Check `files` by the rules of CONFIG."""
    command = [str(NODE if NODE.exists() else shutil.which("node")), str(HTML_VALIDATE)]
    with TemporaryFile() as output:  # it ends before a pipe has taken all
        result = subprocess.run(
            [*command, "--config", str(CONFIG), "--formatter", "json", *map(str, files)],
            cwd=ROOT / "tests",
            stdout=output,
            stderr=subprocess.PIPE,
            timeout=TIMEOUT,
        )
        assert result.returncode in (0, 1), result.stderr.decode()
        output.seek(0)
        reports = json.load(output)
    return [
        Finding(
            Path(report["filePath"]), said["line"], said["column"], said["ruleId"], said["message"]
        )
        for report in reports
        for said in report["messages"]
    ]


def nu(files: Sequence[Path]) -> list[Finding]:
    """Check `files` in one Java machine, warnings included (github.com/validator/validator)."""
    result = subprocess.run(
        ["java", "-jar", str(NU), "--format", "json", "--stdout", *map(str, files)],
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
    )
    assert result.stdout, result.stderr
    return [
        Finding(
            Path(said.get("url", "").removeprefix("file:")),
            said.get("lastLine", 0),
            said.get("lastColumn", 0),
            said.get("subType", said["type"]),
            said["message"],
        )
        for said in json.loads(result.stdout)["messages"]
        if said["message"] not in MISREAD and not of_a_draft(said["message"])
    ]


def of_a_draft(message: str) -> bool:
    """Tell whether a message is about CSS that one of DRAFTS defines."""
    return message.startswith("CSS: ") and any(
        name in DRAFTS for name in re.findall("“([^”]+)”", message)
    )


def lines(findings: Sequence[Finding], root: Path) -> list[str]:
    """Tell each fault once, at its first place below `root`, with the number of its pages."""

    def told() -> Iterator[str]:
        for rule, message in dict.fromkeys((f.rule, f.message) for f in findings):
            places = [f for f in findings if (f.rule, f.message) == (rule, message)]
            first = places[0]
            others = f" (and {len(places) - 1} more)" if places[1:] else ""
            where = first.file.relative_to(root).as_posix()
            yield f"{where}:{first.line}:{first.column}: {rule}: {message}{others}"

    return list(told())
