"""Emit Netlify's `_headers` and `_redirects`, which go into the folder that is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wellsourced.policy.hosts.rules import Rule, moves, rules
from wellsourced.policy.serving import Serving

LIMIT = 2000
"""Rules: ours; Netlify documents none, but reads them all for every answer."""

_HEAD = "# Made by `invoke hosts --target netlify`; edit wellsourced/policy/ instead.\n"


def emit(serving: Serving) -> Mapping[str, str]:
    """Give file name → text.

    A `*` may stand only at the end of a path there, so what goes by suffix is written out file
    by file. Of two rules for one path the later's header counts (netlify/cli, headers.ts).
    """
    made = [line for rule in rules(serving, LIMIT) for line in _lines(rule, serving)]
    moved = [f"{old} {new} 301\n" for old, new in moves(serving, lambda old: (old,))]
    return {"_headers": "".join([_HEAD, *made]), "_redirects": "".join([_HEAD, *moved])}


def _lines(rule: Rule, serving: Serving) -> Iterator[str]:
    for path in _paths(rule, serving):
        yield f"\n{path}\n"
        for name, value in rule.headers.items():
            yield f"  {name}: {value}\n"


def _paths(rule: Rule, serving: Serving) -> tuple[str, ...]:
    if rule.suffix:
        return serving.where(key for key in serving.keys if key.endswith(f".{rule.suffix}"))
    return (rule.address or "/*",)
