"""Load the disclaimers: content/library/disclaimers/<kind>.md, one Markdown text each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from wellsourced.diagnostics import Diagnostic, Location, code, diagnose
from wellsourced.library.records import read_text
from wellsourced.library.shape_check import nearest

KINDS = ("medical", "commercial", "drug")


@dataclass(frozen=True, slots=True)
class Disclaimer:
    """The Markdown text of one kind of disclaimer."""

    kind: str
    markdown: str
    location: Location


def load(path: Path, display: str = "") -> tuple[Mapping[str, Disclaimer], tuple[Diagnostic, ...]]:
    """Read the folder of disclaimers into kind → Disclaimer, in the order of `KINDS`.

    Raises nothing for a missing folder: it holds no disclaimers.
    """
    display = display or path.name
    found: dict[str, Disclaimer] = {}
    findings: list[Diagnostic] = []
    for file in sorted(path.glob("*")):
        if file.name.startswith("."):
            continue  # .gitkeep and what file managers leave behind are no texts
        at = Location(f"{display}/{file.name}")
        if file.suffix != ".md" or file.stem not in KINDS:
            findings.append(_unknown_kind(at, file))
            continue
        text, unreadable = read_text(file, at.path, "DIS020")
        findings += unreadable
        if text is None:
            continue
        if not text.strip():
            findings.append(_empty(at, file.stem))
        found[file.stem] = Disclaimer(file.stem, text.replace("\r\n", "\n"), at)
    in_order = {kind: found[kind] for kind in KINDS if kind in found}
    return MappingProxyType(in_order), tuple(findings)


@code("DIS020")
def _unreadable() -> None:
    """Find a disclaimer unreadable or not UTF-8.

    Checks that each file under disclaimers/ opens and that its bytes are UTF-8 (RFC 3629).
    A warning with broken letters in it is not believed, and one that is missing is not read.

    Wrong: medical.md saved as Windows-1252, where "é" is the byte E9.
    Right: medical.md saved as UTF-8, where "é" is the bytes C3 A9.
    """


@code("DIS021")
def _empty(at: Location, kind: str) -> Diagnostic:
    """Find an empty disclaimer.

    Checks that each file under disclaimers/ holds words.
    The page would show a box without words where it owes the reader a warning.

    Wrong: an empty drug.md.
    Right: a drug.md that says to read and follow the label.
    """
    return diagnose(at, "DIS021", f"The {kind} disclaimer is empty.", "write its text")


@code("DIS022")
def _unknown_kind(at: Location, file: Path) -> Diagnostic:
    """Find a disclaimer of an unknown kind.

    Checks that disclaimers/ holds nothing but medical.md, commercial.md and drug.md.
    No page shows another file: what an editor wrote in it would never reach the reader.

    Wrong: disclaimers/medcal.md
    Right: disclaimers/medical.md
    """
    return diagnose(
        at,
        "DIS022",
        f'There is no disclaimer of the kind "{file.name}".',
        nearest(file.name, [f"{kind}.md" for kind in KINDS])
        or f"the files here are {', '.join(f'{kind}.md' for kind in KINDS)}",
    )
