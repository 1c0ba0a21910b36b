"""A screen reader is told the landmarks, headings, lists, tables, figures and controls."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from .accessibility_tree import LANDMARKS, LISTS, Node, tree
from .conftest import ADDRESSES, Open

CONTROLS = ("button", "checkbox", "combobox", "link", "radio", "searchbox", "slider", "textbox")
ITEMS = ("listitem", "doc-biblioentry")
# Something to plant in the article → words of the fault that must be seen.
FAULTS = {
    "two landmarks are": "document.querySelector('.site-header nav').setAttribute('aria-label',"
    "document.querySelector('.site-footer nav').ariaLabel)",
    "no name": "document.querySelector('main li a').replaceChildren()",
    "level 2 to level 4": "document.querySelector('main h3').outerHTML = '<h4>A jump</h4>'",
    "2 of main": "document.querySelector('main').append(document.createElement('main'))",
    "a list of": "document.querySelector('.takeaways li').setAttribute('role', 'presentation')",
    "no header": "document.querySelector('.compare thead').remove()",
    "no caption": "document.querySelector('figcaption').remove()",
    "no text alternative": "document.querySelector('main img').alt = ''",
}
LIST_SIZES = """() => [...document.querySelectorAll('ol, ul')]
    .filter(list => list.checkVisibility() && !list.matches('[role]:not([role=list])'))
    .map(list => [...list.children].filter(item => item.checkVisibility()).length)"""


def faults(root: Node, sizes: list[int]) -> list[str]:
    """List what a screen reader would be told wrongly; `sizes` are those of the lists in sight."""
    found = [
        f"{len(root.all(role))} of {role}, not 1"
        for role in ("banner", "main", "contentinfo")
        if len(root.all(role)) != 1
    ]
    marks = Counter((mark.role, mark.name) for mark in root.all(*LANDMARKS))
    found += [f"two landmarks are {role} {name!r}" for (role, name), n in marks.items() if n > 1]
    found += [f"{node.role} has no name" for node in root.all(*CONTROLS) if not node.name.strip()]
    found += _heading_faults(root.all("heading"))
    told = [sum(part.role in ITEMS for part in each.children) for each in root.all("list")]
    if told != sizes:
        found.append(f"a list of another size is told: {told}, seen {sizes}")
    for table in root.all("table"):
        found += _table_faults(table)
    for figure in root.all("figure"):
        if not any(caption.text() for caption in figure.all("Figcaption")):
            found.append("a figure has no caption")
        if not any(image.name for image in figure.all("image")):
            found.append("a figure has no text alternative")
    return found


def _heading_faults(headings: list[Node]) -> list[str]:
    levels = [heading.level for heading in headings]
    found = [f"{levels.count(1)} headings of level 1"] if levels.count(1) != 1 else []
    found += [f"level {a} to level {b}" for a, b in pairwise(levels) if b > a + 1]
    found += ["a heading has no name" for heading in headings if not heading.name.strip()]
    return found


def _table_faults(table: Node) -> list[str]:
    rows = table.all("row")
    columns = rows[0].all("columnheader") if rows else []
    found = [] if columns else ["a table has no header row"]
    found += [f"column {n} has no header" for n, each in enumerate(columns) if not each.name]
    for row in rows[1:]:
        cells = row.all("cell", "rowheader")
        if len(cells) > len(rows[0].all("cell", "columnheader")):
            found.append(f"a row of {len(cells)} cells has no header for each")
    return found


@pytest.mark.parametrize("kind", ADDRESSES)
def test_no_page_misleads_a_screen_reader(open_page: Open, kind: str) -> None:
    page = open_page(kind).page
    assert faults(tree(page), page.evaluate(LIST_SIZES)) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_seen(open_page: Open, fault: str) -> None:
    page = open_page().page
    sizes = page.evaluate(LIST_SIZES)
    page.evaluate(f"() => {{ {FAULTS[fault]} }}")
    found = faults(tree(page), sizes)
    assert any(fault in line for line in found), found


def test_the_contents_tell_the_headings(open_page: Open) -> None:
    root = tree(open_page().page)
    article = root.one("main").one("article")
    links = article.one("doc-toc").all("link")
    contents = [link.name for link in links if " section: " not in link.name]  # no steps
    headings = [heading.name for heading in article.all("heading") if heading.level > 1]
    assert len(contents) > 10
    assert headings == contents


def test_each_heading_is_told_once_and_its_link_names_it(open_page: Open) -> None:
    page = open_page().page
    headings = [each for each in tree(page).one("main").all("heading") if each.level > 1]
    assert len(headings) > 10
    told = [heading.text() for heading in headings]
    assert [heading.name for heading in headings] == told
    assert [heading.all("link") for heading in headings] == [[] for _ in headings]
    links = [link.name for link in tree(page).one("main").all("link")]
    assert [f"Link to this section: {name}" for name in told] == [
        name for name in links if name.startswith("Link to this section")
    ]


def test_a_link_within_a_heading_is_seen(open_page: Open) -> None:
    page = open_page().page
    page.evaluate("() => document.querySelector('h2').append(document.querySelector('.copy-link'))")
    heading = next(each for each in tree(page).one("main").all("heading") if each.level > 1)
    assert heading.name != heading.text() or heading.all("link")


def test_each_cite_and_each_entry_is_told_as_such(open_page: Open) -> None:
    page = open_page().page
    main = tree(page).one("main")
    cites = main.all("doc-biblioref")
    entries = main.one("doc-bibliography").all(*ITEMS)
    entries = [entry for entry in entries if entry.all("doc-backlink")]
    assert {cite.name for cite in cites} == {f"Reference {n + 1}" for n in range(len(entries))}
    back = [link.name for entry in entries for link in entry.all("doc-backlink")]
    assert len(back) == len(cites)
    assert all(
        len(names) == len(set(names))
        for names in ([link.name for link in entry.all("doc-backlink")] for entry in entries)
    )


def test_the_comparison_tells_both_headers_of_each_cell(open_page: Open) -> None:
    table = (
        tree(open_page().page).one("region", "Dry needling and acupuncture compared").one("table")
    )
    head, *rows = table.all("row")
    assert [cell.name for cell in head.all("columnheader")] == ["Dry needling", "Acupuncture"]
    assert len(rows) > 3
    for row in rows:
        assert len(row.all("rowheader")) == 1
        assert len(row.all("cell")) == 2
        assert all(cell.text() for cell in row.all("rowheader", "cell"))


def test_the_article_tells_its_facts_in_pairs(open_page: Open) -> None:
    for pairs in tree(open_page().page).one("main").all(LISTS[1]):
        roles = [part.role for part in pairs.walk() if part.role in ("term", "definition")]
        assert roles == ["term", "definition"] * (len(roles) // 2)
