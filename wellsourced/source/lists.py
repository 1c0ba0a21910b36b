"""Cut a chunk that is a list into its items, as Python-Markdown's `get_items` does."""

from __future__ import annotations

import re

from wellsourced.source.prose_values import Chunk, Row

LIST_TAGS = frozenset({"ul", "ol"})

_ITEMS = {
    "ol": re.compile(r"[ ]{0,3}(?P<mark>\d+\.)[ \t]+"),
    "ul": re.compile(r"[ ]{0,3}(?P<mark>[*+-])[ \t]+"),
}
_INDENTED = re.compile(r"[ ]{4,7}(?:\d+\.|[*+-])[ \t]+")


def list_items(rows: Chunk) -> tuple[str, list[list[Row]]] | None:
    """Give the list's tag and its items' rows, or None when the chunk begins with no item."""
    tag = next((tag for tag, item in _ITEMS.items() if item.match(rows[0].text)), None)
    if tag is None:
        return None
    items: list[list[Row]] = []
    for row in rows:
        if item := _ITEMS[tag].match(row.text):
            mark = row.part(*item.span("mark")).start
            items.append([row.cut(item.end(), mark)])
        elif _INDENTED.match(row.text) and not items[-1][0].text.startswith("    "):
            items.append([row])
        else:
            items[-1].append(row)
    return tag, items
