"""Read raw Markdown by regular expressions: headings, cites, terms, blocks, plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

CITE_GROUP = re.compile(r"(?<!\\)\[([^\[\]]*@[^\[\]]*)\](?![(\[])")
CITE_KEY = re.compile(r"(?:^|(?<=[\s;-]))@([\w](?:[\w:.-]*[\w])?)")
TERM = re.compile(r"(?<!\\)\[\[([^\[\]|]+)(?:\|([^\[\]|]+))?\]\]")
HEADING = re.compile(r"^(#{2,3})\s+(.*?)\s*(?:\{#([\w-]+)\})?\s*#*$")
BLOCK_EDGE = re.compile(r"^(/{3,})\s*(?:([a-z][a-z-]*)\s*(?:\|\s*(.*\S))?)?\s*$")
CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
RULE = re.compile(r"^\|?[\s:|-]+\|?$")
FENCE = re.compile(r"^ {0,3}(```+|~~~+)")


@dataclass(frozen=True)
class Heading:
    """Hold one `##` or `###` heading: level 2 or 3, its plain text, its written id or None."""

    level: int
    text: str
    id: str | None


@dataclass(frozen=True)
class Block:
    """Hold one `///` block: name, title or "", options, raw body, names of the blocks around it."""

    name: str
    title: str
    options: Mapping[str, Any]
    body: str
    around: tuple[str, ...]


def split_front(text: str) -> tuple[dict[str, str], str]:
    """Split a Pelican Markdown file into its `Key: value` head, keys lower-case, and its body."""
    head, _, body = text.lstrip("\ufeff").replace("\r\n", "\n").partition("\n\n")
    front: dict[str, str] = {}
    key = ""
    for line in head.splitlines():
        if line.startswith("    ") and key:
            front[key] += " " + line.strip()
        else:
            key, _, value = line.partition(":")
            key = key.strip().lower()
            front[key] = value.strip()
    return front, body


def without_code(body: str) -> str:
    """Blank code fences and comments, every line kept in place; a code span becomes a NUL."""
    body = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), body)
    lines, fence = [], ""
    for line in body.splitlines():
        opened = FENCE.match(line)
        if fence:
            if opened and opened[1].startswith(fence):
                fence = ""
            lines.append("")
        elif opened:
            fence = opened[1]
            lines.append("")
        else:
            lines.append(CODE_SPAN.sub("\0", line))
    return "\n".join(lines)


def without_options(body: str) -> Iterator[str]:
    in_options = False
    for line in body.splitlines():
        edge = BLOCK_EDGE.match(line)
        in_options = bool(edge and edge[2]) or (in_options and line.startswith("    "))
        yield "" if in_options else line


def headings(prose: str) -> Iterator[Heading]:
    for line in prose.splitlines():
        if match := HEADING.match(line):
            yield Heading(len(match[1]), plain(match[2]), match[3])


def blocks(body: str) -> Iterator[Block]:
    lines = body.splitlines()
    open_: list[tuple[str, str, str, int]] = []
    for at, line in enumerate(lines):
        edge = BLOCK_EDGE.match(line)
        if edge and edge[2]:
            open_.append((edge[1], edge[2], edge[3] or "", at))
        elif edge and open_ and open_[-1][0] == edge[1]:
            _, name, title, start = open_.pop()
            inside = lines[start + 1 : at]
            head = next((n for n, text in enumerate(inside) if not text.strip()), len(inside))
            head = head if inside and inside[0].startswith("    ") else 0
            options = yaml.safe_load("\n".join(inside[:head])) or {}
            around = tuple(outer[1] for outer in open_)
            yield Block(name, title, options, "\n".join(inside[head:]).strip(), around)


def plain(markdown: str) -> str:
    """Take the marks off inline Markdown and leave the words."""
    text = COMMENT.sub("", markdown)
    text = re.sub(r"\s*" + CITE_GROUP.pattern, "", text)
    text = TERM.sub(lambda match: match[1], text)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"<(https?://[^>]+)>", r"\1", text)
    text = re.sub(r"(?m)^\s*(?:[-*+]|\d+\.|#+|>)\s+", "", text)
    return re.sub(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|`|\\(?=\W)", "", text).strip()


def pieces(markdown: str) -> Iterator[str]:
    """Split Markdown into the plain text of paragraphs, list items and cells, cut at code."""
    lines = [
        "" if HEADING.match(line) or BLOCK_EDGE.match(line) or RULE.match(line) else line
        for line in markdown.splitlines()
    ]
    for part in re.split(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+\.)\s|\|)", "\n".join(lines)):
        row = part.strip()
        cells = re.split(r"(?<!\\)\|", row) if row.startswith("|") else [row]
        for text in (text for cell in cells for text in cell.split("\0")):
            if words := plain(" ".join(text.split())):
                yield words
