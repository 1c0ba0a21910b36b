"""Cite one of our own pages: as a reference that every export can write, and as readers see it.

people.yaml does not say which part of a name is the family name, so names stay whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from types import MappingProxyType

from wellsourced.citations.exports.values import date_parts, names, text
from wellsourced.diagnostics import Location
from wellsourced.library.people import Person
from wellsourced.library.reference import Reference


def reference(
    key: str,
    title: str,
    people: Sequence[Person],
    day: date,
    site_name: str,
    url: str,
    language: str,
) -> Reference:
    """Describe a page as a CSL web page (CSL 1.0.2); `day` is that of the text being cited.

    The day on which it was read is the reader's to add.
    """
    csl: dict[str, object] = {
        "type": "webpage",
        "title": title,
        "container-title": site_name,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": url,
        "language": language,
    }
    if people:
        csl["author"] = [{"literal": person.name} for person in people]
    return Reference(
        key=key,
        csl=MappingProxyType(csl),
        title=title,
        url=url,
        url_status="ok",
        checked=None,
        tier="health-information",
        independent=None,
        independence_note="",
        unverified="",
        note="",
        source_number=None,
        location=Location(url),
    )


def spell(page: Reference) -> str:
    """Give the citation as HTML in the site's style (APA 7 § 10.16: webpage on a website)."""
    year, month, day = date_parts(page, "issued")
    when = f"({year}, {date(year, month, day):%B} {day})."
    title = f"<i>{escape(page.title)}</i>{'' if page.title[-1:] in '.?!' else '.'}"
    people = [name["literal"] for name in names(page, "author")]
    site = text(page, "container-title")
    # Where the site is the author, APA leaves out its name (§ 9.24).
    parts = [_list(people), when, title] if people else [title, when]
    if people != [site]:
        parts.append(_closed(site))
    return " ".join([*parts, escape(page.url or "")])


def _list(people: Sequence[str]) -> str:
    *others, last = people
    joined = ", ".join(others)
    return _closed(f"{joined}, & {last}" if others else last)


def _closed(words: str) -> str:
    return escape(words) if words.endswith(".") else f"{escape(words)}."
