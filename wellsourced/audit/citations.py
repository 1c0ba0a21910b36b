"""Hold cites against the bibliography: each way leads there and back, numbers go up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wellsourced.audit.page import Element, Page, words
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose

_PREFIX = "#ref-"


def check(page: Page) -> Iterator[Diagnostic]:
    """Check every cite, entry and back-link of a page that has a bibliography."""
    listed = entries(page)
    cited = cites(page)
    for key, places in cited.items():
        if key not in listed:
            for cite in places:
                yield no_entry(page.at(cite, cite.get("href")), key)
    for number, (key, entry) in enumerate(listed.items(), 1):
        yield from _entry(page, number, key, entry, cited.get(key, []))
    known = [key for key in cited if key in listed]
    for key, due in zip(known, (key for key in listed if key in cited), strict=True):
        if key != due:
            yield out_of_order(page.at(cited[key][0], cited[key][0].get("id")), key, due)
            break


def entries(page: Page) -> Mapping[str, Element]:
    """Map the key of each numbered entry to it, in their order."""
    if page.bibliography is None:
        return {}
    items = (one for list in page.bibliography.iter("ol") for one in list.iterchildren("li"))
    ids = ((item.get("id") or "", item) for item in items)
    return {id.removeprefix("ref-"): item for id, item in ids if id.startswith("ref-")}


def cites(page: Page) -> Mapping[str, list[Element]]:
    """Map each key that is cited on this page to its cites, in the order of first citation."""
    found: dict[str, list[Element]] = {}
    for link in page.having("role", "doc-biblioref"):
        href = link.get("href") or ""
        if href.startswith(_PREFIX):
            found.setdefault(href.removeprefix(_PREFIX), []).append(link)
    return found


def _entry(
    page: Page, number: int, key: str, entry: Element, cited: list[Element]
) -> Iterator[Diagnostic]:
    if not cited:
        yield never_cited(page.at(entry, entry.get("id")), key)
    for cite in cited:
        if words(cite) != str(number):
            yield wrong_number(page.at(cite, cite.get("id")), key, words(cite), number)
    there = [cite.get("id") or "" for cite in cited]
    back = {
        (link.get("href") or "").removeprefix("#"): link
        for link in entry.iter("a")
        if link.get("role") == "doc-backlink"
    }
    for cite, id in zip(cited, there, strict=True):
        if id not in back:
            yield no_way_back(page.at(cite, id or None), key, id)
    for id, link in back.items():
        if id not in there:
            yield leads_to_no_cite(page.at(link, f"#{id}"), key, id)


@code("AUD040")
def no_entry(at: Location, key: str) -> Diagnostic:
    """A cite leads to no entry of the bibliography.

    Readers cannot check the claim.

    Wrong: `<a role="doc-biblioref" href="#ref-chys2023">` without a `<li id="ref-chys2023">`.
    Right: both.
    """
    return diagnose(
        at, "AUD040", f'The cite of "{key}" leads to no entry.', "list it in the bibliography"
    )


@code("AUD041")
def never_cited(at: Location, key: str) -> Diagnostic:
    """An entry of the bibliography is not cited on its page.

    It looks like support that nothing on the page has.

    Wrong: a numbered entry without a cite.
    Right: a cite of it, or its place under further reading.
    """
    return diagnose(
        at, "AUD041", f'The entry "{key}" is never cited.', "cite it or list it as further reading"
    )


@code("AUD042")
def no_way_back(at: Location, key: str, id: str) -> Diagnostic:
    """A cite has no way back from its entry.

    Who followed it to the reference has lost the place in the text.

    Wrong: `<a id="cite-chys2023-2">` in the text, and an entry with a link to `#cite-chys2023-1`.
    Right: a `<a role="doc-backlink" href="#cite-chys2023-2">` in the entry.
    """
    return diagnose(
        at, "AUD042", f'The entry "{key}" has no link back to "{id}".', "add a back-link to it"
    )


@code("AUD043")
def leads_to_no_cite(at: Location, key: str, id: str) -> Diagnostic:
    """A back-link of an entry leads to no cite of it.

    Readers end up beside another claim, and take the reference for that one's support.

    Wrong: a back-link of chys2023 to `#cite-gattie2017-1`.
    Right: one to `#cite-chys2023-1`.
    """
    return diagnose(
        at, "AUD043", f'"{id}" is no cite of "{key}".', "lead each back-link to a cite of its entry"
    )


@code("AUD044")
def wrong_number(at: Location, key: str, shown: str, number: int) -> Diagnostic:
    """A cite shows another number than its entry has.

    Readers of a printed page look up the wrong source.

    Wrong: "3" on a cite of the second entry.
    Right: "2".
    """
    return diagnose(
        at, "AUD044", f'The cite of "{key}" shows "{shown}"; its entry is number {number}.',
        f"print {number}",
    )  # fmt: skip


@code("AUD045")
def out_of_order(at: Location, key: str, due: str) -> Diagnostic:
    """References are not numbered in the order of their first citation.

    A number that is lower than one before it tells readers that they have missed a cite.

    Wrong: the first cite of a page shows "2".
    Right: it shows "1".
    """
    return diagnose(
        at, "AUD045", f'"{key}" is cited where the next number belongs to "{due}".',
        "list entries in the order of first citation",
    )  # fmt: skip
