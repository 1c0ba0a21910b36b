"""Emit firebase.json for Firebase Hosting."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from wellsourced.policy.caching import NEVER, SHORT
from wellsourced.policy.hosts.rules import Rule, every_form, moves, rules
from wellsourced.policy.serving import Serving

LIMIT = 1000
"""Rules: ours; Firebase documents none."""


def emit(serving: Serving) -> Mapping[str, str]:
    """Give file name → text.

    Of two rules for one path the later's header counts. Firebase itself keeps files for an hour
    and `404.html` names the answer to what is missing, so both are said here.
    """
    general, *others = rules(serving, LIMIT)
    made = [Rule({**general.headers, "Cache-Control": SHORT}), *others]
    hosting = {
        "public": "output",
        "ignore": ["firebase.json", "**/.*/**", "**/node_modules/**"],
        "cleanUrls": True,
        "trailingSlash": True,
        "headers": [
            *map(_headers, made),
            {"source": "404.html", **_pairs({"Cache-Control": NEVER})},
        ],
        "redirects": list(_moved(serving)),
    }
    return {"firebase.json": json.dumps({"hosting": hosting}, indent=2) + "\n"}


def _headers(rule: Rule) -> dict[str, Any]:
    path = re.escape(rule.address) or rf"/.*\.{rule.suffix}"
    where = {"regex": f"^{path}$"} if rule.address or rule.suffix else {"source": "**"}
    return {**where, **_pairs(rule.headers)}


def _pairs(headers: Mapping[str, str]) -> dict[str, Any]:
    return {"headers": [{"key": name, "value": value} for name, value in headers.items()]}


def _moved(serving: Serving) -> Iterator[dict[str, Any]]:
    for old, new in moves(serving, every_form):
        yield {"source": old, "destination": new, "type": 301}
