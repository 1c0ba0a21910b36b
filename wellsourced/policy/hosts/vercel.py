"""Emit vercel.json for a folder that is published as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from wellsourced.policy.hosts.rules import HostLimitError, Rule, moves, rules
from wellsourced.policy.serving import Serving

LIMIT = 1024
"""Header rules and redirects, each (vercel/vercel, packages/routing-utils/src/schemas.ts)."""

LONGEST = 4096
"""Characters of a header's value."""

_SPECIAL = re.compile(r"([.*+?^${}()|\[\]\\:])")
"""Signs that mean something in a path of path-to-regexp."""


def emit(serving: Serving) -> Mapping[str, str]:
    """Give file name → text; raises `HostLimitError` when the site is too much for the host.

    Of two rules for one path the later's header counts.
    """
    moved = list(moves(serving, lambda old: (old, old.rstrip("/"))))
    if len(moved) > LIMIT:
        raise HostLimitError(
            f"{len(serving.moved)} moved pages need {len(moved)} redirects; Vercel takes {LIMIT}"
        )
    made = rules(serving, LIMIT)
    if any(len(value) > LONGEST for rule in made for value in rule.headers.values()):
        raise HostLimitError(f"a header is longer than the {LONGEST} characters that Vercel takes")
    project = {
        "$schema": "https://openapi.vercel.sh/vercel.json",
        "framework": None,
        "buildCommand": None,
        "outputDirectory": "output",
        "cleanUrls": True,
        "trailingSlash": True,
        "headers": [_headers(rule) for rule in made],
        "redirects": [
            {"source": _literal(old), "destination": new, "statusCode": 301} for old, new in moved
        ],
    }
    return {"vercel.json": json.dumps(project, indent=2) + "\n"}


def _headers(rule: Rule) -> dict[str, Any]:
    path = _literal(rule.address) or (rf"/(.*)\.{rule.suffix}" if rule.suffix else "/(.*)")
    pairs = [{"key": name, "value": value} for name, value in rule.headers.items()]
    return {"source": path, "headers": pairs}


def _literal(path: str) -> str:
    return _SPECIAL.sub(r"\\\1", path)
