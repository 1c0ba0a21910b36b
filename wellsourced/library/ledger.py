"""Load an article's facts ledger: content/articles/<slug>.facts.yaml, a list of facts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from wellsourced.diagnostics import Diagnostic, Location, code, diagnose
from wellsourced.library.fields import Entry, Text
from wellsourced.library.positions import Record
from wellsourced.library.records import read
from wellsourced.library.shape_check import check, nearest
from wellsourced.library.shapes import Example, declare

SHAPE = declare(
    "CLM",
    "an article's .facts.yaml",
    "a list of facts",
    Example(
        right='- {id: F-H2, section: how-it-works, phrases: ["10 to 15 minutes"]}',
        broken='- {id: F-H2, section: how-it-works, phrases: ["10 to 15 minutes"}',
        misspelt='- {id: F-H2, section: how-it-works, phrase: ["10 to 15 minutes"]}',
        bad_value='- {id: 2, section: how-it-works, phrases: ["10 to 15 minutes"]}',
    ),
)


class FactEntry(Entry):
    """A fact as a ledger holds it."""

    id: Text = Field(description="the fact's own id")
    section: Text = Field(description="the id of the section that must hold it, or page")
    phrases: list[Text] = Field(min_length=1, description="words of which some must appear")
    references: list[Text] = Field(default_factory=list)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """What an article must say: one of `phrases` in its `section`, beside cites of `references`.

    `section` is the id of a section, or "page" for the whole page.
    """

    id: str
    section: str
    phrases: tuple[str, ...]
    references: tuple[str, ...]
    location: Location


def load(
    path: Path, display: str = "", known: Collection[str] | None = None
) -> tuple[tuple[Fact, ...], tuple[Diagnostic, ...]]:
    """Read one ledger into its facts, in the file's order, with its findings.

    `known` are the keys of the references; None leaves the facts' references unchecked.
    """
    record, found = read(path, display or path.name, SHAPE, list)
    if record is None:
        return (), found
    findings = list(found)
    facts: dict[str, Fact] = {}
    for at in range(len(record.value) if isinstance(record.value, list) else 0):
        entry, faults = check(FactEntry, record, (at,), SHAPE, _CODES)
        findings += faults
        if entry is None:
            continue
        fact = Fact(
            entry.id, entry.section, tuple(entry.phrases), tuple(entry.references),
            record.entry_at((at,)),
        )  # fmt: skip
        if fact.id in facts:
            findings.append(_duplicate(fact, facts[fact.id]))
            continue
        facts[fact.id] = fact
        findings += _find_unknown_references(record, at, fact, known)
    return tuple(facts.values()), tuple(findings)


@code("CLM026")
def _duplicate(second: Fact, first: Fact) -> Diagnostic:
    """Find two facts of one id in a ledger.

    Checks that each id is given once.
    A fact that the article loses is reported by its id; with two of them the editor mends one and
    the other stays lost.

    Wrong:
        - {id: F-H2, section: how-it-works, phrases: [a few seconds]}
        - {id: F-H2, section: how-it-works, phrases: [10 to 15 minutes]}
    Right:
        - {id: F-H2, section: how-it-works, phrases: [a few seconds]}
        - {id: F-H2b, section: how-it-works, phrases: [10 to 15 minutes]}
    """
    return diagnose(
        second.location,
        "CLM026",
        f'The fact "{second.id}" is given twice.',
        f"the first stands in line {first.location.line}; give this one its own id",
    )


@code("CLM027")
def _no_phrases() -> None:
    """Find a fact without phrases.

    Checks that `phrases` holds at least one phrase, and none that is empty.
    A fact without words is found on any page: the figure or warning that it stands for could be
    lost unseen.

    Wrong:
        phrases: []
    Right:
        phrases: ["10 to 15 minutes"]
    """


@code("CLM028")
def _no_section() -> None:
    """Find a fact without a section.

    Checks that `section` names the section that must hold the fact, or is `page`.
    A safety fact belongs where the reader decides; with no section it may stand anywhere.

    Wrong:
        section: ""
    Right:
        section: how-it-works
    """


@code("CLM029")
def _find_unknown_references(
    record: Record, at: int, fact: Fact, known: Collection[str] | None
) -> Iterator[Diagnostic]:
    """Find a fact that calls for a reference that does not exist.

    Checks each of `references` against references.json.
    No article can cite it, so the claim would stand without the source that bears it.

    Wrong:
        references: [apta-2015]
    Right:
        references: [apta2015]
    """
    for number, key in enumerate(fact.references):
        if known is not None and key not in known:
            yield diagnose(
                record.value_at((at, "references", number)),
                "CLM029",
                f'The reference "{key}" is not in references.json.',
                nearest(key, known),
            )


_CODES = {"phrases": "CLM027", "section": "CLM028"}
