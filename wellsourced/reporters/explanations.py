"""Take a code's explanation apart: what it finds, why that harms, what is wrong and right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import dedent

_EXAMPLE = re.compile(r"^(Wrong|Right)(?: \([^)]*\))?:")


@dataclass(frozen=True, slots=True)
class Explanation:
    """`summary` is the first sentence, `reason` the text after it, `examples` the rest."""

    summary: str
    reason: str
    examples: str


def parts(explanation: str) -> Explanation:
    """Take an explanation apart; each part is plain text and may be empty."""
    summary, _, rest = explanation.partition("\n")
    lines = rest.strip("\n").split("\n")
    first = next((at for at, line in enumerate(lines) if _EXAMPLE.match(line)), len(lines))
    reason = " ".join(line.strip() for line in lines[:first] if line.strip())
    return Explanation(summary.strip(), reason, "\n".join(lines[first:]).rstrip())


def markdown(explanation: str) -> str:
    """Write an explanation as Markdown, its indented examples as code."""
    explained = parts(explanation)
    written = [escape(explained.summary)]
    if explained.reason:
        written.append(escape(explained.reason))
    for label, example in _examples(explained.examples):
        if "\n" in example:
            fence = "~" * max(3, _longest_run(example, "~") + 1)
            written.append(f"{label}\n\n{fence}text\n{example.strip(chr(10))}\n{fence}")
        else:
            written.append(f"{label} {escape(example)}".rstrip())
    return "\n\n".join(written)


def escape(text: str) -> str:
    """Keep `<` outside code spans from being read as HTML (CommonMark 6.6)."""
    pieces = re.split(r"(`+[^`]*`+)", text)
    return "".join(p if p.startswith("`") else p.replace("<", "&lt;") for p in pieces)


def _examples(text: str) -> list[tuple[str, str]]:
    """Split into pairs of `Wrong:` or `Right:` and what it shows."""
    found: list[tuple[str, list[str]]] = []
    for line in text.split("\n") if text else []:
        if match := _EXAMPLE.match(line):
            found.append((match[0], [line[match.end() :].strip()]))
        elif found:
            found[-1][1].append(line)
    return [(label, _example(lines)) for label, lines in found]


def _example(lines: list[str]) -> str:
    """Give one line of words as it is, and an indented example with a leading line end."""
    body = [line for line in lines[1:] if line.strip()]
    if lines[0]:
        return " ".join([lines[0], *(line.strip() for line in body)])
    return "\n" + dedent("\n".join(lines[1:])).strip("\n")


def _longest_run(text: str, sign: str) -> int:
    return max((len(run) for run in re.findall(f"{re.escape(sign)}+", text)), default=0)
