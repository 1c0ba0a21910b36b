"""Make tables usable by ear and on a phone: scopes for headers, a scrollable named region."""

from __future__ import annotations

from xml.etree.ElementTree import Element


def mark(root: Element, titles: list[str]) -> None:
    """Give every header cell its scope; wrap each table that stands in no compare block.

    The first column of a table holds its row headings (WCAG 2.2, technique H63). `titles`
    names each table's region, in the order of the tree; it is consumed.
    """
    parents = {child: parent for parent in root.iter() for child in parent}
    for table in list(root.iter("table")):
        for cell in table.findall("./thead/tr/th"):
            cell.set("scope", "col")
            cell.attrib.pop("style", None)
        for row in table.findall("./tbody/tr"):
            for cell in row:
                cell.attrib.pop("style", None)
            if len(row):
                row[0].tag = "th"
                row[0].set("scope", "row")
        _empty_corner(table)
        name = titles.pop(0) if titles else "Table"
        if parents[table].get("data-block") != "compare":
            _wrap(parents[table], table, name)
        else:
            _label(table)


def _empty_corner(table: Element) -> None:
    """Turn an empty header cell into a data cell: a header needs words (HTML § 4.9.10)."""
    for cell in table.findall("./thead/tr/th"):
        if not (cell.text or "").strip() and not len(cell):
            cell.tag = "td"
            cell.attrib.pop("scope", None)


def _label(table: Element) -> None:
    """Give each cell its column's heading, which stands over it where rows are shown as cards."""
    heads = ["".join(cell.itertext()).strip() for cell in table.find("./thead/tr") or ()]
    for row in table.findall("./tbody/tr"):
        for cell, head in list(zip(row, heads, strict=False))[1:]:
            cell.set("data-label", head)


def _wrap(parent: Element, table: Element, name: str) -> None:
    region = Element(
        "div", {"class": "table", "role": "region", "tabindex": "0", "aria-label": name}
    )
    region.tail, table.tail = table.tail, None
    parent[list(parent).index(table)] = region
    region.append(table)
