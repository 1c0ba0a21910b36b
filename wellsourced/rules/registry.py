"""Register rules and run them over a site.

A rule is a generator of findings with a docstring: what it checks, why that harms readers,
what is wrong and what is right. `@rule` looks at one document, `@site_rule` at all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wellsourced.diagnostics import Diagnostic, Fix, Location, Severity, code, diagnose
from wellsourced.rules.site import Site
from wellsourced.source import Document
from wellsourced.source.spans import Span


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule saw in a document, before it becomes a Diagnostic."""

    span: Span
    message: str
    hint: str = ""
    fix: str | None = None


Rule = Callable[[Document, Site], Iterator[Finding]]
SiteRule = Callable[[Site], Iterator[tuple[Location, str, str]]]


@dataclass(frozen=True, slots=True)
class _Registered:
    """A rule, the kinds of document that it looks at, and the catalogue that it needs."""

    function: Rule
    on: str
    needs: str


_RULES: dict[str, _Registered] = {}
_SITE_RULES: dict[str, SiteRule] = {}


def rule(
    id: str, severity: Severity = Severity.ERROR, on: str = "article page", needs: str = ""
) -> Callable[[Rule], Rule]:
    """Register a rule over one document; `on` names the kinds of document that it looks at.

    While the catalogue that it `needs`, such as `references.json`, cannot be read, the rule is
    silent: that one mistake must not be told again at every cite.
    """

    def register(function: Rule) -> Rule:
        _RULES[id] = _Registered(code(id, severity)(function), on, needs)
        return function

    return register


def site_rule(id: str, severity: Severity = Severity.ERROR) -> Callable[[SiteRule], SiteRule]:
    """Register a rule over the whole site; it yields (location, message, hint)."""

    def register(function: SiteRule) -> SiteRule:
        _SITE_RULES[id] = code(id, severity)(function)
        return function

    return register


def check(site: Site) -> tuple[Diagnostic, ...]:
    """Run every rule over every document of a site; findings come sorted, exceptions taken off."""
    found = [d for document in site.documents for d in check_document(document, site)]
    return tuple(sorted([*found, *check_together(site)]))


def check_together(site: Site) -> tuple[Diagnostic, ...]:
    """Run the rules that look at all documents of a site at once."""
    return tuple(
        diagnose(at, id, message, hint)
        for id, function in _SITE_RULES.items()
        for at, message, hint in function(site)
    )


def check_document(document: Document, site: Site) -> tuple[Diagnostic, ...]:
    """Run every rule over one document, and take off what the author allowed with a reason."""
    found = [
        diagnose(
            document.location(finding.span),
            id,
            finding.message,
            finding.hint,
            Fix(finding.fix) if finding.fix is not None else None,
        )
        for id, known in _RULES.items()
        if document.kind in known.on and known.needs not in site.unread
        for finding in known.function(document, site)
    ]
    return tuple(sorted(d for d in found if not _allowed(d, document)))


def _allowed(diagnostic: Diagnostic, document: Document) -> bool:
    """Tell whether a warning stands in the passage under an `allow` comment of its code."""
    if diagnostic.severity is Severity.ERROR:
        return False
    offset = document.index.offset(diagnostic.line, diagnostic.column)
    return any(
        allowance.code == diagnostic.code
        and allowance.reason
        and offset in document.passage_at_line(allowance.line)
        for allowance in document.allowances
    )
