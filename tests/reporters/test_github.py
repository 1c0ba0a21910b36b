"""GitHub's annotations are escaped and within its limits, and nothing is lost by them."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

from wellsourced.diagnostics import Diagnostic
from wellsourced.reporters import github, output

from .findings import FINDINGS, TEXTS, WARNING, finding

MANY = tuple(
    finding(line=line, code=code, message=f"Number {line}.")
    for line in range(1, 16)
    for code in ("CIT001", WARNING)
)


def report(findings: tuple[Diagnostic, ...], changes: dict[str, range] | None = None) -> list[str]:
    return github.report(findings, TEXTS, terminal=False, changes=changes or {}).split("\n")


def test_commands_are_escaped() -> None:
    lines = report((FINDINGS[0], FINDINGS[1], FINDINGS[2], FINDINGS[4]))
    assert lines == [
        "::error file=content/articles/x.md,line=3,col=27,endLine=3,endColumn=37,title=CIT001::"
        'Citation "welton2018" is not in the references.%0Adid you mean "whelton2018"?',
        "::error file=content/articles/x.md,line=5,col=1,endLine=8,endColumn=4,title=BLK003::"
        'a | b%0Ac ` d%0Adid you mean "whelton2018"?',
        "::error file=/elsewhere/a b%2Cc%3Ad%25.md,line=1,col=1,endLine=1,endColumn=2,"
        'title=CIT002::Not here.%0Adid you mean "whelton2018"?',
        "::warning file=content/articles/x.md,line=6,col=5,endLine=6,endColumn=9,"
        f"title={WARNING}::100%25 of, it: <b> ::x",
        "3 errors and 1 warning in 2 files.",
    ]


def test_carriage_returns_do_not_end_a_command() -> None:
    (line, _) = report((finding(message="a\r\nb", hint=""),))
    assert line.endswith("::a%0D%0Ab")


def test_ten_of_each_are_annotated_and_the_others_listed() -> None:
    lines = report(MANY)
    kinds = Counter(re.match(r"::(error|warning) ", line)[1] for line in lines if "::" in line)
    assert kinds == {"error": 10, "warning": 10}
    listed = [line for line in lines if re.search(r": (error|warning)\[", line)]
    assert len(listed) == 10
    assert lines[-1] == "15 errors and 15 warnings in 1 file."


def test_changed_lines_come_first() -> None:
    lines = report(MANY, {"content/articles/x.md": range(13, 15)})
    numbers = [int(re.search(r",line=(\d+),", line)[1]) for line in lines if "::error" in line]
    assert numbers == [13, 14, 1, 2, 3, 4, 5, 6, 7, 8]


def test_a_summary_row_shows_its_text_as_it_is() -> None:
    rows = github.summarise(FINDINGS).split("\n")
    assert rows[2] == "4 errors and 1 warning in 3 files."
    table = [row for row in rows if row.startswith("|")]
    assert len(table) == 2 + len(FINDINGS)
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 5 for row in table)
    assert r"a \| b c \` d" in table[3]
    assert r"\<b\>" in table[4]


def test_a_summary_keeps_within_its_limit() -> None:
    findings = [finding(line=n, message="針" * 500) for n in range(1, 2000)]
    summary = github.summarise(findings)
    assert len(summary.encode()) <= github.SUMMARY_LIMIT
    rows = sum(row.startswith("| error") for row in summary.split("\n"))
    left = int(re.search(r"(\d+) more are in the log", summary)[1])
    assert rows + left == len(findings)
    assert github.summarise(findings, 10) == ""


def test_the_summary_is_added_to_the_file_of_the_job(tmp_path: Path) -> None:
    file = tmp_path / "summary.md"
    file.write_text("# Before\n", "utf-8")
    stream = io.StringIO()
    output.write("github", FINDINGS, TEXTS, stream, {"GITHUB_STEP_SUMMARY": str(file)})
    assert file.read_text("utf-8") == "# Before\n" + github.summarise(FINDINGS)
    output.write("text", FINDINGS, TEXTS, stream, {"GITHUB_STEP_SUMMARY": str(file)})
    assert file.read_text("utf-8") == "# Before\n" + github.summarise(FINDINGS)
