"""Wrap each h2 and h3 with what follows it into a section that readers can link to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from wellsourced.rendering.words import ENGLISH, Words
from wellsourced.source.document import Heading

_ID = re.compile(r"[ \t]*\{#[^}\s]*\}[ \t]*$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents list with the lines below it."""

    id: str
    text: str
    children: tuple[Entry, ...] = ()


def contents(headings: Sequence[Heading]) -> tuple[Entry, ...]:
    """Nest the h2 and h3 headings of a document."""
    entries: list[Entry] = []
    for heading in headings:
        if heading.level == 3 and entries:
            parent = entries.pop()
            child = Entry(heading.id, heading.text)
            entries.append(Entry(parent.id, parent.text, (*parent.children, child)))
        elif heading.level in (2, 3):
            entries.append(Entry(heading.id, heading.text))
    return tuple(entries)


def wrap(
    root: Element,
    headings: Sequence[Heading],
    heirs: Mapping[str, Sequence[str]],
    words: Words = ENGLISH,
) -> None:
    """Move the root's children into nested sections.

    `headings` are the document's, in order; `heirs` maps a section id to the old ids that
    redirect to it. A heading that the document does not know is left as it is: the stamps
    tell of it.
    """
    known = iter([h for h in headings if h.level in (2, 3)])
    children = list(root)
    for child in children:
        root.remove(child)
    place = root
    outer = root
    for child in children:
        if child.tag not in ("h2", "h3"):
            _strip_id(child)
            place.append(child)
            continue
        heading = next(known, None)
        if heading is None:
            place.append(child)
            continue
        parent = root if child.tag == "h2" else outer
        place = _section(parent, child, heading, heirs.get(heading.id, ()), words)
        if child.tag == "h2":
            outer = place


def _section(
    parent: Element, title: Element, heading: Heading, old_ids: Sequence[str], words: Words
) -> Element:
    section = SubElement(parent, "section", {"id": heading.id})
    section.text = section.tail = "\n"
    for old in old_ids:
        SubElement(section, "span", {"id": old})
    _strip_id(title)
    # The link stands beside the heading: within it, it would be read as a part of its name.
    line = SubElement(section, "div", {"class": "heading"})
    line.tail, title.tail = title.tail, " "
    line.append(title)
    link = SubElement(line, "a", {"class": "copy-link", "href": f"#{heading.id}"})
    label = words.gettext("Link to this section: %(heading)s", heading=heading.text)
    link.set("aria-label", label)
    link.text = "#"
    return section


def _strip_id(title: Element) -> None:
    """Take the written `{#id}` off a heading's visible text."""
    if not re.fullmatch("h[1-6]", title.tag):
        return
    if len(title) and title[-1].tail:
        title[-1].tail = _ID.sub("", title[-1].tail)
    elif title.text and not len(title):
        title.text = _ID.sub("", title.text)
