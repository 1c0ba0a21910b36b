"""Findings to report in tests, made from a few small texts."""

from __future__ import annotations

from wellsourced import rules  # noqa: F401  (registers the codes)
from wellsourced.diagnostics import CODES, Diagnostic, Fix

TEXTS = {
    "content/articles/x.md": (
        "Title: A\n\nCuffs are more accurate [@welton2018].\n\n/// products\n    item: [a]\n\n///\n"
    ),
    "content/library/products.yaml": "ünit: 1\nünit: 2\n",
}


def finding(
    path: str = "content/articles/x.md",
    line: int = 1,
    column: int = 1,
    end_line: int = 0,
    end_column: int = 0,
    code: str = "CIT001",
    message: str = 'Citation "welton2018" is not in the references.',
    hint: str = 'did you mean "whelton2018"?',
    fix: str | None = None,
) -> Diagnostic:
    """Make a finding; without an end it is one character wide."""
    return Diagnostic(
        path,
        line,
        column,
        end_line or line,
        end_column or column + 1,
        code,
        CODES[code].severity,
        message,
        hint,
        Fix(fix) if fix is not None else None,
    )


WARNING = next(id for id, code in sorted(CODES.items()) if code.severity == "warning")

FINDINGS = (
    finding(line=3, column=27, end_column=37, fix="whelton2018"),
    finding(line=5, column=1, end_line=8, end_column=4, code="BLK003", message="a | b\nc ` d"),
    finding(line=6, column=5, end_column=9, code=WARNING, message="100% of, it: <b> ::x", hint=""),
    finding(
        "content/library/products.yaml", 2, 1, 2, 5, "PRD022", 'The key "ünit" is given twice.'
    ),
    finding("/elsewhere/a b,c:d%.md", 1, 1, 1, 2, "CIT002", "Not here."),
)
