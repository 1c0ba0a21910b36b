"""Every format says the same: path, line, column and code can be read back from each."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

import pytest

from wellsourced.diagnostics import Diagnostic
from wellsourced.reporters import REPORTERS, render

from .findings import FINDINGS, TEXTS, WARNING, finding

Place = tuple[str, int, int, str]
HEADLINE = re.compile(r"^(\S.*):(\d+):(\d+): (?:error|warning)\[([A-Z]{3}\d{3})\] ", re.MULTILINE)
COMMAND = re.compile(
    r"^::(?:error|warning) file=([^,]*),line=(\d+),col=(\d+),"
    r"endLine=\d+,endColumn=\d+,title=([A-Z]{3}\d{3})::",
    re.MULTILINE,
)


def places(found: list[tuple[str, str, str, str]]) -> list[Place]:
    return [(path, int(line), int(column), code) for path, line, column, code in found]


def from_text(report: str) -> list[Place]:
    return places(HEADLINE.findall(report))


def from_json(report: str) -> list[Place]:
    return [(d["path"], d["line"], d["column"], d["code"]) for d in json.loads(report)]


def from_sarif(report: str) -> list[Place]:
    found = []
    for result in json.loads(report)["runs"][0]["results"]:
        place = result["locations"][0]["physicalLocation"]
        path = unquote(place["artifactLocation"]["uri"].removeprefix("file://"))
        region = place["region"]
        found.append((path, region["startLine"], region["startColumn"], result["ruleId"]))
    return found


def from_github(report: str) -> list[Place]:
    commands = [
        (unquote(path), line, column, code) for path, line, column, code in COMMAND.findall(report)
    ]
    return places(commands) + from_text(report)


READERS = {"text": from_text, "json": from_json, "sarif": from_sarif, "github": from_github}
MANY = (
    *FINDINGS,
    *(finding(line=line, code=code) for line in range(1, 30) for code in ("CIT002", WARNING)),
)


@pytest.mark.parametrize("findings", [(), FINDINGS, MANY], ids=["none", "few", "many"])
def test_every_format_holds_the_same_findings(findings: tuple[Diagnostic, ...]) -> None:
    assert READERS.keys() == REPORTERS.keys()
    wanted = sorted((d.path, d.line, d.column, d.code) for d in findings)
    for format, read in READERS.items():
        report = render(format, findings, TEXTS, terminal=False)
        assert sorted(read(report)) == wanted, format


def test_json_holds_every_field() -> None:
    listed = json.loads(render("json", FINDINGS, TEXTS, terminal=False))
    assert [list(d) for d in listed] == [list(Diagnostic.__dataclass_fields__)] * len(FINDINGS)
    assert listed[0]["fix"] == {"replacement": "whelton2018"}
