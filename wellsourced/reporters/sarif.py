"""Report as SARIF 2.1.0 (OASIS), which code hosts and editors read."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib import metadata
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from wellsourced.diagnostics import CODES, Code, Diagnostic
from wellsourced.reporters.changes import NO_CHANGES, Changes
from wellsourced.reporters.explanations import markdown, parts
from wellsourced.reporters.text import split_lines

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = "wellSourcedPassage/v1"


def report(
    diagnostics: Sequence[Diagnostic],
    texts: Mapping[str, str],
    *,
    terminal: bool,
    changes: Changes = NO_CHANGES,
) -> str:
    """Give the diagnostics as one run of a SARIF log, in the order given."""
    del terminal, changes
    ids = sorted(CODES)
    prints = _fingerprints(diagnostics, texts)
    run = {
        "tool": {
            "driver": {
                "name": "Well Sourced",
                "semanticVersion": metadata.version("wellsourced"),
                "rules": [_rule(CODES[id]) for id in ids],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(d, ids.index(d.code), print)
            for d, print in zip(diagnostics, prints, strict=True)
        ],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _rule(code: Code) -> dict[str, Any]:
    """Describe a code as a reportingDescriptor (SARIF § 3.49)."""
    explained = parts(code.explanation)
    return {
        "id": code.id,
        "shortDescription": {"text": explained.summary},
        "fullDescription": {"text": explained.reason or explained.summary},
        "help": {"text": code.explanation, "markdown": markdown(code.explanation)},
        "defaultConfiguration": {"level": str(code.severity)},
    }


def _result(d: Diagnostic, index: int, fingerprint: str) -> dict[str, Any]:
    place = {"artifactLocation": {"uri": uri(d.path)}, "region": _region(d)}
    result: dict[str, Any] = {
        "ruleId": d.code,
        "ruleIndex": index,
        "level": str(d.severity),
        "message": {"text": f"{d.message}\nHelp: {d.hint}" if d.hint else d.message},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
    if d.fix is not None:
        replacement = {
            "deletedRegion": _region(d),
            "insertedContent": {"text": d.fix.replacement},
        }
        change = {"artifactLocation": place["artifactLocation"], "replacements": [replacement]}
        result["fixes"] = [{"artifactChanges": [change]}]
    return result


def _region(d: Diagnostic) -> dict[str, int]:
    """Give a range; SARIF's end column, like ours, is the one after the last (§ 3.30.8)."""
    return {
        "startLine": d.line,
        "startColumn": d.column,
        "endLine": d.end_line,
        "endColumn": d.end_column,
    }


def uri(path: str) -> str:
    """Give a shown path as a URI reference (RFC 3986): relative, or file: when it is absolute."""
    escaped = quote(os.fsencode(path), safe="/")
    return f"file://{escaped}" if PurePath(path).is_absolute() else escaped


def _fingerprints(diagnostics: Sequence[Diagnostic], texts: Mapping[str, str]) -> list[str]:
    """Give each finding a name that stays when lines are added or taken away elsewhere.

    It is made of path, code and the line's words; the same fault in the same words is counted.
    """
    lines = {path: split_lines(text) for path, text in texts.items()}
    seen: Counter[str] = Counter()
    prints: list[str] = []
    for d in diagnostics:
        own = lines.get(d.path, [])
        words = " ".join(own[d.line - 1].split()) if 0 < d.line <= len(own) else d.message
        named = "\0".join((d.path, d.code, words))
        seen[named] += 1
        content = f"{named}\0{seen[named]}".encode("utf-8", "surrogatepass")
        prints.append(sha256(content).hexdigest()[:32])
    return prints
