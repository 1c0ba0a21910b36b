"""Begin an article: a file that passes every check, with its guidance in comments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wellsourced.library.people import Person
from wellsourced.library.shape_check import nearest
from wellsourced.rules.registry import check_document
from wellsourced.rules.site import Site, address
from wellsourced.source import scan
from wellsourced.source.structure import slug

LONGEST = 120
"""Characters of a slug: file names end at 255 bytes, and people read addresses aloud."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f\x80-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")

_ARTICLE = """\
Title: {title}
Slug: {slug}
Date: {today}
Modified: {today}
Author: {author}
Summary: Say in one or two plain sentences what this article answers.
Category: Treatments
Tags: pain
Checked: {today}
Review_due: {due}
Status: draft

<!-- A draft is checked but not published. Take the line "Status: draft" out when it is done. -->

<!-- Begin with the reader's question, and answer it in the first sentences. -->

Write here what the reader wants to know first.

## Key takeaways {{#key-takeaways}}

<!-- Three to six points, one sentence each, that hold without the rest of the page. -->

/// takeaways
- Write the most important point here.
///

## The basics {{#the-basics}}

<!-- Cite the source of every figure and every claim: write [@key], with its key from
library/references.json. Explain a word: write [[term]], with a term from library/glossary.yaml. -->

Write here what it is and how it works.

## What can go wrong {{#risks}}

<!-- Say who should not have it, and what to do in an emergency, with the source of each. -->

Write here what readers should watch for.

## About this article {{#about-this-article}}

<!-- Say how it was written, what was looked for, and what was not found. -->

Write here how this article came about.

/// disclaimer | medical
///
"""

_LEDGER = """\
# yaml-language-server: $schema=../library/schemas/facts.schema.json
# What this article must say, however it is rewritten: the build stops when a fact gets lost.
# Each entry names the section that must hold one of the phrases, and the sources to cite there.
# Put entries like this one in place of the brackets below, without the number signs:
#
# - id: F-1
#   section: risks
#   phrases: ["words that must appear", "or these instead"]
#   references: [key-of-a-reference]
[]
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A new article: its slug, which names its files, the article's text and its facts ledger's."""

    slug: str
    article: str
    ledger: str


def refusal(title: str, author: str, site: Site) -> str:
    """Say why no article of this title and author can be begun; "" when one can."""
    words = " ".join(title.split())
    if not words:
        return "The title is empty."
    if found := _CONTROL.search(words):
        return f"The title holds the control character U+{ord(found[0]):04X}."
    name = slug(words)
    if name == slug("") and name not in words.casefold():
        return f'No address can be made of "{words}": it needs a letter from a to z, or a digit.'
    if len(name) > LONGEST:
        return f"The title makes an address of {len(name)} characters; {LONGEST} is the most."
    if problem := _unknown_author(author, site.library.people):
        return problem
    where = f"/articles/{name}/"
    taken = next((one.path for one in site.documents if address(one) == where), "")
    if taken:
        return f'The address {where} is taken by "{taken}".'
    begun = scan(draft(words, author, site.today).article, f"{site.folder}/articles/{name}.md")
    faults = check_document(begun, site)
    return f"This title does not pass the checks: {faults[0].message}" if faults else ""


def draft(title: str, author: str, today: date) -> Draft:
    """Write a new article and its ledger; the next review is due a year from `today`."""
    words = " ".join(title.split())
    is_leap_day = (today.month, today.day) == (2, 29)
    due = today.replace(year=today.year + 1, day=28 if is_leap_day else today.day)
    text = _ARTICLE.format(title=words, slug=slug(words), author=author, today=today, due=due)
    return Draft(slug(words), text, _LEDGER)


def begin(folder: Path, new: Draft) -> tuple[Path, Path]:
    """Write a draft's two files into a folder; give their paths, the article's first.

    Raises `FileExistsError` when one of them is there already; nothing is overwritten.
    """
    article, ledger = folder / f"{new.slug}.md", folder / f"{new.slug}.facts.yaml"
    for path in (article, ledger):
        if path.exists():
            raise FileExistsError(path)
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in ((article, new.article), (ledger, new.ledger)):
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    return article, ledger


def _unknown_author(author: str, people: Mapping[str, Person]) -> str:
    for key in (key.strip() for key in author.split(",")):
        if key not in people:
            hint = (
                nearest(key, people) or f"use one of {', '.join(people) or 'those you add there'}"
            )
            return f'The author "{key}" is not in people.yaml: {hint}'
    return ""
