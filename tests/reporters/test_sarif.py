"""The SARIF report holds to its schema and gives each finding a lasting name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from wellsourced.diagnostics import CODES, Diagnostic
from wellsourced.reporters import sarif

from .findings import FINDINGS, TEXTS, finding

SCHEMA = Path(__file__).with_name("sarif-2.1.0-rtm.5.json")


@pytest.fixture(scope="module")
def validator() -> Draft4Validator:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft4Validator.check_schema(schema)
    return Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)


def run_of(findings: tuple[Diagnostic, ...], texts: dict[str, str] = TEXTS) -> dict[str, Any]:
    log = json.loads(sarif.report(findings, texts, terminal=False))
    run: dict[str, Any] = log["runs"][0]
    return run


@pytest.mark.parametrize("findings", [(), FINDINGS])
def test_a_log_holds_to_the_schema(
    validator: Draft4Validator, findings: tuple[Diagnostic, ...]
) -> None:
    log = json.loads(sarif.report(findings, TEXTS, terminal=False))
    assert [e.message for e in validator.iter_errors(log)] == []


def test_the_schema_finds_faults(validator: Draft4Validator) -> None:
    log = json.loads(sarif.report(FINDINGS, TEXTS, terminal=False))
    log["runs"][0]["results"][0]["level"] = "fatal"
    log["runs"][0]["results"][1]["colour"] = "red"
    assert len(list(validator.iter_errors(log))) == 2


def test_every_code_is_a_rule() -> None:
    rules = run_of(FINDINGS)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(CODES)
    for rule in rules:
        assert rule["defaultConfiguration"]["level"] == CODES[rule["id"]].severity
        assert rule["shortDescription"]["text"] == CODES[rule["id"]].summary
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"] == CODES[rule["id"]].explanation
        assert "Wrong:" in rule["help"]["markdown"]
        assert "Right:" in rule["help"]["markdown"]


def test_a_result_says_all_that_the_finding_says() -> None:
    run = run_of(FINDINGS)
    rules = run["tool"]["driver"]["rules"]
    assert run["columnKind"] == "unicodeCodePoints"
    for result, found in zip(run["results"], FINDINGS, strict=True):
        assert result["ruleId"] == rules[result["ruleIndex"]]["id"] == found.code
        assert result["level"] == found.severity
        assert found.message in result["message"]["text"]
        assert found.hint in result["message"]["text"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region == {
            "startLine": found.line,
            "startColumn": found.column,
            "endLine": found.end_line,
            "endColumn": found.end_column,
        }


def test_a_fix_replaces_the_range() -> None:
    first, second = run_of(FINDINGS)["results"][:2]
    (change,) = first["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    place = first["locations"][0]["physicalLocation"]
    assert change["artifactLocation"] == place["artifactLocation"]
    assert replacement["deletedRegion"] == place["region"]
    assert replacement["insertedContent"] == {"text": "whelton2018"}
    assert "fixes" not in second


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("content/articles/x.md", "content/articles/x.md"),
        ("a b#c?d%.md", "a%20b%23c%3Fd%25.md"),
        ("c:d.md", "c%3Ad.md"),
        ("café/針.md", "caf%C3%A9/%E9%87%9D.md"),
        ("/elsewhere/a b.md", "file:///elsewhere/a%20b.md"),
        ("bad\udcff.md", "bad%FF.md"),
    ],
)
def test_a_path_becomes_a_uri(path: str, uri: str) -> None:
    assert sarif.uri(path) == uri


def names(findings: tuple[Diagnostic, ...], texts: dict[str, str]) -> list[str]:
    return [r["partialFingerprints"][sarif.FINGERPRINT] for r in run_of(findings, texts)["results"]]


def test_a_fingerprint_survives_a_move() -> None:
    before = names((finding("a", 1, 3),), {"a": "one fault\n"})
    after = names((finding("a", 4, 5),), {"a": "new\n\n\n  one fault\n"})
    assert before == after


def test_fingerprints_tell_findings_apart() -> None:
    texts = {"a": "one\none\ntwo\n", "b": "one\n"}
    findings = (
        finding("a", 1),
        finding("a", 2),
        finding("a", 3),
        finding("b", 1),
        finding("a", 1, code="CIT002"),
        finding("c", 1),
    )
    assert len(set(names(findings, texts))) == len(findings)
