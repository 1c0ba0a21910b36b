"""Emit Cloudflare Pages' `_headers` and `_redirects`, within its limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wellsourced.policy.hosts.rules import (
    HostLimitError,
    Rule,
    every_form,
    moves,
    rules,
    site_wide,
)
from wellsourced.policy.serving import Serving

# cloudflare/workers-sdk, packages/workers-shared/utils/configuration/constants.ts, and the pages
# "Headers" and "Redirects" of Cloudflare's documentation.
LIMIT = 100
"""Header rules."""

LONGEST = 2000
"""Characters of a line in `_headers`; in `_redirects` half of that."""

MOVES = 2000
"""Redirects without a wildcard."""

_HEAD = "# Made by `invoke hosts --target cloudflare`; edit wellsourced/policy/ instead.\n"


def emit(serving: Serving) -> Mapping[str, str]:
    """Give file name → text; raises `HostLimitError` when the site is too much for the host.

    What two rules say of one header is joined with a comma there, so a rule first takes off,
    with `!`, what the general one has put on.
    """
    general = site_wide(serving)
    made = [line for rule in rules(serving, LIMIT) for line in _lines(rule, general)]
    moved = [f"{old} {new} 301\n" for old, new in moves(serving, every_form)]
    if len(moved) > MOVES:
        raise HostLimitError(
            f"{len(serving.moved)} moved pages need {len(moved)} redirects, and Cloudflare Pages "
            f"takes {MOVES}"
        )
    _require_short(made, LONGEST)
    _require_short(moved, LONGEST // 2)
    return {"_headers": "".join([_HEAD, *made]), "_redirects": "".join([_HEAD, *moved])}


def _lines(rule: Rule, general: Mapping[str, str]) -> Iterator[str]:
    path = f"/*.{rule.suffix}" if rule.suffix else rule.address or "/*"
    yield f"\n{path}\n"
    if path != "/*":
        yield from (f"  ! {name}\n" for name in rule.headers if name in general)
    yield from (f"  {name}: {value}\n" for name, value in rule.headers.items())


def _require_short(lines: list[str], longest: int) -> None:
    for line in lines:
        if len(line) > longest:
            raise HostLimitError(
                f"a line of {len(line)} characters is longer than the {longest} that Cloudflare "
                f"Pages reads: {line.strip()[:60]}…"
            )
