"""The rule that asks for sources is measured on sentences that people labelled.

claims-labelled.tsv holds 300 sentences; the part "test" was labelled before the rule was written
and is not used to tune it. docs/claims.md publishes what is measured here.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import pytest

from tests.conftest import ROOT
from wellsourced.rules.claim_language import classify

LABELLED = Path(__file__).parent / "claims-labelled.tsv"
DOCS = ROOT / "docs" / "claims.md"
PRECISION = 0.9
RECALL = 0.85
"""Floors, well over what was asked for (0.8 and 0.7); the figures themselves stand in the docs."""
SECONDS_A_SENTENCE = 0.001


@dataclass(frozen=True)
class Labelled:
    """One line of the set: what a person says of a sentence."""

    split: str
    needs_support: bool
    kind: str
    topic: str
    reason: str
    sentence: str


def labelled(split: str = "") -> list[Labelled]:
    """Read the sentences of one part, or all."""
    with LABELLED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Labelled(
            row["split"], row["needs_support"] == "yes", row["kind"], row["topic"], row["reason"],
            row["sentence"],
        )
        for row in rows
        if split in ("", row["split"])
    ]  # fmt: skip


def measure(split: str) -> tuple[float, float]:
    """Give precision and recall on one part."""
    of = labelled(split)
    found = [one for one in of if classify(one.sentence)]
    right = sum(one.needs_support for one in found)
    return right / len(found), right / sum(one.needs_support for one in of)


def test_the_set_is_what_the_docs_say() -> None:
    parts = Counter(one.split for one in labelled())
    assert parts == {"dev": 200, "test": 100}
    assert len({one.sentence for one in labelled()}) == 300
    assert 0.4 < sum(one.needs_support for one in labelled()) / 300 < 0.5
    assert len({one.topic for one in labelled()}) >= 15
    assert all(one.reason and one.kind for one in labelled())
    claims = {one.kind for one in labelled() if one.needs_support}
    assert claims == {"figure", "efficacy", "risk"}


@pytest.mark.parametrize("split", ["dev", "test"])
def test_precision_and_recall(split: str) -> None:
    precision, recall = measure(split)
    assert precision >= PRECISION
    assert recall >= RECALL


@pytest.mark.parametrize("split", ["dev", "test"])
def test_the_docs_publish_the_figures(split: str) -> None:
    precision, recall = measure(split)
    claims = sum(one.needs_support for one in labelled(split))
    row = f"| {split} | {len(labelled(split))} | {claims} | {precision:.2f} | {recall:.2f} |"
    assert row in DOCS.read_text("utf-8")


@pytest.mark.parametrize("kind", ["figure", "efficacy", "risk"])
def test_the_docs_publish_the_recall_of_each_kind(kind: str) -> None:
    of = [one for one in labelled() if one.kind == kind and one.needs_support]
    found = [one for one in of if classify(one.sentence)]
    named = [one for one in found if classify(one.sentence) == kind]
    row = f"| {kind} | {len(of)} | {len(found)} | {len(named)} |"
    assert row in DOCS.read_text("utf-8")
    assert len(found) / len(of) >= RECALL


def test_it_is_fast() -> None:
    sentences = [one.sentence for one in labelled()]
    for sentence in sentences:
        classify(sentence)
    start = process_time()
    for sentence in sentences:
        classify(sentence)
    assert (process_time() - start) / len(sentences) < SECONDS_A_SENTENCE
