"""Read what was emitted for a host as that host reads it, and say what a path is answered with.

Written from the hosts' documentation and code, apart from the emitters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

Headers = dict[str, str]
Answer = Callable[[str], Headers]
"""Gives the headers, by their small-letter name, that a host's rules put on a path."""


@dataclass
class Block:
    """A path and its lines in a `_headers` file."""

    path: str
    set: Headers = field(default_factory=dict)
    unset: list[str] = field(default_factory=list)


def blocks(text: str) -> Iterator[Block]:
    """Read `_headers`: a path at the left margin, its headers indented below it."""
    block: Block | None = None
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line.startswith("/"):
            if block:
                yield block
            block = Block(line.strip())
            continue
        assert block, f"no path stands before {line!r}"
        assert line.startswith("  "), line
        if line.lstrip().startswith("! "):
            block.unset.append(line.strip()[2:].lower())
            continue
        name, colon, value = line.strip().partition(":")
        assert colon, line
        assert value.strip(), line
        assert name.lower() not in block.set, line
        block.set[name.lower()] = value.strip()
    if block:
        yield block


def netlify(files: Mapping[str, str]) -> Answer:
    """Follow Netlify: a `*` only at the end of a path, the later rule counts."""
    rules = list(blocks(files["_headers"]))
    for rule in rules:
        assert "*" not in rule.path.removesuffix("*"), rule.path
        assert not rule.unset, rule.path

    def answer(path: str) -> Headers:
        made: Headers = {}
        for rule in rules:
            stem = rule.path.removesuffix("*")
            if path == rule.path or (stem != rule.path and path.startswith(stem)):
                made |= rule.set
        return made

    return answer


def cloudflare(files: Mapping[str, str]) -> Answer:
    """Follow Cloudflare Pages: take off, then put on, joining what two rules say (handler.ts)."""
    rules = list(blocks(files["_headers"]))
    assert len(rules) <= 100
    assert all(len(line) <= 2000 for line in files["_headers"].splitlines())
    assert all(rule.path.count("*") <= 1 for rule in rules)
    patterns = [re.compile(re.escape(rule.path).replace(r"\*", ".*")) for rule in rules]

    def answer(path: str) -> Headers:
        made: Headers = {}
        for rule, pattern in zip(rules, patterns, strict=True):
            if not pattern.fullmatch(path):
                continue
            for name in rule.unset:
                made.pop(name, None)
            for name, value in rule.set.items():
                made[name] = f"{made[name]}, {value}" if name in made else value
        return made

    return answer


def firebase(files: Mapping[str, str]) -> Answer:
    """Follow Firebase: `**` is every path, `regex` is RE2, the later rule counts."""
    rules = json.loads(files["firebase.json"])["hosting"]["headers"]
    everywhere = {"**": "", "404.html": "$.^"}  # the second is for what is missing alone
    patterns = [
        re.compile(everywhere[rule["source"]] if "source" in rule else rule["regex"])
        for rule in rules
    ]

    def answer(path: str) -> Headers:
        made: Headers = {}
        for rule, pattern in zip(rules, patterns, strict=True):
            if pattern.search(path):
                made |= {pair["key"].lower(): pair["value"] for pair in rule["headers"]}
        return made

    return answer


def vercel(files: Mapping[str, str]) -> Answer:
    """Follow Vercel: path-to-regexp over the whole path, the later rule counts."""
    rules = json.loads(files["vercel.json"])["headers"]
    assert len(rules) <= 1024
    # What we write of path-to-regexp is literals, escapes and `(.*)`: a regular expression.
    patterns = [re.compile(rule["source"]) for rule in rules]

    def answer(path: str) -> Headers:
        made: Headers = {}
        for rule, pattern in zip(rules, patterns, strict=True):
            if pattern.fullmatch(path):
                made |= {pair["key"].lower(): pair["value"] for pair in rule["headers"]}
        return made

    return answer


READERS: Mapping[str, Callable[[Mapping[str, str]], Answer]] = {
    "cloudflare": cloudflare,
    "firebase": firebase,
    "netlify": netlify,
    "vercel": vercel,
}


def redirects(text: str) -> list[tuple[str, str, str]]:
    """Read `_redirects`: old address, new address and status on a line."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(old, new, status) for old, new, status in map(str.split, lines)]
