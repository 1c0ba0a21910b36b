"""Show findings as the protocol's diagnostics, and offer quick fixes for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lsprotocol import types

from wellsourced.diagnostics import Diagnostic, Severity, Suggestion
from wellsourced.language_server.positions import Text
from wellsourced.source.spans import Span

SOURCE = "wellsourced"
_SEVERITY = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
}


def shown(finding: Diagnostic, text: Text) -> types.Diagnostic:
    """Give a finding in the protocol's terms; the hint follows the message on a line of its own."""
    return types.Diagnostic(
        range=text.range_at(finding.location),
        message=f"{finding.message}\n{finding.hint}" if finding.hint else finding.message,
        severity=_SEVERITY[finding.severity],
        code=finding.code,
        source=SOURCE,
    )


def quick_fixes(
    found: Iterable[Diagnostic], text: Text, uri: str, within: types.Range
) -> Iterator[types.CodeAction]:
    """Offer a mend for each finding that touches a range and has one.

    A certain mend is preferred; a suggestion replaces the one place of the wrong name in the
    finding's range, and is left out when it stands there twice.
    """
    wanted = Span(text.offset(within.start), text.offset(within.end))
    for finding in found:
        span = text.span_at(finding.location)
        if span.end < wanted.start or wanted.end < span.start:
            continue
        if finding.fix:
            yield _action(finding, text, uri, span, finding.fix.replacement, certain=True)
        elif isinstance(finding.hint, Suggestion):
            places = _places(text.index.text, span, finding.hint.written)
            if len(places) == 1:
                yield _action(finding, text, uri, places[0], finding.hint.meant, certain=False)


def _places(text: str, span: Span, name: str) -> list[Span]:
    """Find a whole name in a span; case makes no difference, as field names have none."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])", re.IGNORECASE)
    return [Span(*found.span()) for found in pattern.finditer(text, span.start, span.end)]


def _action(
    finding: Diagnostic, text: Text, uri: str, span: Span, new: str, *, certain: bool
) -> types.CodeAction:
    old = text.index.text[span.start : span.end]
    title = f'Replace "{_short(old)}" with "{_short(new)}"' if new else f'Remove "{_short(old)}"'
    if not old:
        title = f'Insert "{_short(new)}"'
    return types.CodeAction(
        title=title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[shown(finding, text)],
        is_preferred=certain,
        edit=types.WorkspaceEdit(changes={uri: [types.TextEdit(text.range(span), new)]}),
    )


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 40 else f"{one_line[:39]}…"
