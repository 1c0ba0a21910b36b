"""Hold an article's downloads against its page: the same references, and claims that it makes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from wellsourced.audit import citations, places
from wellsourced.audit.page import Letters, Page, text_seen
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose

_BIBTEX = re.compile(r"^@\w+\{([^,\s]+),", re.MULTILINE)
_RIS = re.compile(r"^ID  - (\S+)\s*$", re.MULTILINE)
CLAIMS = "claims.json"


def check(page: Page) -> Iterator[Diagnostic]:
    """Check the downloads beside an article."""
    if page.promise.kind != "article":
        return
    folder = page.key.rpartition("/")[0]
    shown = tuple(dict.fromkeys([*citations.entries(page), *_further(page)]))
    for name in page.promise.beside:
        path = f"{folder}/{name}"
        if name not in page.beside:
            yield no_export(Location(path))
            continue
        text = page.beside[name].decode("utf-8", "replace")
        try:
            if name == CLAIMS:
                yield from _claims(page, path, text, shown)
            elif (keys := _KEYS[name.rpartition(".")[2]](text)) != shown:
                yield differs(_at(path, text, _first_odd(keys, shown)), keys, shown)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            yield unreadable(Location(path, *_line_of(error)), str(error))


def _further(page: Page) -> tuple[str, ...]:
    lists = page.having("data-block", "further-reading")
    ids = (item.get("id") or "" for one in lists for item in one.iter("li"))
    return tuple(id.removeprefix("ref-") for id in ids if id.startswith("ref-"))


def _csl(text: str) -> tuple[str, ...]:
    return tuple(item["id"] for item in json.loads(text))


_KEYS: Mapping[str, Callable[[str], tuple[str, ...]]] = {
    "json": _csl,
    "bib": lambda text: tuple(_BIBTEX.findall(text)),
    "ris": lambda text: tuple(_RIS.findall(text)),
}


def _claims(page: Page, path: str, text: str, shown: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Check that each claim stands in its section, and that its references are the page's."""
    said: dict[str, Letters] = {}
    for claim in json.loads(text)["claims"]:
        section = claim.get("section") or ""
        if section not in said:
            there = page.ids.get(section) or ([] if section else [page.main])
            said[section] = Letters(text_seen(there[0]) if there else "")
        odd = ""
        if section and section not in page.ids:
            odd = f'it names the section "{section}", which is not on the page'
        elif not said[section].hold(claim["text"]):
            odd = "the page does not say so there"
        for key in map(_reference, claim["references"]):
            if key not in shown:
                odd = odd or f'it names the reference "{key}", which the page does not list'
        if odd:
            yield odd_claim(_at(path, text, json.dumps(claim["text"], ensure_ascii=False)), odd)


def _reference(value: Any) -> str:
    return str(value["key"] if isinstance(value, dict) else value)


def _first_odd(keys: tuple[str, ...], shown: tuple[str, ...]) -> str:
    return next((key for key, due in zip(keys, shown, strict=False) if key != due), "")


def _at(path: str, text: str, words_in_it: str) -> Location:
    lines = text.split("\n")
    line = next((n for n, one in enumerate(lines, 1) if words_in_it and words_in_it in one), 1)
    return places.find(path, lines, line, words_in_it)


def _line_of(error: Exception) -> tuple[int, int]:
    return (error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else (1, 1)


@code("AUD046")
def no_export(at: Location) -> Diagnostic:
    """A download of an article is missing.

    The page offers its references and claims as files, and readers get an error page.

    Wrong: an article without references.ris beside it.
    Right: references.json, .bib, .ris and claims.json.
    """
    name = at.path.rpartition("/")[2]
    return diagnose(at, "AUD046", f'The download "{name}" is missing.', "build the site anew")


@code("AUD047")
def differs(at: Location, keys: tuple[str, ...], shown: tuple[str, ...]) -> Diagnostic:
    """A download does not hold the references that the page lists, in their order.

    Who takes the file over into a paper cites something else than the page does.

    Wrong: 25 entries on the page, 24 in references.bib.
    Right: the same in each.
    """
    lacks = [key for key in shown if key not in keys]
    more = [key for key in keys if key not in shown]
    if lacks or more:
        what = f'lacks "{lacks[0]}"' if lacks else f'has "{more[0]}" besides'
    else:
        what = "has them in another order"
    return diagnose(
        at, "AUD047", f"Against the page's references, this file {what}.", "build the site anew"
    )


@code("AUD048")
def odd_claim(at: Location, why: str) -> Diagnostic:
    """A claim in claims.json is not the page's.

    Who checks our claims by machine checks something that no reader was told.

    Wrong: a claim whose words its section does not hold.
    Right: the words as the section has them, with the references that are cited there.
    """
    return diagnose(at, "AUD048", f"This claim is not the page's: {why}.", "build the site anew")


@code("AUD049")
def unreadable(at: Location, why: str) -> Diagnostic:
    """A download cannot be read as what its name says.

    Reference managers refuse it.

    Wrong: references.json that ends in the middle.
    Right: a whole file of its format.
    """
    return diagnose(at, "AUD049", f"This file cannot be read: {why}.", "build the site anew")
